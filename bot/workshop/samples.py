"""Samples: a few values that stand in for choices that come from data, and for typed words."""

from collections.abc import Iterable, Iterator, Mapping

from bot.conversation.acting import World
from bot.conversation.plan import Plan, PlannedStep, Source
from bot.directory.places import Places
from bot.flows.feasible import PassedOver, Resting
from bot.simulator import Samples

FAR = ("LE1", "PH1", "AB1")  # outward codes elsewhere in the country
FEW = 2  # places to hide


def samples_of(world: World) -> Samples:
    """By source or parser: what is tried in its place.

    The first of the councils, also of those that lie under one outward code; a few places near it;
    outward codes one for each number of councils that one may lie in: none, one, several. A source
    that is not named is tried as a whole.
    """
    found: dict[str, tuple[str, ...]] = {}
    codes = tuple(_outcodes(world.places))
    for planned in world.material.plan.steps.values():
        named, parse = planned.step.choices_from, planned.step.parse
        if named and planned.source and planned.source.fills != "language":
            some = _some(planned.source, world.places, codes)
            if some:
                found[named.text] = some
        if parse and planned.parser:
            typed = dict.fromkeys(map(planned.parser.read, codes))
            found[parse.text] = tuple(value for value in typed if value)
    return found


def _some(source: Source, places: Places, codes: Iterable[str]) -> tuple[str, ...]:
    """The first choice or the first few, of the first whereabouts that leave her a choice."""
    council = next(iter(places.councils), "")
    for known in ({}, *({"": one} for one in (council, *codes))):
        options = source.options(known, ())
        if len(options) > 1:
            return tuple(options[: FEW if source.fills == "hidden" else 1])
    return ()


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


def _outcodes(places: Places) -> Iterator[str]:
    by_count: dict[int, str] = {}
    for code in places.outcodes:
        by_count.setdefault(min(2, len(places.councils_of(code))), code)
    yield from by_count.values()
    yield from (code for code in FAR[:1] if 0 not in by_count)
