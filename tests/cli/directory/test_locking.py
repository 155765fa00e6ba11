"""`linnet directory lock`: says what differs, and signs only what somebody names."""

import io
import re

import pytest

from bot import app
from bot.cli import parser
from bot.cli.directory.entries import read_directory
from bot.cli.directory.locking import Signature, agrees, sign
from bot.directory.checks import fit_to_show
from bot.exceptions import DataError, SettingsError
from bot.settings import Settings
from tests.cli.running import ROOT, linnet
from tests.conftest import MOMENT

HAVEN = "directory/services/wolverhampton/haven-wolverhampton.yaml"


@pytest.fixture
def folder(own_data):
    """The data with one number changed, to be read and written."""
    change(own_data, '"08000 194 400"', '"0121 303 0000"')
    return own_data


def change(folder, old, new):
    path = folder / HAVEN
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def lock(folder):
    return (folder / "directory/contacts.lock").read_text(encoding="utf-8").splitlines()


def run(capsys, folder, *words):
    """The exit code and what is printed; nobody sits at the keyboard of a test."""
    wanted = parser().parse_args(["directory", "lock", *words])
    return wanted.run(wanted, Settings(data=folder)), capsys.readouterr().out


def check(folder):
    return linnet("check", env={"LINNET_DATA": str(folder)})


def test_the_shipped_lock_is_as_it_should_be(capsys):
    assert run(capsys, None) == (0, "the lock is as it should be\n")


@pytest.mark.parametrize("words", [(), ("haven-wolverhampton",)])
def test_without_a_role_it_says_what_differs_and_writes_nothing(folder, capsys, words):
    before = lock(folder)
    assert run(capsys, folder, *words) == (
        1,
        "The Haven Wolverhampton (haven-wolverhampton)\n"
        "  the phone of 2026-02, by editor -> phone 0121 303 0000\n"
        "nothing was written; --by ROLE does\n",
    )
    assert lock(folder) == before


def test_check_says_which_contact_is_not_locked(folder):
    told = check(folder).stdout.decode()
    assert f"{HAVEN}:12:27: error: this phone is not in directory/contacts.lock" in told
    assert re.search(
        r"the phone of line \d+ in directory/contacts.lock is not here any more", told
    )
    assert "2 errors, 0 warnings" in told


def test_an_entry_that_is_not_locked_is_left_out_and_the_rest_is_shown(folder):
    data = app.read_data(app.folders(Settings(data=folder)))
    problems = [*data.problems, *app.directory_problems(data, MOMENT.date())]
    shown = {service.id for service in fit_to_show(data.services, problems)}
    assert "haven-wolverhampton" not in shown
    assert len(shown) == 67
    assert (
        "haven-wolverhampton"
        not in app.build_world(data, Settings(), MOMENT.date()).material.services
    )


def test_a_line_of_the_lock_that_cannot_be_read_takes_only_its_entry_away(folder):
    change(folder, '"0121 303 0000"', '"08000 194 400"')
    path = folder / "directory/contacts.lock"
    lines = [line.replace("haven-wolverhampton phone ", "haven phone! ") for line in lock(folder)]
    path.write_text("\n".join(lines))
    data = app.read_data(app.folders(Settings(data=folder)))
    shown = app.build_world(data, Settings(), MOMENT.date()).material.services
    assert len(shown) == 67
    assert "haven-wolverhampton" not in shown


def test_signing_changes_one_line_and_makes_the_entry_whole(folder, capsys):
    before = lock(folder)
    words = ("haven-wolverhampton", "--by", "second_editor", "--date", "2026-11")
    code, told = run(capsys, folder, *words)
    assert code == 0
    assert told.endswith("-> phone 0121 303 0000\nsigned by second_editor, 2026-11\n")
    (new,) = set(lock(folder)) - set(before)
    assert new.endswith(" second_editor 2026-11")
    assert len(lock(folder)) == len(before)
    assert check(folder).returncode == 0


def test_what_has_not_changed_is_signed_only_when_asked(folder, capsys):
    words = ("samaritans", "--by", "service", "--date", "2026-10")
    assert run(capsys, folder, *words) == (
        0, "nothing differs; --again signs what has not changed\n",
    )  # fmt: skip
    _, told = run(capsys, folder, *words, "--again")
    assert "phone 116 123 -> the same, signed again" in told
    signed = [line for line in lock(folder) if line.endswith(" service 2026-10")]
    assert [line.split()[1] for line in signed] == ["email", "phone", "website"]


