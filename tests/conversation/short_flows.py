"""Short flows to go through, from the first question and by one move after the other."""

from collections.abc import Sequence

from bot.conversation import engine
from bot.conversation.folding import fold
from bot.conversation.plan import Chosen, Move, Plan
from bot.sessions.model import Session
from tests.examples import plan_of

THREE = """
colour:
  ask: Which colour?
  choices: {red: Red, blue: Blue}
size:
  ask: Which size?
  only_if: colour == red
  choices: {big: Big, small: Small}
shape:
  ask: Which shape?
  choices: {round: {label: Round, must: [round_one]}, square: Square}
over: {end: done, wipe: true}
"""
LONGER = THREE.replace("over:", "end:\n  ask: End?\n  choices: {on: On}\nover:")
ASIDE = """
one: {ask: One?, choices: {a: A, b: B}}
found:
  results: services
  choices: {hide: {label: Hide, next: hide}, again: {label: Again, next: one}, on: On}
two: {ask: Two?, choices: {c: C}}
better:
  results: services
  choices: {hide: {label: Hide, next: hide}, again: {label: Again, next: one}, on: {label: On, next: over}}
hide:
  ask: Hide?
  aside: true
  choices_from: services_near
  many: {min: 1}
  choices: {all: {label: Show all, alone: true}}
  next: better
over: {end: done}
"""
AREA = """
language: {ask: Language?, choices_from: languages, skip: never}
area:
  ask: Where?
  choices_from: councils
  parse: capitals
  retry: Again.
which: {ask: Which?, choices_from: few}
found:
  results: services
  empty: none
  choices: {hide: {label: Hide, next: hide}, done: {label: Done, next: over}}
hide: {ask: Hide?, choices_from: services_near, many: {min: 1}}
again: {next: found}
none: {say: Nothing.}
lines: {results: helplines, choices: {done: Done}}
over: {end: done}
"""


def begin(plan: Plan) -> Session:
    """The session of a new talk in English, at its first question."""
    session = engine.start(plan, "en").session
    assert session is not None
    return session


def go(plan: Plan, session: Session, *moves: Move | str) -> Session:
    """The session after these moves; words are choices."""
    for move in moves:
        made = Chosen((move,)) if isinstance(move, str) else move
        after = engine.step(plan, session, made).session
        assert after is not None
        session = after
    return session


def aside_plan(text: str = ASIDE, offered: Sequence[str] = ("x", "y")) -> Plan:
    """A plan in which places can be hidden: `offered` are in the lists, x and y are in the directory."""
    return plan_of(text, sources={"services_near": offered}, known=("x", "y"))


def hidden(plan: Plan, session: Session) -> frozenset[str]:
    """The ids of the places that are hidden at this session; empty when there are none."""
    return fold(plan, session).hidden


def area_plan(few: Sequence[str] = ("a", "b")) -> Plan:
    """A plan that asks where she is and shows results; `few` are the choices of its third question."""
    sources = {
        "languages": ("en", "ur"),
        "councils": ("dudley", "walsall"),
        "few": few,
        "services_near": ("one", "two"),
    }
    return plan_of(AREA, sources=sources)
