"""Test calls: whether anybody answered when we tried, and when nobody does."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.directory.model import Service

TIMES = 2  # as many days without an answer say more than bad luck


class Call(NamedTuple):
    """One try to reach a service: the day as written (YYYY, YYYY-MM or YYYY-MM-DD), and its end."""

    on: str
    answered: bool

    @property
    def latest(self) -> str:
        """For the order of calls. Of a bare month, an answer may be from its very last day."""
        rest = len(self.on) - 4
        return self.on + ("-99-99"[rest:] + "~" if self.answered else "-00-00"[rest:])


def calls_of(service: Service) -> tuple[Call, ...]:
    """Every dated try whose end is known, the earliest first; empty: nobody has tried.

    A contact that nobody answered is no failed try beside one that somebody did answer.
    """
    tests = [(one.tested, one.answered) for one in service.contacts]
    if any(answered == "yes" for _, answered in tests):
        tests = [(on, answered) for on, answered in tests if answered == "yes"]
    tests += [(one.on, one.answered) for one in service.checks if one.how == "test_call"]
    return in_order(tests)


def in_order(tests: Iterable[tuple[str | None, str | None]]) -> tuple[Call, ...]:
    """Pairs of day and yes or no as calls, the earliest first; without either there is no call."""
    found = [Call(on, answered == "yes") for on, answered in tests if on and answered]
    return tuple(sorted(found, key=lambda call: call.latest))


def last_call(calls: Sequence[Call]) -> Call | None:
    """The latest of calls in order; of one day, one that was answered."""
    return calls[-1] if calls else None


def is_silent(calls: Sequence[Call]) -> bool:
    """Whether nobody answered on two different days, and nobody since.

    A bare month is no other day than a day in it.
    """
    failed: set[str] = set()
    for call in calls:
        failed = set() if call.answered else failed | {call.on}
    days = {on for on in failed if not any(other.startswith(f"{on}-") for other in failed)}
    return len(days) >= TIMES


def answers(calls: Sequence[Call]) -> str | None:
    """`yes` where the last call was answered, `no` where nobody ever seems to; None: not known."""
    last = last_call(calls)
    if last is not None and last.answered:
        return "yes"
    return "no" if is_silent(calls) else None