def test_this_month_is_signed_when_no_date_is_given(folder, capsys):
    run(capsys, folder, "samaritans", "--by", "service", "--again")
    assert (
        len([line for line in lock(folder) if line.endswith(f" service {app.today():%Y-%m}")]) == 3
    )


def test_who_does_not_agree_writes_nothing(folder, capsys):
    before = lock(folder)
    directory = read_directory(Settings(data=folder))
    by = Signature("service", "2026-11")
    assert sign(directory, ["haven-wolverhampton"], by, lambda: False) == 1
    assert capsys.readouterr().out.endswith("nothing was written\n")
    assert lock(folder) == before


class Keyboard(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("typed", "yes"), [("y\n", True), ("YES\n", True), ("\n", False), ("n\n", False), ("", False)]
)
def test_somebody_at_a_keyboard_is_asked(capsys, typed, yes):
    assert agrees(Keyboard(typed)) is yes
    assert "Has the person with this role checked each of these?" in capsys.readouterr().out


def test_nobody_is_asked_where_nobody_sits(capsys):
    assert agrees(None)
    assert agrees(io.StringIO("n\n"))
    assert capsys.readouterr().out == ""


def test_an_entry_with_a_mistake_cannot_be_signed(folder, capsys):
    change(folder, '"0121 303 0000"', '"0909 879 1234"')
    with pytest.raises(DataError) as raised:
        run(capsys, folder, "haven-wolverhampton", "--by", "second_editor")
    assert [problem.rule for problem in raised.value.problems] == ["costs-extra"]


def test_the_lines_of_an_entry_that_is_no_more_can_be_taken_out(folder, capsys):
    (folder / HAVEN).unlink()
    assert "haven-wolverhampton, which is no entry any more" in run(capsys, folder)[1]
    assert run(capsys, folder, "haven-wolverhampton", "--by", "editor")[0] == 0
    assert not [line for line in lock(folder) if line.startswith("haven-")]


def test_the_lines_of_an_entry_that_cannot_be_read_stay(folder, capsys):
    change(folder, "status: active", "status: actve")
    assert run(capsys, folder)[0] == 0
    with pytest.raises(DataError):
        run(capsys, folder, "haven-wolverhampton", "--by", "editor")
    assert [line for line in lock(folder) if line.startswith("haven-")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--by", "editor"], "name the entries that were checked"),
        (["samaritans", "--date", "2026-11"], "need --by"),
        (["--again"], "need --by"),
        (["samaritans", "--by", "editor", "--date", "2026-13"], "write it as 2026-11"),
        (["samaritans", "--by", "editor", "--date", "9999-01"], "has not come yet"),
        (["samaritan"], "did you mean 'samaritans'?"),
        (["samaritan", "--by", "editor"], "did you mean 'samaritans'?"),
        (["--begin"], "there is a lock already"),
        (["--begin", "samaritans"], "--begin goes alone"),
    ],
)
def test_what_cannot_be_asked_for_is_said_in_a_sentence(folder, capsys, words, why):
    with pytest.raises(SettingsError) as raised:
        run(capsys, folder, *words)
    assert why in str(raised.value)


def test_a_name_is_no_role(folder, capsys):
    with pytest.raises(SystemExit):
        run(capsys, folder, "samaritans", "--by", "Jo")


@pytest.fixture
def unlocked(folder):
    """The data as it ships, and no lock."""
    change(folder, '"0121 303 0000"', '"08000 194 400"')
    (folder / "directory/contacts.lock").unlink()
    return folder


def test_without_a_lock_nothing_starts_and_nothing_is_signed(unlocked, capsys):
    told = check(unlocked).stdout.decode()
    assert "directory/contacts.lock:1:1: error: the lock of the contacts cannot be read" in told
    assert "1 errors" in told
    with pytest.raises(DataError):
        app.make_turns(Settings(data=unlocked))
    with pytest.raises(DataError):
        run(capsys, unlocked, "samaritans", "--by", "editor")


def test_a_first_lock_says_no_more_than_the_entries_do(unlocked, capsys):
    code, told = run(capsys, unlocked, "--begin")
    assert code == 0
    assert "each with the role and date of 'verified' in its entry" in told
    assert lock(unlocked) == lock(ROOT)


def test_a_first_lock_waits_until_every_entry_can_be_read(unlocked, capsys):
    change(unlocked, "status: active", "status: actve")
    with pytest.raises(DataError):
        run(capsys, unlocked, "--begin")
    assert not (unlocked / "directory/contacts.lock").exists()
