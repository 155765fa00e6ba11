"""`linnet directory new`: asks fifteen questions and writes a draft entry with every key in it."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.channels.terminal import lines
from bot.cli.directory.entries import Directory, read_directory
from bot.cli.directory.writing import create_file
from bot.directory.draft_checks import check_draft
from bot.directory.drafting import draft
from bot.directory.findings import Around
from bot.directory.interview import NATIONAL, Ask, UnfitError, asks, id_of, whole
from bot.exceptions import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

WIDTH = 76
NOT_TYPED = "\ufffd"  # what stands for bytes that are no text
Stated = Mapping[str, str]


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("new", help="write a draft entry from fifteen answers")
    command.add_argument("--id", metavar="ID", help="the name of the file; else from the name")
    command.add_argument("--out", metavar="FILE", help="write here; '-' is the screen or pipe")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Ask, and write the draft at the very end: until then Ctrl-C leaves nothing behind.

    Raises SettingsError where there is no folder of one's own to write to, where the file or the
    id is there already, and for an answer through a pipe that cannot be used.
    """
    if sys.stdin is None:
        raise SettingsError("there is nobody to ask: the input is closed")
    own = settings.data is not None and (settings.data / "directory").is_dir()
    if not own and wanted.out is None:
        raise SettingsError("set LINNET_DATA to a folder of your own, or write to --out FILE")
    directory = read_directory(settings)
    said = _interview(directory, wanted.id, live=sys.stdin.isatty())
    id = wanted.id or id_of(_name(said))
    text = draft(whole(said, id))
    if wanted.out == "-":
        print(text, end="")
        return 0
    path = Path(wanted.out) if wanted.out else _place(directory, said, id)
    create_file(path, text.encode())
    print(f"Wrote {path}. It is a draft: no woman sees it yet.", file=sys.stderr)
    print(
        f"Next: open it and fill in the rest, then: linnet directory preview {id}", file=sys.stderr
    )
    return 0


def _place(directory: Directory, said: list[Stated], id: str) -> Path:
    first = next((each["area.councils"] for each in said if "area.councils" in each), NATIONAL)
    council = first.strip("[]").split(",")[0]
    return directory.data.folders.directory / "services" / council / f"{id}.yaml"


def _name(said: list[Stated]) -> str:
    return next(each["name"] for each in said if "name" in each)


def _interview(directory: Directory, id: str | None, *, live: bool) -> list[Stated]:
    """What each answer states, in order. At a screen an answer that cannot be used is asked again."""
    typing = lines(sys.stdin.buffer)
    said: list[Stated] = []
    every = asks(directory.data.places, directory.today)
    _tell("Fifteen questions. Press Enter where you do not know. Ctrl-C stops.", live=live)
    for number, ask in enumerate(every, 1):
        _tell("", *_prompt(f"{number}/{len(every)}  {ask.words}", ask), live=live)
        said += _answer(ask, typing, directory, said, id, live=live)
    return said


def _tell(*told: str, live: bool) -> None:
    """Only to a person, and beside the draft, which may go down a pipe."""
    if live:
        print(*told, sep="\n", file=sys.stderr)


def _prompt(words: str, ask: Ask) -> Iterator[str]:
    yield from wrap(words, WIDTH)
    if ask.choices:
        yield from wrap(
            f"({', '.join(ask.choices)})", WIDTH, initial_indent="  ", subsequent_indent="  "
        )


def _answer(
    ask: Ask,
    typing: Iterator[str],
    directory: Directory,
    said: list[Stated],
    id: str | None,
    *,
    live: bool,
) -> list[Stated]:
    while True:
        if live:
            print("> ", end="", flush=True, file=sys.stderr)
        line = next(typing, None)
        try:
            return _taken(ask, line or "", directory, said, id)
        except UnfitError as error:
            if not live or line is None:
                raise SettingsError(f"{ask.words} {error}; nothing was written") from None
            _tell(str(error), live=live)


def _taken(
    ask: Ask, line: str, directory: Directory, said: list[Stated], id: str | None
) -> list[Stated]:
    """The answer, checked with all before it as `linnet check` would. Raises UnfitError."""
    if not line:
        if ask.needed:
            raise UnfitError("this one is needed")
        return []
    if NOT_TYPED in line:
        raise UnfitError("that was no readable text; type it again")
    stated = ask.read(line)
    answers = [*said, stated]
    name = id or id_of(_name(answers))
    if not name:
        raise UnfitError("give the file a name in Latin letters with --id")
    if any(service.id == name for service in directory.services):
        raise UnfitError(f"there is an entry '{name}' already; choose another with --id")
    data = directory.data
    around = Around(data.places, directory.today, data.gone)
    for problem in check_draft(draft(whole(answers, name)), name, around)[1]:
        raise UnfitError(problem.sentence)
    return [stated]
