"""A command that takes long says so to a person, and says nothing into a file."""

import io
import time

from bot.cli.waiting import waiting


class Screen(io.StringIO):
    """What a person would see."""

    def __init__(self, tty):
        super().__init__()
        self.isatty = lambda: tty


def test_long_work_is_told_and_the_line_is_taken_away():
    shown = Screen(tty=True)
    with waiting("checking", shown, patience=0.01, step=0.01):
        time.sleep(0.2)
    assert "\rchecking: 0 s" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K")


def test_short_work_says_nothing():
    shown = Screen(tty=True)
    with waiting("checking", shown, patience=60):
        pass
    assert shown.getvalue() == ""


def test_nothing_is_said_into_a_file():
    shown = Screen(tty=False)
    with waiting("checking", shown, patience=0.0, step=0.01):
        time.sleep(0.05)
    assert shown.getvalue() == ""
