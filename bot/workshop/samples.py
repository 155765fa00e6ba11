"""Samples: a few values that stand in for choices that come from data, and for typed words."""

from collections.abc import Iterator, Mapping

from bot.conversation.acting import World
from bot.conversation.plan import Plan, PlannedStep
from bot.directory.places import Places
from bot.flows.feasible import PassedOver, Resting
from bot.simulator import Samples

FAR = ("LE1", "PH1", "AB1")  # outward codes elsewhere in the country
PLACES_TO_HIDE = 2  # of each council that is tried


def samples_of(world: World) -> Samples:
    """By source or parser: what is tried in its place.

    Of a source of councils the first and the last; of what lies near, a few places of each; of outward
    codes one for each number of councils that one may lie in: none, one, several. A source that is
    not named is tried as a whole.
    """
    found: dict[str, tuple[str, ...]] = {}
    for planned in world.material.plan.steps.values():
        source, parse = planned.step.choices_from, planned.step.parse
        if source and planned.source and planned.source.fills == "hidden":
            found[source.text] = tuple(_to_hide(planned, world.places))
        elif source and planned.source and planned.source.fills == "council":
            every = planned.source.options({}, ())
            if every:  # else it rests on what she answered before
                found[source.text] = tuple(dict.fromkeys((every[0], every[-1])))
        if parse and planned.parser:
            typed = dict.fromkeys(map(planned.parser.read, _outcodes(world.places)))
            found[parse.text] = tuple(value for value in typed if value)
    return found


def source_reads(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """By source: the questions whose answers decide its choices, those about where she is."""
    where = tuple(name for name, planned in plan.steps.items() if _is_where(planned))
    rest_on_data = (planned.step.choices_from for planned in plan.steps.values())
    return {source.text: where for source in rest_on_data if source}


def passed_over(plan: Plan, samples: Samples) -> PassedOver:
    """By source: whether a question that rests on it alone may be passed over for want of choices."""
    found = {}
    where = frozenset(name for name, planned in plan.steps.items() if _is_where(planned))
    for planned in plan.steps.values():
        named = planned.step.choices_from
        if planned.source and named:
            passed = [len(planned.source.options(at, ())) < 2 for at in _whereabouts(samples)]
            fixed = planned.source.fills == "language"
            reads = () if fixed else where
            found[named.text] = Resting(frozenset(passed), passed[0], reads)
    return found


def _is_where(planned: PlannedStep) -> bool:
    by_source = planned.source is not None and planned.source.fills == "council"
    return by_source or (planned.parser is not None and planned.parser.fills == "outcode")


def _whereabouts(samples: Samples) -> Iterator[dict[str, str]]:
    yield {}
    for values in samples.values():
        yield from ({"": value} for value in values)


def _to_hide(planned: PlannedStep, places: Places) -> Iterator[str]:
    councils = tuple(places.councils)
    for council in dict.fromkeys((*councils[:1], *councils[-1:])):
        if planned.source:
            yield from list(planned.source.options({"": council}, ()))[:PLACES_TO_HIDE]


def _outcodes(places: Places) -> Iterator[str]:
    by_count: dict[int, str] = {}
    for code in places.outcodes:
        by_count.setdefault(min(2, len(places.councils_of(code))), code)
    yield from by_count.values()
    yield from (code for code in FAR[:1] if 0 not in by_count)
