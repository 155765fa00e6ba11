"""Settings: environment variables into one frozen record.

| variable | what it sets | left out |
|---|---|---|
| `LINNET_DATA` | a folder whose `flows`, `directory` or `locales` stand in for the shipped ones | the shipped ones |
| `LINNET_LANGUAGES` | the languages to offer, codes with commas between: `en,ur,pl` | all that may be offered |
| `LINNET_MIN_STATUS` | the lowest review step a language must have reached to be offered | `machine-draft` |
| `LINNET_SESSION_MINUTES` | quiet minutes after which a talk is forgotten, 1 to 1440 | 30 |
| `LINNET_HIDE_MINUTES` | quiet minutes after which a card on Telegram hides itself, 1 to 60 | 3 |
| `LINNET_STORE` | where sessions are kept: `sqlite:PATH`, `memory:` or `redis://…`, which several workers share | SQLite in the runtime folder |
| `LINNET_SECRET_FILE` | a file with 32 random bytes, from which row keys are made; the same for all workers | made anew after each start of the machine |
| `LINNET_TELEGRAM_TOKEN` | the token of the bot; without it there is no Telegram | none |
| `LINNET_TELEGRAM_TOKEN_FILE` | a file that holds the token alone, in place of the variable | none |
| `LINNET_TELEGRAM_API` | the address of the Bot API, up to and with `/bot` | the official one |
| `LINNET_TELEGRAM_MODE` | `polling` or `webhook` | `polling` |
| `LINNET_WEBHOOK_URL` | where Telegram delivers updates; its path is a secret of 22 letters or more | needed for `webhook` |
| `LINNET_WEBHOOK_SECRET` | what Telegram shows to prove itself, 32 to 256 letters, digits, `_` or `-` | needed for `webhook` |
| `LINNET_WEBHOOK_SECRET_FILE` | a file that holds that secret alone, in place of the variable | none |
| `LINNET_HOST` | the address the server listens on | `127.0.0.1` |
| `LINNET_PORT` | the port the server listens on | 8000 |
| `LINNET_METRICS_PORT` | the port of this machine's own address where `/metrics` is, for the operator only | no metrics |
| `LINNET_LINKS` | the file of the links that outreach workers made, see `linnet link` | no links are known |
| `LINNET_COUNTS` | a folder for counts that hide every single talk, see `docs/insights.md` | nothing is counted |
| `LINNET_LEAVE_URL` | where "Leave" on the web page leads | the BBC's weather |
| `LINNET_LOG_LEVEL` | `debug`, `info`, `warning` or `error`; no level ever logs her words | `warning` |

A variable that begins with `LINNET_` and is not in this table is refused, because a misspelt
setting that silently does nothing could leave a promise unkept. `docs/running.md` has the same
table; a test keeps them equal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.exceptions import SettingsError
from bot.problems import did_you_mean

PREFIX = "LINNET_"
MOST_MINUTES = 1440  # a day
MOST_HIDE_MINUTES = 60
MOST_PORT = 65535
WEATHER = "https://www.bbc.co.uk/weather"
OFFICIAL_API = "https://api.telegram.org/bot"
MODES = ("polling", "webhook")
TOKEN = "[0-9]{1,20}:[A-Za-z0-9_-]{20,100}"  # noqa: S105  # what a token looks like
WEBHOOK_SECRET = "[A-Za-z0-9_-]{32,256}"  # noqa: S105
MOST_SECRET_BYTES = 1024  # of a file: what is longer is another file, named by mistake
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
    """What the environment says. `languages` empty: all; `data` None: what ships with Linnet.

    `store` empty: SQLite in the runtime folder. `metrics_port` 0: no metrics. A secret that came
    from a file stands where one from a variable would. Secrets do not show when this is printed.
    """

    data: Path | None = None
    languages: tuple[str, ...] = ()
    min_status: str = "machine-draft"
    session_minutes: int = 30
    hide_minutes: int = 3
    store: str = field(default="", repr=False)
    secret_file: Path | None = None
    telegram_token: str = field(default="", repr=False)
    telegram_token_file: Path | None = None
    telegram_api: str = OFFICIAL_API
    telegram_mode: str = "polling"
    webhook_url: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    webhook_secret_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_port: int = 0
    links: Path | None = None
    counts: Path | None = None
    leave_url: str = WEATHER
    log_level: str = "warning"


NAMES = tuple(each.upper() for each in Settings.__dataclass_fields__)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`; empty values count as left out.

    Raises SettingsError with one sentence that names the variable and, unless it is a secret, the
    bad value.
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
    settings = Settings(
        data=_folder(given["DATA"]) if "DATA" in given else None,
        languages=tuple(part.strip() for part in given.get("LANGUAGES", "").split(",") if part),
        min_status=_one_of("MIN_STATUS", given.get("MIN_STATUS", "machine-draft"), STATUSES),
        session_minutes=_number(
            "SESSION_MINUTES", given.get("SESSION_MINUTES", "30"), MOST_MINUTES
        ),
        hide_minutes=_number("HIDE_MINUTES", given.get("HIDE_MINUTES", "3"), MOST_HIDE_MINUTES),
        store=_store(given.get("STORE", "")),
        secret_file=_path("SECRET_FILE", given),
        telegram_token=_secret("TELEGRAM_TOKEN", given, TOKEN),
        telegram_token_file=_path("TELEGRAM_TOKEN_FILE", given),
        telegram_api=_api(given.get("TELEGRAM_API", OFFICIAL_API)),
        telegram_mode=_one_of("TELEGRAM_MODE", given.get("TELEGRAM_MODE", "polling"), MODES),
        webhook_url=_webhook(given.get("WEBHOOK_URL", "")),
        webhook_secret=_secret("WEBHOOK_SECRET", given, WEBHOOK_SECRET),
        webhook_secret_file=_path("WEBHOOK_SECRET_FILE", given),
        host=given.get("HOST", "127.0.0.1"),
        port=_number("PORT", given.get("PORT", "8000"), MOST_PORT),
        metrics_port=(
            _number("METRICS_PORT", given["METRICS_PORT"], MOST_PORT)
            if "METRICS_PORT" in given
            else 0
        ),
        links=_path("LINKS", given),
        counts=_path("COUNTS", given),
        leave_url=_leave_url(given.get("LEAVE_URL", WEATHER)),
        log_level=_one_of("LOG_LEVEL", given.get("LOG_LEVEL", "warning").lower(), LOG_LEVELS),
    )
    if settings.telegram_mode == "webhook":
        for name, value in (
            ("WEBHOOK_URL", settings.webhook_url),
            ("WEBHOOK_SECRET", settings.webhook_secret),
        ):
            if not value:
                raise SettingsError(f"{PREFIX}{name} is needed where TELEGRAM_MODE is webhook")
    # Harm prevented: the public address must never answer with what is the operator's alone.
    if settings.metrics_port == settings.port:
        raise SettingsError(f"{PREFIX}METRICS_PORT must be another port than PORT")
    return settings


def _store(value: str) -> str:
    kind, _, path = value.partition(":")
    shared = re.match(r"rediss?(\+sentinel|\+cluster)?://", value)  # read whole where it is used
    if value in {"", "memory:"} or (kind == "sqlite" and path) or shared:
        return value
    if "@" in value:  # a password may stand before it
        raise SettingsError(f"{PREFIX}STORE is not as it should be; see docs/running.md")
    wanted = "use 'memory:', 'sqlite:PATH' or 'redis://HOST'"
    raise SettingsError(f"{PREFIX}STORE is {_shown(value)}; {wanted}")


def _secret(name: str, given: Mapping[str, str], pattern: str) -> str:
    """A secret, of the variable or its file; empty where there is neither.

    A bad one is not shown, because what is shown ends up in logs.
    """
    file = _path(f"{name}_FILE", given)
    if file and name in given:
        raise SettingsError(f"{PREFIX}{name} and {PREFIX}{name}_FILE are both set; use one")
    value = _held(f"{name}_FILE", file) if file else given.get(name, "")
    if value and not re.fullmatch(pattern, value):
        raise SettingsError(f"{PREFIX}{name} is not as it should be; see docs/running.md")
    return value


def _path(name: str, given: Mapping[str, str]) -> Path | None:
    return Path(given[name]) if name in given else None


def _held(name: str, file: Path) -> str:
    """What a file of a secret holds, without blanks around it; an empty one is refused.

    A program that was told of a secret must not come up without it: a bot that is silently not
    there leaves women without an answer.
    """
    try:
        with file.open("rb") as opened:
            value = opened.read(MOST_SECRET_BYTES + 1).decode("ascii").strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no plain text"
        raise SettingsError(f"{PREFIX}{name} cannot be read: {why}") from None
    if not value or len(value) > MOST_SECRET_BYTES:
        raise SettingsError(f"{PREFIX}{name} must hold the secret and nothing else")
    return value


def _api(value: str) -> str:
    """A bad one is not shown: what stands behind `/bot` in it may well be the token."""
    parts = _split(value)
    if not parts.hostname or parts.scheme not in {"http", "https"} or not value.endswith("/bot"):
        raise SettingsError(f"{PREFIX}TELEGRAM_API must be an address that ends with '/bot'")
    # Harm prevented: the token and every message of every woman would cross the net in the clear.
    if parts.scheme == "http" and not is_nearby(parts.hostname):
        raise SettingsError(f"{PREFIX}TELEGRAM_API must begin with https:// but for a host nearby")
    return value


def is_nearby(host: str) -> bool:
    """Whether a host is this machine or one of its own network: no name on the internet."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_private and not address.is_unspecified


