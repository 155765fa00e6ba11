"""Holding a file: one process at a time, what is read is the newest, and no waiting for ever."""

import fcntl
import os
import stat
import threading

import pytest

from bot.cli.directory.writing import replace_file
from bot.cli.holding import held
from bot.exceptions import SettingsError

MOST = 100


def test_what_is_in_the_file_is_given_and_no_more_than_was_asked_for(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"x" * 200)
    with held(path, MOST) as found:
        assert found == b"x" * (MOST + 1)
    assert path.read_bytes() == b"x" * 200


def test_a_new_file_is_for_its_owner_alone_and_an_empty_one_goes_again(tmp_path):
    path = tmp_path / "links.yaml"
    with held(path, MOST, make=True) as found:
        assert found == b""
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.exists()
    with held(path, MOST, make=True) as found:
        replace_file(path, found, b"links:\n")
    assert path.read_bytes() == b"links:\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_file_goes_also_when_something_goes_wrong(tmp_path):
    path = tmp_path / "links.yaml"
    with pytest.raises(KeyboardInterrupt), held(path, MOST, make=True):
        raise KeyboardInterrupt
    assert not path.exists()


def test_an_empty_file_that_was_there_before_stays(tmp_path):
    path = tmp_path / "links.yaml"
    path.touch(0o640)
    with held(path, MOST, make=True) as found:
        assert found == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_who_waits_for_a_file_that_goes_makes_it_anew(tmp_path):
    path = tmp_path / "links.yaml"

    def wait():
        with held(path, MOST, make=True) as found:
            replace_file(path, found, b"mine")

    with held(path, MOST, make=True):
        waiting = threading.Thread(target=wait)
        waiting.start()
    waiting.join(20)
    assert path.read_bytes() == b"mine"


def test_a_second_one_waits_and_then_says_so(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"links:\n")
    with (
        held(path, MOST),
        pytest.raises(SettingsError, match="somebody else"),
        held(path, MOST, tries=2),
    ):
        raise AssertionError("two at once")
    with held(path, MOST, tries=1) as found:
        assert found == b"links:\n"


@pytest.mark.parametrize("make", [False, True])
def test_a_file_that_is_replaced_just_before_it_is_locked_is_opened_again(tmp_path, make):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"one")
    newer = iter([b"two", b"three"])

    def lock(opened, how):
        if data := next(newer, None):
            replace_file(path, path.read_bytes(), data)
        fcntl.flock(opened, how)

    with held(path, MOST, make=make, lock=lock) as found:
        assert found == b"three"


def test_a_stop_while_it_is_locked_leaves_nothing_open(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"one")
    opened = []

    def lock(descriptor, _):
        opened.append(descriptor)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), held(path, MOST, lock=lock):
        raise AssertionError("this was stopped")
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened[0])


def test_who_waited_is_given_what_was_written_meanwhile(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"one")
    found = []

    def wait():
        with held(path, MOST) as later:
            found.append(later)

    with held(path, MOST) as before:
        waiting = threading.Thread(target=wait)
        waiting.start()
        replace_file(path, before, b"two")
    waiting.join(20)
    assert found == [b"two"]


def test_a_file_behind_a_link_is_held_and_the_link_stays(tmp_path):
    real, path = tmp_path / "real.yaml", tmp_path / "links.yaml"
    path.symlink_to(real)
    with held(path, MOST, make=True) as found:
        replace_file(path, found, b"two")
    assert real.read_bytes() == b"two"
    assert path.is_symlink()


@pytest.mark.parametrize("make", [False, True])
def test_what_is_no_file_is_refused_at_once(tmp_path, make):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to("round")
    for name in ("", "pipe", "none/x", "x" * 300, "round"):
        path = tmp_path / name
        with pytest.raises(SettingsError), held(path, MOST, make=make):
            raise AssertionError("this is no file")


def test_a_file_that_is_not_there_is_not_made_unasked(tmp_path):
    with pytest.raises(SettingsError), held(tmp_path / "x", MOST):
        raise AssertionError("this is no file")
    assert list(tmp_path.iterdir()) == []
