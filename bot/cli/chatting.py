"""`linnet chat`: the chat in this terminal, or a line of input a turn through a pipe."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot import app
from bot.channels import terminal
from bot.cli.keyboard import Keyboard, listen
from bot.cli.naming import language_among, offered
from bot.conversation.acting import World
from bot.conversation.messages import Card, Incoming
from bot.exceptions import SettingsError
from bot.settings import Settings
from bot.workshop.recording import Recorder

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("chat", help="chat in this terminal, or through a pipe")
    command.add_argument("--lang", metavar="CODE", help="start in this language, for example ur")
    command.add_argument(
        "--record",
        metavar="FILE",
        type=Path,
        help="write the talk into FILE as a script for 'linnet play'; nothing that was typed",
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Chat until the talk or the input ends, or a signal does; a screen is empty then.

    Raises SettingsError for a language that is not offered, for a file of a record that is there
    already, and when the input or the output is closed from the start (`<&-`, `>&-`): without both
    there is no talk.
    """
    if sys.stdin is None or sys.stdout is None:
        raise SettingsError("a chat needs an input and an output, and one of them is closed")
    app.start_logging(settings)
    turns = app.make_turns(settings)
    language = None
    if wanted.lang:
        known = offered(settings, turns.world.catalogues)
        language = language_among(wanted.lang, known).code
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream here
    live = terminal.is_live(sys.stdin, sys.stdout)
    with asyncio.Runner() as runner, recorded(turns.world, wanted.record, language) as recorder:

        def take(incoming: Incoming) -> Card:
            if recorder:
                recorder.hear(incoming)
            # The keyboard is read outside the event loop, so that Ctrl-C ends the talk at once.
            return runner.run(turns.take(incoming))

        talk = partial(terminal.chat, take, screen=sys.stdout, language=language, live=live)
        if live:
            with Keyboard(sys.stdin.fileno()) as keyboard:
                at_the_screen(partial(talk, keyboard=keyboard), sys.stdout)
        else:
            talk(keyboard=sys.stdin.buffer)
    return 0


@contextmanager
def recorded(world: World, path: Path | None, language: str | None) -> Iterator[Recorder | None]:
    """A recorder whose script is written when the talk is over, however it ends; None for none.

    `language` is the code of the one the talk begins in, None where she is asked. Only the owner may read the file. Raises SettingsError where there is one already.
    """
    if path is None:
        yield None
        return
    recorder = Recorder(world, app.now, language)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SettingsError(f"'{path}' is there already; choose another name") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        told = f"ids of steps and choices go into '{path}', and nothing that is typed"
        print(f"linnet: {told}", file=sys.stderr)
        try:
            yield recorder
        finally:
            file.write(recorder.text())


def at_the_screen(talk: Callable[[], None], screen: TextIO) -> None:
    """Talk with a person. Harm prevented: whatever ends it, nobody finds the talk on the screen.

    A stop is heard where the talk reads its keyboard, and nowhere after that: an impatient second
    Ctrl-C does not come between the end and the wiping. Raises what `talk` raises, and
    BrokenPipeError when the window has gone.
    """
    listen()
    try:
        try:
            talk()
        finally:
            terminal.wipe(screen)
    except OSError as error:
        # The window has gone, like a reader who goes away from a pipe.
        raise BrokenPipeError from error
