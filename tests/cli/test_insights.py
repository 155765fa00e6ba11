"""`linnet insights`: what a quarter shows, from a folder of releases, in three forms."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from bot.cli import insights, main
from bot.cli.directory.entries import Directory
from bot.cli.insights import link_words, releases
from bot.counting.private_files import write_private
from bot.counting.releasing import pack
from bot.exceptions import DataError, SettingsError
from tests.counting import simulated

TODAY = date(2026, 10, 20)
LINKS = """
web: https://example.org
links:
  - {code: k7m2x9pa, made: 2026-07-01, venue: "=Library, second floor"}
  - {code: p3q8w2ne, made: 2026-07-01}
"""


@pytest.fixture(scope="module")
def year(data):
    councils = [council.id for council in data.places]
    return simulated.year(list(data.vocabulary.needs), ["en", "ur", "pl"], councils)


@pytest.fixture(scope="module")
def directory(data):
    return Directory(data, data.problems, TODAY)


@pytest.fixture
def counts(tmp_path, year):
    """A folder with the releases of a year."""
    for release in year:
        write(tmp_path, release)
    return tmp_path


def write(folder, release):
    (folder / "released").mkdir(mode=0o700, exist_ok=True)
    write_private(folder / "released" / f"{release.period}.json", pack(release))


def said(capsys, *arguments):
    """The exit code, and what was written where."""
    code = main(["insights", *map(str, arguments)])
    return code, *capsys.readouterr()


# ---- which quarter


def test_the_newest_quarter_that_may_be_told_comes_with_those_before_it(counts, year):
    assert releases(counts, None, TODAY) == year
    assert releases(counts, None, date(2026, 10, 13)) == year[:3]
    assert releases(counts, "2026-Q1", TODAY) == year[:2]


def test_a_quarter_without_counts_before_it_is_passed_over(counts, year):
    (counts / "released" / "2026-Q1.json").unlink()
    assert releases(counts, "2026-Q3", TODAY) == (year[0], *year[2:])


@pytest.mark.parametrize(
    ("quarter", "today", "sentence"),
    [
        ("2026-Q5", TODAY, "a period is written like 2026-Q4"),
        ("last", TODAY, "a period is written like 2026-Q4"),
        ("2026-Q4", TODAY, "the counts of 2026-Q4 are not shown before 2027-01-14"),
        (
            "2026-Q3",
            date(2026, 10, 13),
            "the counts of 2026-Q3 are not shown before 2026-10-14",
        ),
        ("2025-Q3", TODAY, "there are no counts of 2025-Q3 in "),
    ],
)
def test_a_quarter_that_cannot_be_told_is_one_sentence(counts, quarter, today, sentence):
    with pytest.raises(SettingsError, match=sentence):
        releases(counts, quarter, today)


@pytest.mark.parametrize("found", ["", "[]", '{"made": "soon"}', '{"made": "2026-10-15"}'])
def test_a_release_that_is_damaged_is_one_sentence(counts, found):
    (counts / "released" / "2026-Q3.json").write_text(found)
    with pytest.raises(SettingsError, match=r"2026-Q3\.json is damaged"):
        releases(counts, None, TODAY)


def test_without_a_folder_it_is_one_sentence_and_exit_2(capsys, monkeypatch):
    monkeypatch.delenv("LINNET_COUNTS", raising=False)
    code, out, wrong = said(capsys)
    assert (code, out) == (2, "")
    assert wrong == (
        "linnet: nothing is counted here; set LINNET_COUNTS or name a folder with --counts\n"
    )


def test_the_folder_may_come_from_the_settings(counts, capsys, monkeypatch):
    monkeypatch.setenv("LINNET_COUNTS", str(counts))
    code, out, _ = said(capsys, "--quarter", "2026-Q2")
    assert code == 0
    assert "Talks and needs, April to June 2026." in out


# ---- as text


def test_the_text_fits_a_terminal_and_says_what_it_cannot_tell(year, directory):
    text = insights.text(insights.report(year, directory, {}, public=False))
    assert max(map(len, text.splitlines())) <= 80
    assert "What these numbers cannot tell" in text
    assert "2025-Q4  2026-Q1  2026-Q2  2026-Q3" in text
    assert "Standard 1d, times and ways beside office hours" in text
    assert "<10" in text


def test_the_public_report_names_no_link_and_no_place_where_women_looked(year, directory):
    report = insights.report(year[-1:], directory, {"k7m2x9pa": "Library"}, public=True)
    for made in (insights.text(report), insights.comma_separated(report), insights.html(report)):
        assert "k7m2x9pa" not in made
        assert "Library" not in made
        assert "One talk counts once, under the council in which she looked for help." not in made


def test_the_ledger_has_the_numbers_of_the_entries(year, directory):
    report = insights.report(year, directory, {}, public=False)
    assert [account.standard.promise for account in report.accounts] == ["S1", "S2", "S3", "S4"]
    assert [account.standard.number for account in report.accounts] == ["1a", "1b", "1c", "1d"]
    for account in report.accounts:
        assert "of 67 services" in account.standard.says
        assert not account.standard.says.startswith(account.standard.number)
        for entry in account.entries:  # three services are for children only
            assert sum(entry.stated) == (67 if entry.need == "young_person" else 64)


def test_a_directory_that_cannot_be_searched_stops_it(data, year):
    empty = Directory(replace(data, services=()), data.problems, TODAY)
    with pytest.raises(DataError) as error:
        insights.report(year, empty, {}, public=False)
    assert error.value.problems[0].rule == "too-few-helplines"


def test_needs_that_cannot_be_read_stop_it(own_data, counts, monkeypatch, capsys):
    (own_data / "directory" / "needs.yaml").write_text("schema: 1\nneeds: []\n", encoding="utf-8")
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    code, _, wrong = said(capsys, "--counts", counts, "--quarter", "2026-Q3")
    assert code == 1
    assert "directory/needs.yaml" in wrong


# ---- for a spreadsheet


def test_the_table_has_a_row_for_each_row_and_quarter_and_hidden_ones_are_words(year, directory):
    report = insights.report(year, directory, {"k7m2x9pa": "=Library"}, public=False)
    rows = list(csv.DictReader(io.StringIO(insights.comma_separated(report))))
    told = {(row["quarter"], row["table"], row["row"]): row for row in rows}
    counted = [
        (release.period, table, row, figure)
        for release in year
        for table, figures in release.tables.items()
        for row, figure in figures.items()
    ]
    assert len(told) == len(rows) == len(counted)
    for period, table, row, figure in counted:
        shown = told[period, table, row]["figure"]
        assert shown == ("fewer than 10" if figure is None else str(figure))
    need = told["2026-Q3", "need", "woman_worker"]
    assert need["study"] == "S3 R1"
    assert int(need["services yes"]) + int(need["services not said"]) == 64
    assert need["released"] == "2026-10-15"
    assert told["2026-Q2", "need", "woman_worker"]["released"] == ""
    assert told["2026-Q3", "link", "k7m2x9pa"]["words"] == "'=Library (k7m2x9pa)"


# ---- links


def test_links_have_the_venue_of_the_workers_own_file(tmp_path, counts, capsys):
    file = tmp_path / "links.yaml"
    file.write_text(LINKS, encoding="utf-8")
    assert link_words(file) == {"k7m2x9pa": "=Library, second floor", "p3q8w2ne": ""}
    code, out, _ = said(capsys, "--counts", counts, "--quarter", "2026-Q3", "--links", file)
    assert code == 0
    assert "Library, second floor (k7m2x9pa)" in " ".join(out.split())


@pytest.mark.parametrize("words", ["", "links: 3\n", "links: [{made: 2026-07-01}]\n"])
def test_a_file_of_links_that_cannot_be_read_is_named(tmp_path, words):
    file = tmp_path / "links.yaml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(DataError) as error:
        link_words(file)
    assert str(error.value.problems[0]).startswith("links.yaml:")


def test_the_page_is_written_to_a_file(tmp_path, counts, capsys):
    file = tmp_path / "page.html"
    code, out, _ = said(
        capsys, "--counts", counts, "--quarter", "2026-Q3", "--format", "html", "--out", file
    )
    assert (code, out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
