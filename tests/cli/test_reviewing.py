"""`linnet locales status`, `check`, `export` and `import`, as a translator runs them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import linnet
from tests.locales.shelves import copy_few
from tests.recorded import tone

LOCALES = Path(__file__).parents[2] / "locales"
REVIEWED = ("--step", "native-reviewed", "--role", "native-speaker", "--month", "2026-11")


@pytest.fixture
def own(tmp_path):
    """A folder of locales of one's own; gives the environment."""
    copy_few(tmp_path / "locales", "ur", "pl")
    return {"LINNET_DATA": str(tmp_path)}


def test_recordings_say_which_file_each_text_belongs_into(own):
    before = sheet_of(linnet("locales", "recordings", "ur", env=own))
    assert before[0] == ["file", "recorded", "where", "words"]
    assert {row[1] for row in before[1:]} == {"no"}
    home = Path(own["LINNET_DATA"]) / "locales" / "ur" / "audio"
    home.mkdir()
    (home / before[1][0]).write_bytes(tone())
    after = sheet_of(linnet("locales", "recordings", "ur", env=own))
    assert [row[1] for row in after[1:3]] == ["yes", "no"]
    checked = linnet("locales", "check", "ur", env=own)
    assert (checked.returncode, checked.stdout) == (0, b"0 errors, 0 warnings\n")


def test_a_recording_that_nobody_can_hear_is_an_error(own):
    home = Path(own["LINNET_DATA"]) / "locales" / "pl" / "audio"
    home.mkdir()
    (home / ("0" * 64 + ".opus")).write_bytes(b"no sound")
    done = linnet("locales", "check", "pl", env=own)
    assert (done.returncode, b"bad-recording" in done.stdout) == (1, True)


def test_english_can_be_recorded_and_a_language_that_is_not_there_cannot():
    assert len(sheet_of(linnet("locales", "recordings", "en"))) > 100
    done = linnet("locales", "recordings", "xx")
    assert (done.returncode, b"there is no catalogue 'xx'" in done.stderr) == (2, True)


def sheet_of(done):
    return list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))


def written(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_status_names_every_language_as_a_draft_and_says_so_to_ci():
    done = linnet("locales", "status", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"ur", "pl"} <= {one["code"] for one in found}
    assert {one["step"] for one in found} == {"machine-draft"}
    assert {one["missing"] for one in found} == {0}
    assert linnet("locales", "status", "--at-least", "native-reviewed").returncode == 1


def test_status_is_a_table():
    lines = linnet("locales", "status").stdout.decode().splitlines()
    assert lines[0].split()[:2] == ["language", "review"]
    assert any("Polski" in line and "machine-draft" in line for line in lines)


def test_check_looks_at_one_language_or_all(own):
    path = Path(own["LINNET_DATA"], "locales", "pl", "LC_MESSAGES", "bot.po")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr "Wstecz"', 'msgstr "Back"'), encoding="utf-8")
    done = linnet("locales", "check", "pl", env=own)
    assert done.returncode == 1
    assert b"'Back' is still English [left-in-english]" in done.stdout
    assert linnet("locales", "check", "ur", env=own).returncode == 0
    assert linnet("locales", "check", env=own).returncode == 1
    assert linnet("locales", "check", "xx", env=own).returncode == 2


def test_a_sheet_goes_out_and_comes_back(own, tmp_path):
    rows = sheet_of(linnet("locales", "export", "pl", "--safety", env=own))
    assert len(rows) > 40
    for row in rows[1:]:
        row[5] = "yes"
    rows[1][6] = rows[1][4] + " Teraz."
    done = linnet("locales", "import", "pl", "-", *REVIEWED, env=own, typed=written(rows))
    count = len(rows) - 1
    assert done.stdout.decode() == f"{count} read, 1 of them changed, 0 doubtful\n"
    found = json.loads(linnet("locales", "status", "--format", "json", env=own).stdout)
    polish = next(one for one in found if one["code"] == "pl")
    assert (polish["read"], polish["step"]) == (count, "machine-draft")
    ledger = (tmp_path / "locales" / "review.json").read_text(encoding="utf-8")
    assert ledger.count("native-speaker") == count
    assert linnet("locales", "check", "pl", env=own).returncode == 0
    left = sheet_of(
        linnet("locales", "export", "pl", "--safety", "--below", "native-reviewed", env=own)
    )
    assert len(left) == 1


def test_a_sheet_can_be_written_to_a_file(own, tmp_path):
    done = linnet("locales", "export", "pl", "--out", str(tmp_path / "pl.csv"), env=own)
    assert done.returncode == 0
    assert (tmp_path / "pl.csv").read_bytes().startswith(b"\xef\xbb\xbfid,where")
    nowhere = linnet("locales", "export", "pl", "--out", str(tmp_path / "no" / "pl.csv"), env=own)
    assert nowhere.returncode == 2
    assert b"cannot be written" in nowhere.stderr


def test_a_sheet_with_a_fault_changes_nothing(own, tmp_path):
    rows = sheet_of(linnet("locales", "export", "pl", "--safety", env=own))
    rows[1][6] = "Zadzwoń pod 998."
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    done = linnet("locales", "import", "pl", "-", *REVIEWED, env=own, typed=written(rows))
    assert done.returncode == 1
    assert b"-: row 2: the numbers must be the same" in done.stderr
    assert b"nothing was taken" in done.stderr
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}


def test_a_sheet_of_another_country_parts_cells_with_semicolons(own):
    rows = sheet_of(linnet("locales", "export", "pl", "--safety", env=own))[:2]
    rows[1][5] = "yes"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    typed = text.getvalue().encode("utf-8-sig")
    done = linnet("locales", "import", "pl", "-", *REVIEWED, env=own, typed=typed)
    assert done.stdout == b"1 read, 0 of them changed, 0 doubtful\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("pl", "-", *REVIEWED[:4], "--month", "May"), b"", "write it like 2026-11"),
        (("xx", "-", *REVIEWED), b"", "there is no catalogue 'xx'"),
        (("pl", "nowhere.csv", *REVIEWED), b"", "cannot be read"),
        (("pl", "-", *REVIEWED), b"\xff\xfe", "is no sheet"),
        (("pl", "-", *REVIEWED), b"x" * (8 * 1024 * 1024 + 1), "is too large"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(own, arguments, typed, told):
    done = linnet("locales", "import", *arguments, env=own, typed=typed)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_with_a_broken_ledger_nothing_is_taken_out_or_in(own, tmp_path):
    (tmp_path / "locales" / "review.json").write_text("{", encoding="utf-8")
    for verb in (("status",), ("export", "pl"), ("import", "pl", "-", *REVIEWED), ("sync",)):
        done = linnet("locales", *verb, env=own)
        assert done.returncode == 1
        assert b"unreadable-ledger" in done.stdout + done.stderr
