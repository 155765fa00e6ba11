"""`linnet directory gaps`: a row a need, a column a council, and no word about any woman."""

import csv
from pathlib import Path

from bot.cli import main
from bot.cli.directory.gap_mapping import _letters

LOCALES = Path(__file__).parents[3] / "locales"


def told(capsys, *more):
    assert main(["directory", "gaps", *more]) == 0
    return capsys.readouterr().out


def test_the_text_fits_a_terminal_and_has_every_need(capsys, data):
    out = told(capsys)
    assert max(map(len, out.splitlines())) <= 80
    assert "n Herefordshire; N national." in " ".join(out.split())
    first, second = (need.tag.split()[0] for need in list(data.vocabulary.needs.values())[:2])
    assert first in out
    assert second in out


def test_the_table_for_a_spreadsheet_has_a_row_a_need_and_council(tmp_path, data):
    file = tmp_path / "gaps.csv"
    assert main(["directory", "gaps", "--format", "csv", "--out", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["need"] for row in rows} == set(data.vocabulary.needs)
    languages = len(list(LOCALES.glob("*/LC_MESSAGES/bot.po")))  # beside the one no entry names
    pairs = (len(data.vocabulary.needs) + languages) * (len(data.places.councils) + 1)
    assert len(rows) == pairs
    assert {row["in words"] for row in rows} >= {"stated", "none states yes", "only unknown"}


def test_needs_that_cannot_be_read_stop_it(own_data, monkeypatch, capsys):
    (own_data / "directory" / "needs.yaml").write_text("schema: 1\nneeds: []\n", encoding="utf-8")
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    assert main(["directory", "gaps"]) == 1
    assert "directory/needs.yaml" in capsys.readouterr().err


def test_a_directory_without_entries_is_still_audited(own_data, monkeypatch, capsys):
    for file in (own_data / "directory" / "services").glob("*/*.yaml"):
        file.unlink()
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    for format in ("text", "markdown", "html", "csv"):
        assert main(["directory", "audit", "--format", format]) == 0
    assert "The directory has 0 entries" in capsys.readouterr().out


def test_more_councils_than_letters_still_have_names_of_their_own():
    assert len(set(_letters(60))) == 60
