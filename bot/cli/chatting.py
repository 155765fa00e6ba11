"""`linnet chat`: the chat in this terminal, or a line of input a turn through a pipe."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TextIO

from bot import app
from bot.channels import terminal
from bot.conversation.messages import Card, Incoming
from bot.documents import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# Ctrl-C, a polite kill, and the window being closed; the last is not known to every system.
STOPS = tuple(
    signal.Signals[name]
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if name in signal.Signals.__members__
)


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("chat", help="chat in this terminal, or through a pipe")
    command.add_argument("--lang", metavar="CODE", help="start in this language, for example ur")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Chat until the talk or the input ends, or a signal does; a screen is empty then.

    Raises SettingsError for a language that is not offered and when the input or the output is
    closed from the start (`<&-`, `>&-`): without both there is no talk.
    """
    if sys.stdin is None or sys.stdout is None:
        raise SettingsError("a chat needs an input and an output, and one of them is closed")
    app.start_logging(settings)
    turns = app.make_turns(settings)
    catalogues = turns.world.catalogues
    if wanted.lang and catalogues.resolve(wanted.lang) is None:
        known = ", ".join(language.code for language in catalogues.offered)
        raise SettingsError(f"there is no language '{wanted.lang}'; choose one of: {known}")
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream here
    live = terminal.is_live(sys.stdin, sys.stdout)
    with asyncio.Runner() as runner:

        def take(incoming: Incoming) -> Card:
            # The keyboard is read outside the event loop, so that Ctrl-C ends the talk at once.
            return runner.run(turns.take(incoming))

        talk = partial(
            terminal.chat, take, sys.stdin.buffer, sys.stdout, language=wanted.lang, live=live
        )
        if live:
            at_the_screen(talk, sys.stdout)
        else:
            talk()
    return 0


def at_the_screen(talk: Callable[[], None], screen: TextIO) -> None:
    """Talk with a person. Harm prevented: whatever ends it, nobody finds the talk on the screen.

    Raises KeyboardInterrupt for every one of `STOPS`, BrokenPipeError when the window has gone.
    """
    for stop in STOPS:
        signal.signal(stop, _stop)
    try:
        try:
            talk()
        finally:
            # An impatient second Ctrl-C must not come between the end and the wiping.
            while not _deaf():
                pass
            terminal.wipe(screen)
    except OSError as error:
        # The window has gone, like a reader who goes away from a pipe.
        raise BrokenPipeError from error


def _stop(*_: object) -> NoReturn:
    """Every way to stop her talk is Ctrl-C.

    Each of them counts: Python drops the first where it comes while an object is cleared away, and
    then the talk would stand on the screen and hear nothing any more.
    """
    raise KeyboardInterrupt


def _deaf() -> bool:
    """Hear no way to stop any more; False when one came meanwhile."""
    try:
        for stop in STOPS:
            signal.signal(stop, signal.SIG_IGN)
    except KeyboardInterrupt:
        return False
    return True
