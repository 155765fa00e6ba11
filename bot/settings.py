"""Settings: environment variables into one frozen record.

| variable | what it sets | left out |
|---|---|---|
| `LINNET_DATA` | a folder whose `flows`, `directory` or `locales` stand in for the shipped ones | the shipped ones |
| `LINNET_LANGUAGES` | the languages to offer, codes with commas between: `en,ur,pl` | all that may be offered |
| `LINNET_MIN_STATUS` | the lowest review step a language must have reached to be offered | `machine-draft` |
| `LINNET_SESSION_MINUTES` | quiet minutes after which a talk is forgotten, 1 to 1440 | 30 |
| `LINNET_LOG_LEVEL` | `debug`, `info`, `warning` or `error`; no level ever logs her words | `warning` |

A variable that begins with `LINNET_` and is not in this table is refused, because a misspelt
setting that silently does nothing could leave a promise unkept. `docs/running.md` has the same
table; a test keeps them equal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.documents import SettingsError, did_you_mean

PREFIX = "LINNET_"
MOST_MINUTES = 1440  # a day
LONGEST_SHOWN = 200  # characters of a value in a sentence
LOG_LEVELS = ("debug", "info", "warning", "error")
STATUSES = (
    "machine-draft",
    "fluent-checked",
    "native-reviewed",
    "back-translated",
    "community-tested",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. `languages` empty: all; `data` None: what ships with Linnet."""

    data: Path | None = None
    languages: tuple[str, ...] = ()
    min_status: str = "machine-draft"
    session_minutes: int = 30
    log_level: str = "warning"


NAMES = ("DATA", "LANGUAGES", "MIN_STATUS", "SESSION_MINUTES", "LOG_LEVEL")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`; empty values count as left out.

    Raises SettingsError with one sentence that names the variable and the bad value.
    """
    given = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(PREFIX) and value.strip()
    }
    for name in given:
        if name not in NAMES:
            known = did_you_mean(PREFIX + name, [PREFIX + known for known in NAMES])
            raise SettingsError(f"{PREFIX}{name} is not a setting{known}")
    return Settings(
        data=_folder(given["DATA"]) if "DATA" in given else None,
        languages=tuple(part.strip() for part in given.get("LANGUAGES", "").split(",") if part),
        min_status=_one_of("MIN_STATUS", given.get("MIN_STATUS", "machine-draft"), STATUSES),
        session_minutes=_minutes(given.get("SESSION_MINUTES", "30")),
        log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", "warning").lower(), LOG_LEVELS),
    )


def _folder(value: str) -> Path:
    path = Path(value)
    try:
        usable = path.is_dir()
    except OSError:  # a name too long, or a folder that may not be looked into
        usable = False
    if not usable:
        raise SettingsError(f"{PREFIX}DATA is {_shown(value)}, which is not a folder")
    return path


def _shown(value: str) -> str:
    """A value in quotes on one line, of a long one only the beginning."""
    return repr(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value in allowed:
        return value
    choices = ", ".join(allowed)
    raise SettingsError(f"{PREFIX}{name} is {_shown(value)}; use one of: {choices}")


def _minutes(value: str) -> int:
    if re.fullmatch("[1-9][0-9]{0,3}", value) and int(value) <= MOST_MINUTES:
        return int(value)
    raise SettingsError(
        f"{PREFIX}SESSION_MINUTES is {_shown(value)}; use a whole number from 1 to {MOST_MINUTES}"
    )
