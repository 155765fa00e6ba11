"""Naming: a language and a council as people type them become a code and an id."""

from bot import app
from bot.cli.tables import plain
from bot.directory.places import read_places
from bot.exceptions import SettingsError
from bot.locales.catalogues import Catalogues
from bot.locales.languages import Step, resolve
from bot.problems import did_you_mean
from bot.settings import Settings

LONGEST_SHOWN = 40  # letters of what was typed


def language_named(settings: Settings, tag: str | None) -> str:
    """The code of a language that is offered; "" for None. Raises SettingsError."""
    if tag is None:
        return ""
    catalogues = Catalogues.read(app.folders(settings).locales, Step(settings.min_status))
    allowed = {"en", *settings.languages}
    offered = [one for one in catalogues.offered if not settings.languages or one.code in allowed]
    code = resolve(tag, offered)
    if code is None:
        known = [language.code for language in offered]
        near = did_you_mean(tag, known) or f"; choose one of: {', '.join(known)}"
        raise SettingsError(f"there is no language '{_brief(tag)}'{near}")
    return code


def council_id(settings: Settings, named: str | None) -> str:
    """The id of a council by its id or name, however large its letters; "" for None.

    Raises SettingsError.
    """
    if named is None:
        return ""
    places, _ = read_places(app.folders(settings).directory, "directory")
    ids = {council.name.casefold(): council.id for council in places}
    ids |= {council.id: council.id for council in places}
    found = ids.get(" ".join(named.split()).casefold())
    if found is None:
        known = ", ".join(places.councils)
        near = did_you_mean(named, places.councils) or f"; choose one of: {known}"
        raise SettingsError(f"there is no council '{_brief(named)}'{near}")
    return found


def _brief(text: str) -> str:
    """What was typed, fit for a sentence."""
    shown = plain(text)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
