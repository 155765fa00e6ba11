"""`linnet check --notes`: what no editor did wrong is told only when somebody asks."""

import json

import pytest

from bot.cli import main


@pytest.mark.parametrize("form", ["text", "github"])
def test_notes_are_kept_back(form, capsys):
    assert main(["check", "--format", form]) == 0
    told = capsys.readouterr().out
    assert "contact-old" not in told
    assert "council-without-woman" not in told


def test_notes_are_told_when_asked_for_and_change_neither_count_nor_exit(capsys):
    assert main(["check", "--notes"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any("[contact-old]" in line and ": info: " in line for line in told)
    assert told[-1] == "0 errors, 0 warnings"


def test_the_shipped_directory_has_notes_and_nothing_worse(capsys):
    assert main(["check", "--notes", "--format", "json"]) == 0
    assert {one["level"] for one in json.loads(capsys.readouterr().out)} == {"info"}
