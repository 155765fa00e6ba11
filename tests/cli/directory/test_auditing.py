"""`linnet directory audit`: every shown entry in every form, and silence is never a no."""

import csv
from dataclasses import replace

import pytest

from bot.cli import main
from bot.cli.directory.auditing import (
    FORMATS,
    Report,
    comma_separated,
    html,
    markdown,
    report,
    text,
)
from bot.cli.directory.entries import read_directory
from bot.directory.audit import audit
from bot.directory.basis import Basis
from bot.settings import Settings
from tests.directory.entries import TODAY, entry


def told(capsys, *more):
    assert main(["directory", "audit", *more]) == 0
    return capsys.readouterr().out


def test_the_text_fits_a_terminal_and_has_every_shown_entry(capsys):
    lines = told(capsys).splitlines()
    assert max(map(len, lines)) <= 80
    directory = read_directory(Settings())
    words = " ".join("\n".join(lines).split())
    for service in directory.services:
        assert (f"({service.id})" in words) is (service in directory.basis.counted), service.id


def test_the_sentences_stand_on_top(capsys):
    out = " ".join(told(capsys).split())
    assert "0 of 67 services state: step-free (0 say no, 67 do not say)." in out
    assert "Nothing about any woman is in these numbers." in out


def test_the_table_for_a_spreadsheet_has_a_row_an_entry(tmp_path):
    file = tmp_path / "audit.csv"
    assert main(["directory", "audit", "--format", "csv", "--out", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 67
    assert {row["1b groups for women only"] for row in rows} == {"meets", "not known"}


def test_markdown_has_one_row_an_entry(capsys):
    rows = [line for line in told(capsys, "--format", "markdown").splitlines() if line[:1] == "|"]
    assert len(rows) == 67 + 2
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1


@pytest.mark.parametrize("named", ["walsall", "Walsall", "WALSALL"])
def test_one_council_has_only_its_own_services(named):
    found = report(read_directory(Settings()), named)
    assert found.area == "Walsall, without national lines"
    assert found.found
    assert all("walsall" in each.service.councils for each in found.found)
    assert not any(each.service.national for each in found.found)


@pytest.mark.parametrize("format", FORMATS)
def test_every_form_is_made_for_one_council(capsys, format):
    assert "Herefordshire" in told(capsys, "--council", "herefordshire", "--format", format) or (
        format == "csv"
    )


def test_an_unknown_council_is_one_line_of_help(capsys):
    assert main(["directory", "audit", "--council", "walsal"]) == 2
    assert (
        "there is no council 'walsal'; did you mean 'walsall'" in capsys.readouterr().err.lower()
    )


def test_a_hostile_name_is_only_words_in_every_form():
    name = "=HYPERLINK(1) <script>x</script> | \x1b[2J"
    hostile = replace(entry(), name=name)
    report_of = Report(audit([hostile], TODAY), Basis((hostile,), 1, 0, 0, 0, 0), "x", TODAY)
    assert "'=HYPERLINK(1)" in comma_separated(report_of)
    assert "<script" not in html(report_of)
    assert "<script" not in markdown(report_of)
    assert "\x1b" not in text(report_of) + markdown(report_of)