def _leave_url(value: str) -> str:
    parts = _split(value)
    if parts.scheme in {"http", "https"} and parts.netloc:
        return value
    raise SettingsError(f"{PREFIX}LEAVE_URL is {_shown(value)}; use a web address")


def _webhook(value: str) -> str:
    """Harm prevented: who can guess the path could send the server made-up updates to check."""
    if not value:
        return value
    parts = _split(value)
    loopback = parts.hostname in {"127.0.0.1", "localhost"}  # for a try-out on one machine
    private = parts.scheme == "https" or (parts.scheme == "http" and loopback)
    if not parts.hostname or not private:
        raise SettingsError(f"{PREFIX}WEBHOOK_URL must begin with https:// and a host")
    if not re.search("[A-Za-z0-9_-]{22,}", parts.path) or parts.query or parts.fragment:
        raise SettingsError(f"{PREFIX}WEBHOOK_URL needs a path of 22 or more random letters")
    return value


def _split(value: str) -> SplitResult:
    try:
        return urlsplit(value)
    except ValueError:
        return urlsplit("")


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


def _number(name: str, value: str, most: int) -> int:
    if re.fullmatch("[1-9][0-9]{0,4}", value) and int(value) <= most:
        return int(value)
    raise SettingsError(f"{PREFIX}{name} is {_shown(value)}; use a whole number from 1 to {most}")
