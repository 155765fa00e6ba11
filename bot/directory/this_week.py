"""This week: what a woman can go to or ring in the next seven days while she waits."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.directory.index import Index
from bot.directory.matching import Found, Match, match
from bot.directory.model import Service
from bot.directory.ranking import Tier
from bot.directory.schedules import Openness, openness
from bot.directory.traits import DOOR_KINDS
from bot.needs import Needs

WEEK = timedelta(days=7)
LOOKED_AT = 60  # services of her area, the best fitting first; a council has fewer of these kinds
AT_ONCE = frozenset({"mutual_aid", "womens_centre", "helpline"})  # kinds that need no referral
VISITED = frozenset({"drop_in", "group", "women_only_group"})  # activities with times of their own


def open_this_week(needs: Needs, index: Index, at: datetime, limit: int = 3) -> Found:
    """What states that it opens or answers within seven days of `at` (aware), the soonest first.

    `matches` are at most `limit` services of her own council that she needs no referral for:
    mutual aid, women's centres, lines and drop-ins. What breaks a must of hers comes last.
    `national` is one line beside them, or `limit` lines where there is nothing of her council; a
    line whose hours are not known is never among them. Never raises.
    """
    at = at.astimezone(UTC)
    here = match(needs, index, at, LOOKED_AT)
    anywhere = match(replace(needs, council=None, outcode=None), index, at, LOOKED_AT)
    terms = index.legend.terms(needs.language)
    about = {id for id, term in terms.items() if term.need.rung == "kind"}
    own = [each for each in here.matches if each.tier is Tier.LOCAL and _is_at_once(each.service)]
    near = _soonest_first([each for each in own if _is_hers(each, about)], needs, at)[:limit]
    lines = [each for each in anywhere.national if soonest(each.service, each.openness, at)]
    return Found(
        matches=tuple(near),
        national=tuple(lines[: 1 if near else limit]),
        crisis=here.crisis,
        outside=here.outside,
    )


def _soonest_first(found: list[Match], needs: Needs, at: datetime) -> list[Match]:
    dated = [(when, each) for each in found if (when := soonest(each.service, each.openness, at))]
    dated.sort(key=lambda pair: (not needs.must.isdisjoint(pair[1].lacks), pair[0]))
    return [each for _, each in dated]


def _is_hers(found: Match, about: AbstractSet[str]) -> bool:
    """Whether it is a first door, or gives a kind of help that she named (`about`: ids of those).

    Harm prevented: a line about one harm answers day and night, and would stand first for women
    who never spoke of it.
    """
    return not about.isdisjoint(found.has) or not DOOR_KINDS.isdisjoint(found.service.kinds)


def _is_at_once(service: Service) -> bool:
    """Whether she needs no referral and no appointment."""
    if not AT_ONCE.isdisjoint(service.kinds):
        return True
    drops_in = any(each.what == "drop_in" for each in service.activities)
    walks_in = any(each.type == "walk_in" for each in service.contacts)
    return drops_in or walks_in or service.has("ways.drop_in")


def soonest(service: Service, hours: Openness, at: datetime) -> datetime | None:
    """When it first opens, answers or meets from `at` on; None: not in the week, or not stated.

    `hours` is what its opening and answering times say of `at`.
    """
    ahead = (_from(each, at) for each in (hours, *_meetings(service, at)))
    times = [when for when in ahead if when is not None and when <= at + WEEK]
    return min(times, default=None)


def _from(hours: Openness, at: datetime) -> datetime | None:
    return at if hours.open else hours.next_open


def _meetings(service: Service, at: datetime) -> Iterator[Openness]:
    """The groups and drop-ins; one that rests in the school holidays may not meet this week."""
    for each in service.activities:
        if each.what in VISITED and each.when and each.term_only != "yes":
            yield openness(each.when, at)
