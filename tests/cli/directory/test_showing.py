"""`linnet directory show`: true, and plain about what is not said."""

import pytest

from bot.cli import main


def test_an_entry_is_shown_with_what_it_does_not_say(capsys):
    assert main(["directory", "show", "anawim"]) == 0
    told = capsys.readouterr().out
    assert "Anawim - Birmingham's Centre for Women (anawim), active" in told
    assert "0800 019 8818" in told
    assert "not said: someone to mind a child" in told


def test_every_shipped_entry_can_be_shown(data, capsys):
    assert main(["directory", "show", *(service.id for service in data.services)]) == 0
    assert capsys.readouterr().out.count("grade") == len(data.services)


@pytest.mark.parametrize("id", ["anawin", "", "../anawim"])
def test_an_unknown_entry_is_one_line_of_help(id, capsys):
    assert main(["directory", "show", id]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"linnet: there is no entry '{id}'")
    assert ("did you mean 'anawim'" in told.lower()) is (id != "")
