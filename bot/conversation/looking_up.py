"""Looking up: what each kind of results step asks of the directory."""

from dataclasses import replace
from datetime import datetime

from bot.directory.index import Index
from bot.directory.matching import Found, match
from bot.directory.places import Places
from bot.directory.this_week import open_this_week
from bot.needs import Needs

THIS_WEEK = "open_this_week"


def look_up(what: str, needs: Needs, index: Index, places: Places, at: datetime) -> Found:
    """What a step with `results: what` shows at a moment (aware). Never raises."""
    if what == THIS_WEEK:
        return open_this_week(needs, index, at)
    if what != "helplines":
        return match(needs, index, at)
    found = match(replace(needs, council=None, outcode=None), index, at)
    known = not needs.outcode or places.councils_of(needs.outcode)
    return replace(found, outside=not known)


def shown_after(what: str, before: tuple[str, ...], found: Found) -> tuple[str, ...]:
    """The ids of the services that count as shown last.

    What fills the wait comes behind the list she chose from: she may still want to take those away.
    """
    new = tuple(each.service.id for each in found.matches)
    return tuple(dict.fromkeys((*before, *new))) if what == THIS_WEEK else new
