"""`linnet directory preview`: her card, and three women with reasons."""

import pytest

from bot.cli import main


def test_the_card_and_three_women(capsys):
    assert main(["directory", "preview", "anawim"]) == 0
    told = capsys.readouterr().out
    assert "* Anawim - Birmingham's Centre for Women" in told
    assert "> Phone: 0800 019 8818" in told
    assert "Not yet confirmed by phone." in told
    assert told.count("YES: place") + told.count("NO:") == 3
    assert "? Does not say: Help with drinking; A woman worker" in told
    assert "\x1b" not in told


def test_the_card_in_another_language(capsys):
    assert main(["directory", "preview", "anawim", "--lang", "pl"]) == 0
    assert "Ostatnio widziane" in capsys.readouterr().out


def test_an_unknown_language_is_one_line(capsys):
    assert main(["directory", "preview", "anawim", "--lang", "xx"]) == 2
    assert capsys.readouterr().err.startswith(
        "linnet: there is no language 'xx'; choose one of: en"
    )


def test_a_draft_is_shown_as_what_it_would_be(capsys):
    assert main(["directory", "preview", "birmingham-council-housing-line"]) == 0
    assert "This is a draft: no woman sees it yet." in capsys.readouterr().out


def test_an_entry_that_cannot_be_read_is_told_with_its_mistake(own_data, monkeypatch, capsys):
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    entry = own_data / "directory" / "services" / "birmingham" / "anawim.yaml"
    entry.write_text("schema: 2\n", encoding="utf-8")
    assert main(["directory", "preview", "anawim"]) == 1
    assert "anawim.yaml:1:9: error" in capsys.readouterr().err


def test_an_active_entry_with_a_mistake_is_said_to_be_hidden(own_data, monkeypatch, capsys):
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    entry = own_data / "directory" / "services" / "birmingham" / "anawim.yaml"
    text = entry.read_text(encoding="utf-8").replace("0800 019 8818", "0121 496 0000")
    entry.write_text(text, encoding="utf-8")
    assert main(["directory", "preview", "anawim"]) == 0
    assert "This entry has mistakes: no woman sees it." in capsys.readouterr().out


@pytest.mark.slow
def test_every_shipped_entry_can_be_previewed(data, capsys):
    for service in data.services[::10]:
        assert main(["directory", "preview", service.id]) == 0
        long = [line for line in capsys.readouterr().out.splitlines() if len(line) > 79]
        assert [line for line in long if "http" not in line] == []
