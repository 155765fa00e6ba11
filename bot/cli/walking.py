"""`linnet paths`: every path of the flows walked on the real engine, and what was not come to."""

import argparse
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from bot import app
from bot.cli.waiting import waiting
from bot.conversation.acting import World
from bot.exceptions import SettingsError
from bot.problems import Problem
from bot.settings import Settings
from bot.workshop.coverage import triple, uncovered, wanted
from bot.workshop.lengths import ENDLESS, Lengths, lengths
from bot.workshop.promises import PROMISES, Promises
from bot.workshop.samples import passed_over, samples_of
from bot.workshop.supply import Supply, supply
from bot.workshop.survey import FULL, Extent, Survey, survey
from bot.workshop.words import unsaid

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

LOT = 20261125  # the same talks by lot every time


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("paths", help="walk every path of the flows")
    command.add_argument(
        "--full", action="store_true", help="try every set of choices that may stand together"
    )
    command.add_argument("--lang", metavar="CODE", help="look at the words of this language only")
    command.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class Report:
    """What a walk came to; `ways` is how many should be taken, `taken` how many of them were."""

    survey: Survey
    ways: int
    taken: int
    lengths: Lengths
    supply: Mapping[str, Supply]
    languages: Sequence[str]
    problems: Sequence[Problem]
    seconds: float


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the problems and the report; 1 when a way was not taken or a promise not kept.

    Raises SettingsError for a language that is not offered, DataError for flows with mistakes.
    """
    with waiting("walking every path"):
        report = walked(wanted.lang, settings, FULL if wanted.full else Extent())
    for problem in report.problems:
        print(problem)
    for line in told(report):
        print(line)
    return int(bool(report.problems))


def walked(language: str | None, settings: Settings, extent: Extent) -> Report:
    """Walk the flows of the settings as far as `extent` says."""
    started = app.seconds()
    data = app.read_data(app.folders(settings))
    world = app.build_world(data, settings, app.today())
    languages = _languages(world, language)
    promises = Promises(data.flows, world.material.plan)
    found = survey(data.flows, world, extent, [promises], languages[0])
    sources = passed_over(world.material.plan, samples_of(world))
    ways = wanted(data.flows, sources, found.steps)
    voices = [world.catalogues.voice(code) for code in languages]
    problems = [
        *promises.problems,
        *uncovered(data.flows, found, ways),
        *unsaid(data.flows, found.steps, voices),
    ]
    return Report(
        survey=found,
        ways=len(ways),
        taken=sum(triple(way) in found.triples for way in ways),
        lengths=lengths(world.material.plan, found, _for_everywhere(world)),
        supply=supply(world, app.now(), Random(LOT)),  # noqa: S311  # no secret rests on it
        languages=languages,
        problems=sorted(problems),
        seconds=app.seconds() - started,
    )


def _languages(world: World, wanted: str | None) -> Sequence[str]:
    offered = [language.code for language in world.catalogues.offered]
    if wanted is None:
        return offered
    code = world.catalogues.resolve(wanted)
    if code is None:
        raise SettingsError(
            f"there is no language '{wanted}'; choose one of: {', '.join(offered)}"
        )
    return [code]


def _for_everywhere(world: World) -> Collection[str]:
    intents = world.material.plan.intents.values()
    return {intent.call.text for intent in intents if intent.call}


# ---- in words


def told(report: Report) -> Iterator[str]:
    """The report, a line for each thing it says."""
    found, rules = report.survey, [problem.rule for problem in report.problems]
    yield f"{len(found.places)} places that can be told apart, {found.strides} steps taken"
    yield f"{report.taken} of {report.ways} ways (step, input, destination) taken"
    yield (
        f"{rules.count('never-reached')} steps never come to,"
        f" {rules.count('never-chosen')} choices never made"
    )
    broken = {rule for rule in rules if rule in PROMISES}
    yield f"{len(PROMISES) - len(broken)} of {len(PROMISES)} promises kept at every step"
    yield f"{rules.count('unsaid')} texts without words in: {', '.join(report.languages)}"
    yield from _lengths(report.lengths)
    yield "in talks made by lot, lists without a service; without one that states all she must have:"
    for council, each in report.supply.items():
        empty, less = (
            f"{count} of {each.lists} ({100 * count / max(1, each.lists):.0f} %)"
            for count in (each.without, each.unstated)
        )
        yield f"  {council}: {empty}, {less}"
    if found.bounded:
        yield f"{found.bounded}: not everything was walked, and what is missing may lie beyond"
    yield f"{report.seconds:.1f} s"


def _lengths(found: Lengths) -> Iterator[str]:
    if found.shortest is None or found.longest is None:
        yield "no way comes to a list of services"
        return
    yield f"the first list: after {found.shortest} answers at least, the language not counted"
    yield f"the first list: after {_count(found.longest)} answers at most"
    yield f"between two lists: {_count(found.further)} questions at most"


def _count(number: float) -> str:
    return "any number of" if number == ENDLESS else f"{number:.0f}"
