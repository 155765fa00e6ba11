"""What she asks, worked out as bits of the services' masks."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bot.directory.masks import Legend, Term
from bot.directory.traits import Trait
from bot.needs import LADDER, Needs, Standing

DANGER, DISCREET, UNSAFE_PLACE = "danger", "discreet", "unsafe_place"  # tags
NO_VOICE, WOMEN_ONLY, YOUNG = "no_voice", "women_only_building", "young_person"

# What she is taken to look for when she has named no kind of help.
USUAL = frozenset({"alcohol", "drugs"})
# Ways of being helped without going there.
WAYS = frozenset({"phone_or_video", NO_VOICE, "online_group", "home_visit"})
# Help beside treatment; places with several kinds of help under one roof come first.
ALSO_HELP = frozenset({"housing", "money", "law", "work"})


class Demand(NamedTuple):
    """A must of hers, or something she wants to avoid."""

    term: Term
    breaks: int  # the bit of a service that states what she does not want
    avoided: bool = False
    firm: bool = False  # never gives way
    instead: Term | None = None  # the weaker need that takes its place


class Asked(NamedTuple):
    """Her needs for one index; whole numbers are numbers of bits, apart from weights."""

    demands: tuple[Demand, ...]  # in the order of the vocabulary, those to avoid last
    replaceable: tuple[Demand, ...]  # those with a weaker need in their place
    terms: tuple[Term, ...]  # musts and wishes, in the order of the vocabulary
    avoided: tuple[Term, ...]  # in the same order
    wishes: tuple[tuple[int, int], ...]  # bit and weight
    subject: tuple[int, ...]  # the kinds of help she looks for
    ways: tuple[int, ...]  # how she can be helped; empty: she can go there
    belonging: tuple[int, ...]  # services for a group she named
    closed: tuple[int, ...]  # services that would turn her away
    hub_first: bool


def resolve(needs: Needs, legend: Legend) -> Asked:
    """What to look for. Ids that the vocabulary does not know are passed over."""
    terms = legend.terms(needs.language)
    known = terms.keys()
    must = (needs.must | {WOMEN_ONLY} if UNSAFE_PLACE in needs.tags else needs.must) & known
    asked = must | (needs.prefer & known)
    quiet = {NO_VOICE} & known if DISCREET in needs.tags else frozenset()
    named = _sorted(asked, terms)
    subject = {term.id for term in named if term.need.rung == "kind"} or USUAL & known
    avoided = _sorted(needs.avoid & known, terms) if needs.avoid else ()
    unsafe = UNSAFE_PLACE in needs.tags
    musts = [_must(term, terms, unsafe) for term in named if term.id in must]
    return Asked(
        demands=(*musts, *[Demand(term, breaks=term.yes, avoided=True) for term in avoided]),
        replaceable=tuple([demand for demand in musts if demand.instead]),
        terms=named,
        avoided=avoided,
        # What she did not say herself must never outweigh what she did.
        wishes=(
            *[(term.yes, term.need.weight) for term in named if term.id not in must],
            *[(terms[id].yes, 1) for id in (quiet | subject) - asked],
        ),
        subject=_bits(subject, terms),
        ways=_bits((asked | quiet) & WAYS, terms),
        belonging=_bits(asked & legend.belonging, terms),
        closed=_closed(asked, legend, terms),
        hub_first=not asked.isdisjoint(ALSO_HELP),
    )


def stages(demands: Iterable[Demand]) -> Iterator[tuple[int, ...]]:
    """The bits that keep a service out: those of all demands first, at last the firm ones.

    Each stage after the first lets go of the demands on one more rung of the ladder, and holds on
    to the weaker ones that take their place.
    """
    standing = list(demands)
    yield tuple(demand.breaks for demand in standing)
    for rung in (*LADDER, None):
        leaving = [each for each in standing if each.term.need.rung == rung and not each.firm]
        if leaving:
            weaker = [_weaker(each.instead) for each in leaving if each.instead]
            standing = [*(each for each in standing if each not in leaving), *weaker]
            yield tuple(demand.breaks for demand in standing)


def _sorted(ids: AbstractSet[str], terms: Mapping[str, Term]) -> tuple[Term, ...]:
    return tuple(sorted([terms[id] for id in ids]))


def _bits(ids: AbstractSet[str], terms: Mapping[str, Term]) -> tuple[int, ...]:
    return tuple([terms[id].yes for id in ids])


def _must(term: Term, terms: Mapping[str, Term], unsafe: bool) -> Demand:
    need = term.need
    # She may meet someone there who hurts her: such a place is never offered as second best.
    firm = need.standing is Standing.SAFETY or (unsafe and need.id == WOMEN_ONLY)
    return Demand(term, term.no, firm=firm, instead=terms.get(need.relaxes_to or ""))


def _weaker(term: Term) -> Demand:
    return Demand(term, term.no, firm=term.need.standing is Standing.SAFETY)


def _closed(asked: AbstractSet[str], legend: Legend, terms: Mapping[str, Term]) -> tuple[int, ...]:
    """What she could only be turned away from; never relaxed, and never shown."""
    refusing = [terms[id].no for id in asked & legend.turning_away]
    children = () if YOUNG in asked else (legend.trait(Trait.CHILDREN_ONLY),)
    return (*refusing, *children)
