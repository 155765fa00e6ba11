"""Small whole talks for the tests of care: a first flow around some steps, and urgent help."""

import textwrap

from bot.flows.model import Flows
from bot.flows.spoken import Spoken, hear
from bot.locales.tongues import Tongue
from tests.flows.examples import DAY_AND_NIGHT, cared, loaded
from tests.locales.polish import ENGLISH

EVERYWHERE = """
  leave: {label: Leave, words: leave, end: left}
  urgent: {label: Urgent help, words: help, call: urgent}
"""
HELLO = "This works by itself. No person reads along. It cannot ring anyone. In danger, ring 999."
BYE = "That is all. It is wiped. You can come back. In danger, ring 999."
URGENT = """
flow: urgent
steps:
  now: {ask: Ring 999., skip: never, choices: {on: {label: Go on, next: on}}}
  on: {return: true}
"""


def talk(
    steps: str,
    *others: str,
    everywhere: str = "",
    hello: str = HELLO,
    bye: str = BYE,
    urgent: str = URGENT,
) -> Flows:
    """A talk that says hello, goes through `steps` and says goodbye; `others` are other flows."""
    first = textwrap.indent(textwrap.dedent(steps).strip(), "  ")
    text = (
        f"flow: welcome\neverywhere:{EVERYWHERE}{everywhere}\nsteps:\n"
        f"  hello: {{say: '{hello}'}}\n{first}\n"
        f"  goodbye: {{say: '{bye}'}}\n  bye: {{end: done}}\n"
    )
    return loaded(text, urgent, *(textwrap.dedent(other) for other in others))


def rules(flows: Flows, *tongues: Tongue) -> list[str]:
    """The rules of care that a talk breaks, in the order of places."""
    return [problem.rule for problem in cared(flows, *tongues)]


def heard(flows: Flows) -> Spoken:
    """The talk in English, as the rules look at it."""
    return hear(flows, (ENGLISH,), DAY_AND_NIGHT)


ASK = "{ask: What now?, choices: {a: {label: A, must: [creche]}, b: B}}"
