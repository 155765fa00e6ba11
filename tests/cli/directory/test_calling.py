"""`linnet directory due`: a list to ring from, as text and as a table."""

import csv
import io

import pytest

from bot.cli import main
from bot.cli.directory.calling import COLUMNS, lines_of, write_csv
from bot.directory.call_list import call_list
from tests.conftest import MOMENT
from tests.directory.entries import TODAY, entry


def told(*services):
    return "\n".join(lines_of(call_list(services, MOMENT, 7), TODAY, 7))


def test_every_service_stands_with_its_number_and_when_it_answers():
    contact = '[{type: phone, number: 0121 303 0000, answers: ["Mo-Fr 09:00-17:00"]}]'
    found = told(entry(contact=contact), entry(id="b", status="draft"))
    assert "1. A Centre (a-centre): 28 questions, OVERDUE" in found
    assert "Phone: 0121 303 0000; Monday to Friday, 09:00 to 17:00 (answers now)" in found
    assert "Drafts, which no woman sees until somebody confirms them: 1." in found


def test_nothing_to_do_is_said():
    assert told() == (
        "Call list, 23 November 2026 to 30 November 2026. Services to ask: 0.\nNothing is due."
    )


def test_silence_is_said_with_its_days():
    calls = ", ".join(
        f"{{on: 2026-11-2{day}, by: editor, how: test_call, answered: no}}" for day in (1, 2)
    )
    found = told(entry(checks=f"[{calls}]"))
    assert "Nobody answered our test calls on: 21 November 2026, 22 November 2026" in found


def test_the_table_is_safe_to_open_in_a_spreadsheet():
    file = io.StringIO()
    write_csv(call_list([entry(name='"=1+1"')], MOMENT, 7), file)
    header, row = csv.reader(io.StringIO(file.getvalue()))
    assert tuple(header) == COLUMNS
    assert row[1] == "'=1+1"


def test_the_shipped_list_fits_eighty_columns(capsys):
    assert main(["directory", "due"]) == 0
    long = [line for line in capsys.readouterr().out.splitlines() if len(line) > 79]
    assert [line for line in long if "http" not in line] == []


def test_the_shipped_list_is_a_table_too(capsys):
    assert main(["directory", "due", "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("days", ["-1", "367"])
def test_days_that_make_no_sense_are_refused(days, capsys):
    assert main(["directory", "due", f"--days={days}"]) == 2
    assert capsys.readouterr().err.startswith("linnet: --days must be")
