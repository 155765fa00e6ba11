"""`linnet check`: every mistake in flows, directory and translations, all at once."""

import argparse
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot import app
from bot.cli.waiting import waiting
from bot.problems import Problem
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("check", help="check flows, directory and translations")
    command.add_argument("--format", choices=tuple(FORMATS), default="text")
    command.add_argument(
        "--notes", action="store_true", help="also what is no mistake: old checks, gaps"
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the problems; 1 when one of them is an error.

    Notes (`info`) come with time and are nobody's mistake, so they are printed only when asked for.
    """
    with waiting("checking flows, directory and translations"):
        data = app.read_data(app.folders(settings))
        problems = sorted(app.all_problems(data, app.today()))
    told = [problem for problem in problems if wanted.notes or problem.level != "info"]
    for line in FORMATS[wanted.format](told):
        print(line)
    return int(any(problem.level == "error" for problem in problems))


def as_text(problems: list[Problem]) -> Iterable[str]:
    """`path:line:col: level: sentence [rule]`, then a count."""
    yield from map(str, problems)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = sum(problem.level == "warning" for problem in problems)
    yield f"{errors} errors, {warnings} warnings"


def as_json(problems: list[Problem]) -> Iterable[str]:
    """One JSON list."""
    yield json.dumps([_record(problem) for problem in problems], ensure_ascii=False, indent=1)


def _record(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "sentence": problem.sentence,
        "rule": problem.rule,
    }


_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(problems: list[Problem]) -> Iterable[str]:
    """Workflow commands, which show each problem beside its line in a pull request."""
    for problem in problems:
        place = f"file={_escaped(problem.path)},line={problem.line},col={problem.column}"
        words = _escaped(f"{problem.sentence} [{problem.rule}]", value=False)
        yield f"::{_GITHUB_LEVELS[problem.level]} {place}::{words}"


def _escaped(text: str, *, value: bool = True) -> str:
    """The escapes of workflow commands; without them a sentence could start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if value else text


FORMATS = {"text": as_text, "json": as_json, "github": as_github}
