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
)
from bot.directory.matching import Found
from bot.needs import Needs
from bot.sessions.model import Session

TEST = "test"  # a visit of staff, which adds nothing anywhere
_NEED = f"{NEED.name}:"


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
    return ((LINK.name,), [Cell(LINK.name, link)]) if is_code(link) else ((), [])


def ended(before: Session, channel: str) -> list[Cell]:
    """What the end of a talk adds: that it came before anything was shown."""
    if LANGUAGE.name not in before.counted or OUTCOME.name in before.counted:
        return []
    return [Cell(OUTCOME.name, f"{channel}.left-early")]


def added(
    plan: Plan, before: Session | None, after: Session, listed: Listed | None, counting: Counting
) -> tuple[tuple[str, ...], list[Cell]]:
    """What an act added that led from `before` to `after`, where a list stands with `listed`.

    Gives what the talk is to remember now, and the new cells. `after.counted` is what it remembered.
    """
    if TEST in after.counted:
        return after.counted, []
    cells: list[Cell] = []
    outcome = _outcome(plan, after, listed)
    if LANGUAGE.name not in after.counted and (outcome or _has_begun(plan, after)):
        cells.append(Cell(LANGUAGE.name, after.language))
    if outcome and OUTCOME.name not in after.counted:
        cells.append(Cell(OUTCOME.name, f"{counting.channel}.{outcome}"))
    if listed and outcome in {"signposted", "no-match"}:
        cells += _of_the_list(after.counted, listed, counting.below)
    cells += _reported(plan, before, after)
    marks = (f"{_NEED}{row}" if table == NEED.name else table for table, row in cells)
    return (*after.counted, *marks), cells


def _has_begun(plan: Plan, session: Session) -> bool:
    """Whether she answered something beside which language she reads."""
    for name, _ in session.trail:
        source = plan.steps[name].source
        if source is None or source.fills != "language":
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
    if COUNCIL.name not in counted:
        yield Cell(COUNCIL.name, council)
    stated = {need for one in listed.found.matches for need in one.has}
    wanted = listed.needs.must | listed.needs.prefer
    unmet = sorted(wanted - stated)
    if unmet and UNMET.name not in counted:
        yield Cell(UNMET.name, council)
    old = [mark.removeprefix(_NEED) for mark in counted if mark.startswith(_NEED)]
    new = [need for need in unmet if need not in old]
    for _ in range(min(NEED.most - len(old), len(new))):
        yield Cell(NEED.name, new.pop(below(len(new))))


def _reported(plan: Plan, before: Session | None, after: Session) -> list[Cell]:
    """The service that she said something is wrong with."""
    if before is None or WRONG.name in after.counted:
        return []
    return [
        Cell(WRONG.name, answer)
        for name, answer in after.trail[len(before.trail) :]
        if isinstance(answer, str)
        and (source := plan.steps[name].source) is not None
        and source.fills == "reported"
        and source.knows(answer)
    ][:1]
