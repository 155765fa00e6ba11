"""`linnet directory schema`: printed, written, and compared."""

import pytest

from bot.cli import main
from bot.directory.schema import schema_text


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A data folder with a directory of its own."""
    (tmp_path / "directory").mkdir()
    monkeypatch.setenv("LINNET_DATA", str(tmp_path))
    return tmp_path / "directory" / "service.schema.json"


def test_the_schema_is_printed(capsys):
    assert main(["directory", "schema"]) == 0
    assert capsys.readouterr().out == schema_text()


def test_the_shipped_schema_is_right(capsys):
    assert main(["directory", "schema", "--check"]) == 0
    assert capsys.readouterr().out == "directory/service.schema.json is right\n"


@pytest.mark.parametrize("text", [None, "", "{}\n"])
def test_a_schema_that_is_missing_or_old_is_told(own, text, capsys):
    if text is not None:
        own.write_text(text)
    assert main(["directory", "schema", "--check"]) == 1
    assert "--write" in capsys.readouterr().out


def test_what_is_written_is_right(own):
    assert main(["directory", "schema", "--write"]) == 0
    assert main(["directory", "schema", "--check"]) == 0
    assert own.read_bytes() == schema_text().encode()
