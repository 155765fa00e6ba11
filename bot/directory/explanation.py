"""Why a service is shown: what it has of what she asked, what it lacks, what it has not said."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.directory.asking import Asked
from bot.directory.masks import Term


class Explanation(NamedTuple):
    """Ids of needs, each list in the order of the vocabulary."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]
    unknown: tuple[str, ...]


def explain(mask: int, terms: Iterable[Term]) -> Explanation:
    """The needs in one of three lists each, for a service with this mask."""
    has, lacks, unknown = [], [], []
    for _, _, _, id, states_yes, states_no, _ in terms:
        if mask & states_yes:
            has.append(id)
        elif mask & states_no:
            lacks.append(id)
        else:
            unknown.append(id)
    return Explanation(tuple(has), tuple(lacks), tuple(unknown))


def worth_telling(mask: int, asked: Asked) -> Iterable[Term]:
    """What to explain of a service: all she asked, and the weaker need where one is refused."""
    if not asked.replaceable:
        return asked.terms
    weaker = [
        demand.instead
        for demand in asked.replaceable
        if demand.instead and mask & demand.term.states_no
    ]
    return sorted({*weaker, *asked.terms}) if weaker else asked.terms
