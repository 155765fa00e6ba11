"""Counting: what one act adds to the tables, worked out from the talk before and after it.

A talk remembers, sealed with its answers and gone with them, what it has added already, so that it
adds at most one to a table and two to that of needs. What is added goes out without anything that
could join two cells: they never say that they are of one talk.

How a talk went is counted when it first gets somewhere: a list with services near her, a list with
none, or urgent help. "Left early" is a talk that was ended before that; one that is only left
alone adds nothing to it, because nobody watches whether it goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.plan import Plan
from bot.counting.codes import is_code, is_test
from bot.counting.tables import (
    COUNCIL,
    LANGUAGE,
    LINK,
    NEED,
    NOT_SAID,
    OUTCOME,
    UNMET,
    WRONG,
    Cell,
    Table,
)
from bot.directory.matching import Found
from bot.needs import Needs
from bot.sessions.model import Session

# What a talk remembers of each table it added to; of needs, each with its id behind.
MARKS = {
    LANGUAGE.name: "l",
    OUTCOME.name: "o",
    COUNCIL.name: "c",
    UNMET.name: "u",
    NEED.name: "n:",
    LINK.name: "k",
    WRONG.name: "w",
}
TEST = "t"  # a visit of staff, which adds nothing anywhere


@dataclass(frozen=True, slots=True)
class Counting:
    """Where the counts of one channel go, after the act that adds them was kept.

    `below` gives a random whole number from 0 to one less than it is given: of many needs that no
    service states chance picks the two to count, or those asked first would look the rarest.
    """

    channel: str
    add: Callable[[Sequence[Cell]], None]
    below: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list showed: what she asked for, what was found, and the council, where it is known."""

    needs: Needs
    found: Found
    what: str  # "services", "helplines", …
    council: str | None


def opened(link: str) -> tuple[tuple[str, ...], list[Cell]]:
    """What a talk that begins has added: the link it came by, if it came by one.

    Gives what the talk is to remember, and the cells. The code is not among the former.
    """
    if is_test(link):
        return (TEST,), []
    return ((MARKS[LINK.name],), [Cell(LINK.name, link)]) if is_code(link) else ((), [])


def ended(before: Session, channel: str) -> list[Cell]:
    """What the end of a talk adds: that it came before anything was shown."""
    if not _has(before.counted, LANGUAGE) or _has(before.counted, OUTCOME):
        return []
    return [Cell(OUTCOME.name, f"{channel}.left-early")]


def added(
    plan: Plan, session: Session, listed: Listed | None, reported: str, counting: Counting
) -> tuple[tuple[str, ...], list[Cell]]:
    """What an act added that left `session`, where a list stands with `listed`.

    `reported` is the service she named as wrong, empty for none. Gives what the talk is to
    remember now, and the new cells. `session.counted` is what it remembered.
    """
    if TEST in session.counted:
        return session.counted, []
    cells: list[Cell] = []
    outcome = _outcome(plan, session, listed)
    if not _has(session.counted, LANGUAGE) and (outcome or _has_begun(plan, session)):
        cells.append(Cell(LANGUAGE.name, session.language))
    if outcome and not _has(session.counted, OUTCOME):
        cells.append(Cell(OUTCOME.name, f"{counting.channel}.{outcome}"))
    if listed and outcome in {"signposted", "no-match"}:
        cells += _of_the_list(session.counted, listed, counting.below)
    if reported and not _has(session.counted, WRONG):
        cells.append(Cell(WRONG.name, reported))
    marks = (MARKS[table] + (row if table == NEED.name else "") for table, row in cells)
    return (*session.counted, *marks), cells


def countable(plan: Plan) -> frozenset[str]:
    """The needs that some answer asks for which is not sensitive: only these are ever counted."""
    effects = [
        effect
        for planned in plan.steps.values()
        for effect in planned.effects.values()
        if not effect.sensitive
    ]
    return frozenset().union(*(effect.must | effect.prefer for effect in effects))


def _has(counted: tuple[str, ...], table: Table) -> bool:
    return MARKS[table.name] in counted


def _has_begun(plan: Plan, session: Session) -> bool:
    """Whether she answered something beside which language she reads.

    The session may be one of before an edit: Hide hands it on as it is. A step that is gone was a
    question of its own.
    """
    for name, _ in session.trail:
        planned = plan.steps.get(plan.today(name))
        if planned is None or planned.source is None or planned.source.fills != "language":
            return True
    return False


def _outcome(plan: Plan, session: Session, listed: Listed | None) -> str | None:
    """How it went, where it got somewhere with this card."""
    if listed is not None:
        if listed.what == "services":
            return "signposted" if listed.found.matches else None
        # The list of lines stands also where she has not said where to look, which is no gap.
        located = listed.what == "helplines" and (listed.needs.council or listed.needs.outcode)
        return "no-match" if located else None
    urgent = plan.intents.get("urgent")
    at_help = urgent and urgent.call and session.at.startswith(f"{urgent.call.text}.")
    return "urgent" if at_help else None


def _of_the_list(
    counted: tuple[str, ...], listed: Listed, below: Callable[[int], int]
) -> Iterator[Cell]:
    council = listed.council or NOT_SAID
    if not _has(counted, COUNCIL):
        yield Cell(COUNCIL.name, council)
    stated = {need for one in listed.found.matches for need in one.has}
    # Harm prevented: not even a tally with noise knows what a sensitive question was answered.
    wanted = (listed.needs.must | listed.needs.prefer) - listed.needs.sensitive
    unmet = sorted(wanted - stated)
    if unmet and not _has(counted, UNMET):
        yield Cell(UNMET.name, council)
    named = MARKS[NEED.name]
    old = [mark.removeprefix(named) for mark in counted if mark.startswith(named)]
    new = [need for need in unmet if need not in old]
    for _ in range(min(NEED.most - len(old), len(new))):
        yield Cell(NEED.name, new.pop(below(len(new))))
