"""`linnet directory verify`: the check is in the file, or nothing is changed."""

import pytest

from bot.cli import main

GOOD = ("directory", "verify", "anawim", "--by", "service", "--how", "phone")
CALL = ("directory", "verify", "anawim", "--by", "editor", "--how", "test_call")


@pytest.fixture
def entry(own_data, monkeypatch):
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    return own_data / "directory" / "services" / "birmingham" / "anawim.yaml"


def test_a_check_is_written_at_the_end_and_the_rest_stays(entry, capsys):
    before = entry.read_bytes()
    assert main([*GOOD, "--on", "2026-11-05", "--groups", "contact,wait"]) == 0
    added = entry.read_bytes().removeprefix(before)
    made = "{on: 2026-11-05, by: service, how: phone, groups: [contact, wait]}"
    assert added.decode() == f"checks:\n  - {made}\n"
    assert made in capsys.readouterr().out
    assert main(["check"]) == 0


def test_a_second_check_comes_under_the_first(entry):
    assert main([*CALL, "--answered", "no", "--on", "2026-11-05"]) == 0
    assert main([*CALL, "--answered", "yes", "--on", "2026-11-06"]) == 0
    last = entry.read_text(encoding="utf-8").splitlines()[-2:]
    assert [line[:20] for line in last] == ["  - {on: 2026-11-05,", "  - {on: 2026-11-06,"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*GOOD, "--on", "2999-01-01"), "in the future"),
        ((*GOOD, "--on", "2026-02-30"), "is not a day"),
        ((*GOOD, "--on", "2026-02"), "is not a day"),
        ((*GOOD, "--groups", "contacts"), "did you mean 'contact'"),
        ((*GOOD, "--answered", "yes"), "--answered"),
        (CALL, "--answered"),
        ((*CALL, "--answered", "no", "--groups", "wait"), "leave --groups out"),
        (("directory", "verify", "anawin", *GOOD[3:]), "did you mean 'anawim'"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(entry, arguments, said, capsys):
    before = entry.read_bytes()
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert said in told
    assert entry.read_bytes() == before


def test_a_name_is_no_role(entry, capsys):
    with pytest.raises(SystemExit):
        main(["directory", "verify", "anawim", "--by", "Jane", "--how", "phone"])
    assert "invalid choice" in capsys.readouterr().err


def test_an_entry_with_a_mistake_is_not_called_checked(entry, capsys):
    text = entry.read_text(encoding="utf-8").replace("0800 019 8818", "0121 496 0000")
    entry.write_text(text, encoding="utf-8")
    assert main([*GOOD]) == 1
    assert "made-up number" in capsys.readouterr().err
    assert entry.read_text(encoding="utf-8") == text
    assert [each.suffix for each in entry.parent.iterdir()] == [".yaml"] * len(
        list(entry.parent.glob("*.yaml"))
    )


def test_a_draft_stays_a_draft_and_it_is_said(entry, capsys):
    id = "birmingham-council-housing-line"
    assert main(["directory", "verify", id, "--by", "editor", "--how", "phone"]) == 0
    assert "The entry is still draft: no woman sees it." in capsys.readouterr().out
    file = entry.with_name(f"{id}.yaml").read_text(encoding="utf-8")
    assert "status: draft" in file


def test_the_waiting_time_has_a_day_of_its_own_and_it_is_said(entry, capsys):
    with entry.open("a", encoding="utf-8") as file:
        file.write("wait: {first_appointment_weeks: 2, as_of: 2026-01-05}\n")
    assert main([*GOOD]) == 0
    assert "under wait.as_of" in capsys.readouterr().out
    assert main([*GOOD, "--groups", "contact"]) == 0
    assert "under wait.as_of" not in capsys.readouterr().out


def test_her_card_gives_the_month_of_the_check(entry, capsys):
    assert main([*GOOD, "--on", "2026-11-05"]) == 0
    assert main(["directory", "preview", "anawim"]) == 0
    told = capsys.readouterr().out
    assert "Confirmed by phone in November 2026." in told
    assert "Not yet confirmed" not in told
