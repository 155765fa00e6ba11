"""The keyboard: every line as it was typed, and every signal as it comes."""

import contextlib
import os
import pty
import signal
import threading

import pytest

from bot.cli.keyboard import STOPS, Keyboard, listen

MOST = 1000


@pytest.fixture
def typed():
    """The two ends of a terminal: where a person types, and where the program reads."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    for end in (ours, theirs):
        with contextlib.suppress(OSError):
            os.close(end)


@pytest.fixture
def usr1():
    """Puts the old handler back."""
    before = signal.getsignal(signal.SIGUSR1)
    yield
    signal.signal(signal.SIGUSR1, before)


@pytest.fixture
def listening():
    """Ways to stop are marks for the keyboard; puts the old handlers back."""
    before = {stop: signal.getsignal(stop) for stop in STOPS}
    listen()
    yield
    for stop, handler in before.items():
        signal.signal(stop, handler)


def soon(act, *arguments):
    timer = threading.Timer(0.1, act, arguments)
    timer.start()
    return timer


def test_lines_come_one_by_one_also_when_pasted_together(typed):
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        os.write(ours, "one\nzwei ü\n\n".encode())
        found = [keyboard.readline(MOST) for _ in range(3)]
    assert found == [b"one\n", "zwei ü\n".encode(), b"\n"]


def test_a_long_line_comes_in_parts(typed):
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        os.write(ours, b"abcdef\n")
        assert [keyboard.readline(4), keyboard.readline(4)] == [b"abcd", b"ef\n"]


def test_the_end_of_the_input_is_empty(typed):
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        os.write(ours, b"\x04")  # Ctrl-D
        assert keyboard.readline(MOST) == b""


def test_a_window_that_is_closed_is_an_os_error_or_the_end(typed):
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        os.close(ours)
        with contextlib.suppress(OSError):
            assert keyboard.readline(MOST) == b""


def test_what_a_handler_raises_comes_out_at_once(typed, usr1):
    def stop(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGUSR1, stop)
    with Keyboard(typed[1]) as keyboard:
        timer = soon(os.kill, os.getpid(), signal.SIGUSR1)
        with pytest.raises(KeyboardInterrupt):
            keyboard.readline(MOST)
        timer.join()


def test_a_signal_that_came_before_the_wait_is_not_missed(typed, usr1):
    """The wait ends at once, because the signal was written down when it came."""
    heard = []
    signal.signal(signal.SIGUSR1, lambda *_: heard.append(True))
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        signal.raise_signal(signal.SIGUSR1)
        timer = soon(os.write, ours, b"line\n")
        assert keyboard.readline(MOST) == b"line\n"
        timer.join()
    assert heard == [True]


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_goes_before_what_was_typed_and_is_heard_once(typed, listening, stop):
    ours, theirs = typed
    with Keyboard(theirs) as keyboard:
        os.write(ours, b"line\n")
        signal.raise_signal(stop)
        with pytest.raises(KeyboardInterrupt):
            keyboard.readline(MOST)
        assert keyboard.readline(MOST) == b"line\n"


def test_afterwards_signals_wake_whoever_they_woke_before(typed):
    with Keyboard(typed[1]):
        assert signal.set_wakeup_fd(-1) != -1
    assert signal.set_wakeup_fd(-1) == -1
