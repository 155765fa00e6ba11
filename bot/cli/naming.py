"""Naming: a language and a council as people type them become a code and an id."""

from collections.abc import Sequence

from bot import app
from bot.cli.tables import plain
from bot.directory.places import Places, read_places
from bot.exceptions import SettingsError
from bot.locales.catalogues import Catalogues
from bot.locales.languages import Language, Step, resolve
from bot.problems import did_you_mean
from bot.settings import Settings

LONGEST_SHOWN = 40  # letters of what was typed


def language_named(settings: Settings, tag: str | None) -> str:
    """The code of a language that is offered; "" for None. Raises SettingsError."""
    if tag is None:
        return ""
    catalogues = Catalogues.read(app.folders(settings).locales, Step(settings.min_status))
    return language_among(tag, offered(settings, catalogues)).code


def offered(settings: Settings, catalogues: Catalogues) -> tuple[Language, ...]:
    """The languages that the operator offers, in menu order, English among them.

    Raises SettingsError where LINNET_LANGUAGES names one that cannot be offered.
    """
    codes = app.offered(catalogues, settings.languages)
    return tuple(language for language in catalogues.offered if language.code in codes)


def language_among(tag: str, offered: Sequence[Language]) -> Language:
    """The language that a tag such as `pa-PK` means. Raises SettingsError."""
    found = resolve(tag, offered)
    by_code = {language.code: language for language in offered}
    if found is None:
        near = did_you_mean(tag, by_code) or f"; choose one of: {', '.join(by_code)}"
        raise SettingsError(f"there is no language '{_brief(tag)}'{near}")
    return by_code[found]


def council_id(settings: Settings, named: str | None) -> str:
    """The id of a council; "" for None. Raises SettingsError."""
    if named is None:
        return ""
    places, _ = read_places(app.folders(settings).directory, "directory")
    return council_among(places, named)


def council_among(places: Places, named: str) -> str:
    """The id of a council by its id or name, however large its letters and its blanks.

    Raises SettingsError.
    """
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
