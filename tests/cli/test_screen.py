"""The chat with a person before the screen: nothing of it stays, however it ends."""

import signal
import subprocess
import sys

import pytest

from bot.channels.terminal import CLEAR
from tests.cli.running import ROOT, in_shell, screen

EMPTY = CLEAR.encode()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_the_screen_leaves_it_empty_and_exits_cleanly(stop):
    with screen() as at:
        assert at.wait_for(b"> ")
        at.chat.send_signal(stop)
        assert at.end() == 0
        assert at.seen.endswith(EMPTY)
        assert b"Traceback" not in at.seen


def test_a_second_signal_does_not_come_between_her_and_the_empty_screen():
    with screen() as at:
        assert at.wait_for(b"> ")
        for stop in (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            at.chat.send_signal(stop)
        assert at.end() == 0
        assert at.seen.endswith(EMPTY)


INTERRUPTED_WIPING = """
import os, signal, sys
from bot.cli.chatting import at_the_screen

class Screen:
    def write(self, text):
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), stop)
        sys.stdout.write(text)

    def flush(self):
        sys.stdout.flush()

at_the_screen(lambda: None, Screen())
"""


def test_a_signal_while_the_screen_is_wiped_does_not_stop_the_wiping():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WIPING], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, EMPTY, b"")


DROPPED = """
import os, signal, sys
from bot.cli.chatting import at_the_screen
from bot.cli.keyboard import Keyboard

class Dropping:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

def talk():
    Dropping()
    keyboard.readline(1000)

try:
    with Keyboard(os.openpty()[1]) as keyboard:
        at_the_screen(talk, sys.stdout)
except KeyboardInterrupt:
    pass
"""


def test_a_signal_while_an_object_is_cleared_away_is_heard():
    """Python drops what is raised there."""
    done = subprocess.run(
        [sys.executable, "-c", DROPPED], capture_output=True, cwd=ROOT, check=False, timeout=25
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, EMPTY, b"")


LOCKED = """
import os, signal, sys
from bot.cli.chatting import at_the_screen
from bot.cli.keyboard import Keyboard

class Lock:
    taken = False

    def __enter__(self):
        assert not self.taken, "it would be waited for until the end of days"
        self.taken = True
        signal.raise_signal(signal.SIGHUP)

    def __exit__(self, *_):
        self.taken = False

lock = Lock()

class Screen:
    def write(self, text):
        with lock:
            sys.stdout.write(text)

    def flush(self):
        sys.stdout.flush()

def talk():
    with lock:
        pass
    keyboard.readline(1000)

try:
    with Keyboard(os.openpty()[1]) as keyboard:
        at_the_screen(talk, Screen())
except KeyboardInterrupt:
    pass
"""


def test_a_signal_while_a_lock_is_taken_leaves_it_free():
    """`__exit__` is not called for what is raised in `__enter__`, where the lock is already held."""
    done = subprocess.run(
        [sys.executable, "-c", LOCKED], capture_output=True, cwd=ROOT, check=False, timeout=25
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, EMPTY, b"")


def test_a_window_that_is_closed_ends_the_chat():
    with screen() as at:
        assert at.wait_for(b"> ")
        at.close()
        at.chat.send_signal(signal.SIGHUP)
        assert at.chat.wait(timeout=20) == 0


def test_the_goodbye_stays_until_she_presses_enter():
    with screen() as at:
        assert at.wait_for(b"> ")
        at.type("leave")
        assert at.wait_for(EMPTY)
        assert not at.wait_for(EMPTY, 1)
        assert at.chat.poll() is None
        at.type("")
        assert at.end() == 0
        assert at.seen.endswith(EMPTY)


def test_ctrl_c_while_the_program_loads_is_no_fault(tmp_path):
    """A library that is interrupted while it is imported stands in for an early Ctrl-C."""
    library = tmp_path / "transitions.py"
    library.write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n"
    )
    done = in_shell("chat --lang en", {"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_a_chat_without_input_or_output_is_one_line_and_exit_2(closed):
    done = in_shell(f"chat --lang en {closed}")
    assert done.returncode == 2
    assert (
        done.stderr == b"linnet: a chat needs an input and an output, and one of them is closed\n"
    )


def test_a_chat_with_nothing_but_closed_streams_still_ends_in_silence():
    done = in_shell("chat <&- >&- 2>&-")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_an_output_that_cannot_be_written_is_one_line_and_exit_1():
    done = in_shell("locales status 1</dev/null")
    assert done.returncode == 1
    assert done.stderr.startswith(b"linnet: ")
    assert done.stderr.count(b"\n") == 1
