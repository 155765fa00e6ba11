"""`linnet directory import`: drafts or nothing, and what is wrong with its place."""

import io
import json

import pytest

from bot.cli import main
from bot.directory.hsds.standard import TABLES
from bot.directory.hsds.tables import csv_text, rows_of
from bot.directory.hsds.untrusted import MAX_BYTES
from tests.directory.hsds.foreign import foreign, uid


@pytest.fixture
def feed(tmp_path):
    """Writes services as a file and gives its path."""

    def write(found, name="feed.json"):
        path = tmp_path / name
        path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
        return str(path)

    return write


def test_drafts_are_written_with_what_to_ask(feed, tmp_path, capsys):
    out = tmp_path / "drafts"
    assert main(["directory", "import", feed([foreign()]), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert [path.name for path in out.iterdir()] == ["a-drop-in.yaml"]
    assert "A Drop-in\n  - Say what the service is, under 'kind'." in told
    assert told.endswith("1 draft written; ask, then change them and run 'linnet check'\n")


def test_without_a_folder_they_are_only_shown(feed, tmp_path, capsys):
    assert main(["directory", "import", feed({"contents": [foreign()]})]) == 0
    assert "status: draft" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["feed.json"]


def test_a_feed_may_come_through_a_pipe(monkeypatch, capsys):
    piped = io.TextIOWrapper(io.BytesIO(json.dumps([foreign()]).encode()))
    monkeypatch.setattr("sys.stdin", piped)
    assert main(["directory", "import", "-"]) == 0
    told = capsys.readouterr().out
    assert "status: draft" in told
    assert "Imported from a pipe" in told


def test_one_thing_wrong_through_a_pipe(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    assert main(["directory", "import", "-"]) == 1
    assert "linnet: 1 thing is wrong; nothing was imported" in capsys.readouterr().err


def test_imported_drafts_pass_the_check(feed, own_data, monkeypatch, capsys):
    out = own_data / "directory" / "services" / "imported"
    assert main(["directory", "import", feed([foreign()]), "--out", str(out)]) == 0
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    main(["check"])
    told = capsys.readouterr().out
    assert "0 errors" in told
    assert "a-drop-in" not in told.partition("run 'linnet check'")[2]


def test_nothing_is_ever_written_over(feed, tmp_path, capsys):
    out = tmp_path / "drafts"
    out.mkdir()
    (out / "a-drop-in.yaml").write_text("mine")
    assert (
        main(
            [
                "directory",
                "import",
                feed([foreign(), foreign(id=uid(90), name="Anawim")]),
                "--out",
                str(out),
            ]
        )
        == 0
    )
    assert (out / "a-drop-in.yaml").read_text() == "mine"
    assert {path.name for path in out.iterdir()} == {
        "a-drop-in.yaml",
        "a-drop-in-2.yaml",
        "anawim-2.yaml",
    }


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_written(feed, tmp_path, capsys):
    out = tmp_path / "drafts"
    path = feed([foreign(), foreign(id="x", status="open")])
    assert main(["directory", "import", path, "--out", str(out)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{path}: [1].id: 'x' is not a UUID",
        f"{path}: [1].status: 'open' is not a status; it must be one of: active, inactive, "
        "defunct, temporarily closed",
        "linnet: 2 things are wrong; nothing was imported",
    ]
    assert not out.exists()


def test_keys_of_no_standard_can_be_left_out(feed, capsys):
    path = feed([foreign(theirs=1)])
    assert main(["directory", "import", path]) == 1
    assert main(["directory", "import", path, "--skip-unknown"]) == 0


def folder_of(path, records):
    path.mkdir()
    for table, rows in rows_of(records).items():
        (path / TABLES[table].file).write_text(csv_text(table, rows), encoding="utf-8", newline="")
    return str(path)


def test_a_folder_of_tables_is_taken(tmp_path, capsys):
    assert main(["directory", "import", folder_of(tmp_path / "csv", [foreign()])]) == 0
    told = capsys.readouterr().out
    assert 'number: "0121 303 0000"' in told
    assert 'street: "1 Example Street"' in told


@pytest.mark.parametrize("found", ["{", "[1]", "{}", '"a"', "[" * 5000])
def test_what_is_no_feed_is_one_line(feed, capsys, found):
    assert main(["directory", "import", feed(found)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_folder_without_services_and_a_file_that_is_too_large(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["directory", "import", str(tmp_path / "empty")]) == 1
    assert "it has no 'services.csv'" in capsys.readouterr().err
    (tmp_path / "large.json").write_bytes(b" " * (MAX_BYTES + 1))
    assert main(["directory", "import", str(tmp_path / "large.json")]) == 1
    assert "larger than 10 MB" in capsys.readouterr().err


def test_tables_that_are_too_large_together_are_refused(tmp_path, capsys):
    for name in ("services.csv", "phones.csv"):
        (tmp_path / name).write_bytes(b"id\n" + b"\n" * (MAX_BYTES // 2))
    assert main(["directory", "import", str(tmp_path)]) == 1
    assert "together are larger than 10 MB" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_line(tmp_path, capsys):
    assert main(["directory", "import", str(tmp_path / "none.json")]) == 1
    assert "none.json: the file: it cannot be opened" in capsys.readouterr().err


def test_out_must_be_a_folder(feed, capsys):
    path = feed([foreign()])
    assert main(["directory", "import", path, "--out", path]) == 2
