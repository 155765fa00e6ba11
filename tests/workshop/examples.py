"""A small talk in the shipped directory, for scripts and walks that name no shipped step."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.conversation.acting import World
from bot.documents import read_file
from bot.flows.model import Flows
from bot.problems import Problem
from bot.workshop.playing import Took, known_in, play
from bot.workshop.scripts import Script, read_script
from tests.examples import KNOW, URGENT, flows_of, plan_of, welcome

STEPS = """
one: {ask: One?, choices: {a: A, b: {label: B, must: [woman_worker], tags: [discreet]}}}
area: {ask: Where?, choices_from: councils}
what:
  ask: What?
  many: {min: 1}
  only_if: one == b
  choices: {x: {label: X, prefer: [evening]}, y: Y, none: {label: None, alone: true}}
sure: {ask: Sure?, skip: never, choices: {yes: "Yes", back_to_one: {label: No, next: one}}}
found: {results: services, empty: none, choices: {more: {label: More, next: what}, on: {label: On, next: over}}}
none: {say: Nothing.}
over: {end: done, wipe: true}
"""


def small(world: World, steps: str = STEPS) -> World:
    """The world with this talk in place of the shipped one; two councils can be chosen."""
    plan = plan_of(steps, sources={"councils": ("walsall", "dudley")})
    return replace(world, material=replace(world.material, plan=plan, left={}, drawn={}))


def small_flows(steps: str = STEPS, *others: str) -> Flows:
    """The flows of that talk."""
    return flows_of(welcome(steps), URGENT, KNOW, *others)


def read(path: Path, world: World) -> tuple[Script | None, list[Problem]]:
    """A script, read against this world."""
    document, problems = read_file(path, path.name)
    script, misread = read_script(document, known_in(world))
    return script, [*problems, *misread]


def problems_of(path: Path, world: World, moment: datetime) -> list[Problem]:
    """Everything that is said about one script, read and played."""
    script, problems = read(path, world)
    if script is None or problems:
        return sorted(problems)
    return play(script, world, moment, Took())
