"""Lengths: how many questions lie between her and services, over every way that was walked."""

import math
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.plan import Plan
from bot.flows.model import Kind
from bot.simulator import Place
from bot.workshop.survey import Onward, Survey

Ways = Mapping[Place, list[Onward]]
ENDLESS = math.inf  # the questions of some way go round


@dataclass(frozen=True, slots=True)
class Lengths:
    """Answers after the language until the first list, and questions from one list to the next.

    None where no list is ever come to; `ENDLESS` where a way may go round before it.
    """

    shortest: int | None
    longest: float | None
    further: float


def lengths(plan: Plan, survey: Survey, aside: Collection[str] = ()) -> Lengths:
    """Measured over the ways of a survey, without what stands in flows called `aside`.

    `aside` are the flows of words for everywhere: urgent help that she asked for comes on top.
    A skipped question is no answer, but it is one of the questions.
    """

    def is_list(place: Place) -> bool:
        return plan.steps[str(place[0])].step.kind is Kind.RESULTS

    def counts(place: Place) -> bool:
        planned = plan.steps[str(place[0])]
        language = planned.source is not None and planned.source.fills == "language"
        outside = str(place[0]).partition(".")[0] not in aside
        return planned.step.kind is Kind.ASK and outside and not language

    if survey.first is None:
        return Lengths(None, None, 0)
    shortest = _nearest(survey.onward, survey.first, is_list, counts)
    before = _longest(survey.onward, is_list, counts, ending=-math.inf, answered=True)
    after = _longest(survey.onward, is_list, counts, ending=0, answered=False)
    lists = [place for place in survey.onward if is_list(place)]
    further = max(
        (after.get(way.to, 0) for place in lists for way in survey.onward[place] if way.to),
        default=0,
    )
    longest = before.get(survey.first, -math.inf)
    return Lengths(shortest, None if longest == -math.inf else longest, further)


Test = Callable[[Place], bool]


def _nearest(ways: Ways, first: Place, is_list: Test, counts: Test) -> int | None:
    """The fewest answers to a list: places with as many answers are looked at together."""
    best = {first: 0}
    left = deque([first])
    while left:
        place = left.popleft()
        if is_list(place):
            return best[place]
        for way in ways.get(place, ()):
            if way.to is None:
                continue
            length = best[place] + (way.answered and counts(place))
            if length < best.get(way.to, math.inf):
                best[way.to] = length
                (left.append if length > best[place] else left.appendleft)(way.to)
    return None


def _longest(
    ways: Ways, is_list: Test, counts: Test, *, ending: float, answered: bool
) -> dict[Place, float]:
    """From each place: the most questions until a list, `ending` where the talk ends before one.

    With `answered` only questions that were answered count.
    """
    found: dict[Place, float] = {}
    for group in _rings(ways, is_list):
        if is_list(group[0]):
            found[group[0]] = 0
            continue
        inside, out, grows = set(group), -math.inf, False
        for place in group:
            for way in ways.get(place, ()):
                length = int(counts(place) and (way.answered or not answered))
                if way.to in inside:
                    grows = grows or length > 0
                else:
                    out = max(out, length + (ending if way.to is None else found[way.to]))
        found.update(dict.fromkeys(group, ENDLESS if grows and out > -math.inf else out))
    return found


def _rings(ways: Ways, is_list: Test) -> Iterator[list[Place]]:
    """Groups of places that lead to one another, each after all that it leads to."""
    rings = _Rings(ways, is_list)
    for root in ways:
        yield from rings.below(root)


class _Rings:
    """Tarjan's way of finding rings, without recursion: a talk may be long."""

    def __init__(self, ways: Ways, is_list: Test) -> None:
        self._ways = ways
        self._is_list = is_list
        self._number: dict[Place, int] = {}
        self._low: dict[Place, int] = {}
        self._open: list[Place] = []
        self._is_open: set[Place] = set()

    def below(self, root: Place) -> Iterator[list[Place]]:
        path = [] if root in self._number else [self._enter(root)]
        while path:
            place, left = path[-1]
            following = next(left, None)
            if following is None:
                path.pop()
                self._lower(path[-1][0] if path else place, self._low[place])
                yield from self._closed(place)
            elif following not in self._number:
                path.append(self._enter(following))
            elif following in self._is_open:
                self._lower(place, self._number[following])

    def _enter(self, place: Place) -> tuple[Place, Iterator[Place]]:
        self._number[place] = self._low[place] = len(self._number)
        self._open.append(place)
        self._is_open.add(place)
        after = () if self._is_list(place) else self._ways.get(place, ())
        return place, iter([way.to for way in after if way.to])

    def _lower(self, place: Place, to: int) -> None:
        self._low[place] = min(self._low[place], to)

    def _closed(self, place: Place) -> Iterator[list[Place]]:
        if self._low[place] != self._number[place]:
            return
        group: list[Place] = []
        while not group or group[-1] != place:
            group.append(self._open.pop())
        self._is_open.difference_update(group)
        yield group
