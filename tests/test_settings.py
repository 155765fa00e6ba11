"""Settings: what may be set, and one sentence for what may not."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings as module
from bot.exceptions import SettingsError
from bot.settings import NAMES, OFFICIAL_API, Settings, read_settings

TOKEN = "7123456789:AAF-canary_canary-canary_canary-cana"  # noqa: S105
SECRET = "canary_" * 5
PATH = "canary-canary_canary-22"
HOOK = f"https://linnet.example.org/{PATH}"
WEBHOOK = {"LINNET_TELEGRAM_MODE": "webhook"}

STORES = "use 'memory:', 'sqlite:PATH' or 'redis://HOST'"


def read(**named):
    return read_settings({f"LINNET_{name}": value for name, value in named.items()})


def sentence(environment):
    """The sentence that refuses this environment."""
    with pytest.raises(SettingsError) as raised:
        read_settings(environment)
    return str(raised.value)


def test_nothing_set_gives_the_defaults():
    assert read_settings({"PATH": "/bin", "LINNET_DATA": ""}) == Settings()


def test_what_is_set_is_read(tmp_path):
    assert read(
        DATA=str(tmp_path),
        LANGUAGES="en, ur",
        MIN_STATUS="native-reviewed",
        SESSION_MINUTES="10",
        HIDE_MINUTES="5",
        STORE="sqlite:/var/lib/linnet/sessions.db",
        SECRET_FILE="/run/secrets/root",  # noqa: S106
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API="http://127.0.0.1:8081/bot",
        TELEGRAM_MODE="webhook",
        WEBHOOK_URL=HOOK,
        WEBHOOK_SECRET=SECRET,
        HOST="::1",
        PORT="8443",
        METRICS_PORT="9100",
        LEAVE_URL="https://www.gov.uk/bank-holidays",
        LOG_LEVEL="INFO",
    ) == Settings(
        data=tmp_path,
        languages=("en", "ur"),
        min_status="native-reviewed",
        session_minutes=10,
        hide_minutes=5,
        store="sqlite:/var/lib/linnet/sessions.db",
        secret_file=Path("/run/secrets/root"),
        telegram_token=TOKEN,
        telegram_api="http://127.0.0.1:8081/bot",
        telegram_mode="webhook",
        webhook_url=HOOK,
        webhook_secret=SECRET,
        host="::1",
        port=8443,
        metrics_port=9100,
        leave_url="https://www.gov.uk/bank-holidays",
        log_level="info",
    )


def test_blanks_around_a_value_do_not_count():
    assert read(TELEGRAM_TOKEN=f" {TOKEN}\n").telegram_token == TOKEN


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_value_counts_as_left_out(name):
    assert read(**{name: " "}) == Settings()


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"LINNET_DAAT": "x"}, "LINNET_DAAT is not a setting; did you mean 'LINNET_DATA'?"),
        ({"LINNET_TELEGRAM_TOKN": TOKEN}, "LINNET_TELEGRAM_TOKN is not a setting; did you mean"),
        (
            {"LINNET_DATA": "/nowhere/at/all"},
            "LINNET_DATA is '/nowhere/at/all', which is not a folder",
        ),
        ({"LINNET_SESSION_MINUTES": "0"}, "LINNET_SESSION_MINUTES is '0'; use a whole number"),
        (
            {"LINNET_SESSION_MINUTES": "0014409"},
            "LINNET_SESSION_MINUTES is '0014409'; use a whole",
        ),
        ({"LINNET_SESSION_MINUTES": "00060000"}, "LINNET_SESSION_MINUTES is '00060000'; use a"),
        ({"LINNET_SESSION_MINUTES": "030"}, "LINNET_SESSION_MINUTES is '030'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "1441"}, "LINNET_SESSION_MINUTES is '1441'; use a whole"),
        ({"LINNET_SESSION_MINUTES": "٣٠"}, "LINNET_SESSION_MINUTES is '٣٠'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "1" * 5000}, "LINNET_SESSION_MINUTES is '1111"),
        ({"LINNET_DATA": "d" * 5000}, "LINNET_DATA is 'ddd"),
        ({"LINNET_LOG_LEVEL": "a\nb"}, "LINNET_LOG_LEVEL is 'a\\nb'; use one of: debug"),
        ({"LINNET_SESSION_MINUTES": "²"}, "LINNET_SESSION_MINUTES is '²'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "soon"}, "LINNET_SESSION_MINUTES is 'soon'; use a whole"),
        ({"LINNET_LOG_LEVEL": "loud"}, "LINNET_LOG_LEVEL is 'loud'; use one of: debug"),
        ({"LINNET_MIN_STATUS": "good"}, "LINNET_MIN_STATUS is 'good'; use one of: machine-draft"),
        ({"LINNET_HIDE_MINUTES": "61"}, "LINNET_HIDE_MINUTES is '61'; use a whole number from 1"),
        ({"LINNET_HIDE_MINUTES": "0"}, "LINNET_HIDE_MINUTES is '0'; use a whole number from 1 to"),
        ({"LINNET_PORT": "65536"}, "LINNET_PORT is '65536'; use a whole number from 1 to 65535"),
        ({"LINNET_PORT": "0"}, "LINNET_PORT is '0'; use a whole number from 1 to 65535"),
        ({"LINNET_PORT": "http"}, "LINNET_PORT is 'http'; use a whole number from 1 to 65535"),
        ({"LINNET_STORE": "redis:x"}, f"LINNET_STORE is 'redis:x'; {STORES}"),
        ({"LINNET_STORE": "sqlite:"}, f"LINNET_STORE is 'sqlite:'; {STORES}"),
        ({"LINNET_STORE": "memory"}, f"LINNET_STORE is 'memory'; {STORES}"),
        ({"LINNET_STORE": "/a.db"}, f"LINNET_STORE is '/a.db'; {STORES}"),
        ({"LINNET_STORE": "s" * 5000}, "LINNET_STORE is 'sss"),
        ({"LINNET_LEAVE_URL": "bbc.co.uk"}, "LINNET_LEAVE_URL is 'bbc.co.uk'; use a web address"),
        ({"LINNET_LEAVE_URL": "javascript:x"}, "LINNET_LEAVE_URL is 'javascript:x'; use a web"),
        (
            {"LINNET_LEAVE_URL": "https:///x"},
            "LINNET_LEAVE_URL is 'https:///x'; use a web address",
        ),
        ({"LINNET_LEAVE_URL": "https://[x/"}, "LINNET_LEAVE_URL is 'https://[x/'; use a web"),
        (
            {"LINNET_TELEGRAM_MODE": "both"},
            "LINNET_TELEGRAM_MODE is 'both'; use one of: polling, webhook",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence(environment, words):
    said = sentence(environment)
    assert said.startswith(words)
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize("minutes", ["1", "30", "999", "1440"])
def test_minutes_are_from_one_to_a_day(minutes):
    assert read(SESSION_MINUTES=minutes).session_minutes == int(minutes)


@pytest.mark.parametrize("minutes", ["1", "3", "60"])
def test_a_card_hides_after_one_to_sixty_minutes(minutes):
    assert read(HIDE_MINUTES=minutes).hide_minutes == int(minutes)


@pytest.mark.parametrize("port", ["1", "8000", "65535"])
def test_a_port_is_one_that_there_is(port):
    assert read(PORT=port).port == int(port)


@pytest.mark.parametrize("store", ["memory:", "sqlite:a.db", "sqlite:/a/b:c.db"])
def test_sessions_are_kept_in_memory_or_in_a_file(store):
    assert read(STORE=store).store == store


# ---- secrets


BAD_SECRETS = [
    ("TELEGRAM_TOKEN", "canary"),
    ("TELEGRAM_TOKEN", "canary:AAF-canary_canary-canary"),
    ("TELEGRAM_TOKEN", "7123456789:canary"),
    ("TELEGRAM_TOKEN", TOKEN + "/canary"),
    ("TELEGRAM_TOKEN", f"bot{TOKEN}"),
    ("TELEGRAM_TOKEN", f"{TOKEN} canary"),
    ("WEBHOOK_SECRET", "canary-too-short"),
    ("WEBHOOK_SECRET", SECRET + " "  "canary"),
    ("WEBHOOK_SECRET", SECRET + "é"),
    ("WEBHOOK_SECRET", "canary_" * 40),
    ("WEBHOOK_URL", "canary"),
    ("WEBHOOK_URL", f"http://linnet.example.org/{PATH}"),
    ("WEBHOOK_URL", f"ftp://linnet.example.org/{PATH}"),
    ("WEBHOOK_URL", f"https:///{PATH}"),
    ("WEBHOOK_URL", f"https://[canary/{PATH}"),
    ("WEBHOOK_URL", "https://linnet.example.org/canary-too-short"),
    ("WEBHOOK_URL", f"https://linnet.example.org/?{PATH}"),
    ("WEBHOOK_URL", f"{HOOK}?canary=1"),
    ("WEBHOOK_URL", f"{HOOK}#canary"),
    ("TELEGRAM_API", f"{OFFICIAL_API}{TOKEN}"),
    ("TELEGRAM_API", "canary/bot"),
    ("TELEGRAM_API", "https:///canary/bot"),
    ("TELEGRAM_API", "https://[canary/bot"),
    ("TELEGRAM_API", "ftp://canary/bot"),
    ("TELEGRAM_API", "https://canary.example.org/bot/"),
    ("TELEGRAM_API", "http://canary.example.org/bot"),
    ("TELEGRAM_API", "http://8.8.4.4/bot"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD_SECRETS)
def test_a_bad_secret_is_refused_by_name_and_never_shown(name, value):
    said = sentence({f"LINNET_{name}": value})
    assert said.startswith(f"LINNET_{name} ")
    assert not re.search("canary|712345|example", said)


@given(st.text("canry-_:/0179. \t", min_size=1).filter(str.strip))
def test_whatever_is_refused_as_a_token_is_refused_in_the_same_words(value):
    refused = "LINNET_TELEGRAM_TOKEN is not as it should be; see docs/running.md"
    assert re.fullmatch(module.TOKEN, value.strip()) or (
        sentence({"LINNET_TELEGRAM_TOKEN": value}) == refused
    )


@pytest.mark.parametrize("secret", ["a" * 32, "-_9Z" * 64])
def test_a_webhook_secret_is_of_32_to_256_letters(secret):
    assert read(WEBHOOK_SECRET=secret).webhook_secret == secret


@pytest.mark.parametrize(
    "url",
    [HOOK, f"https://linnet.example.org:8443/telegram/{PATH}", f"http://127.0.0.1:8000/{PATH}",
     f"http://localhost/{PATH}"],
)  # fmt: skip
def test_updates_are_delivered_in_private_or_on_one_machine(url):
    assert read(WEBHOOK_URL=url).webhook_url == url


@pytest.mark.parametrize(
    "address",
    [OFFICIAL_API, "http://telegram-api:8081/bot", "http://10.1.2.3/bot", "http://[::1]:8081/bot"],
)
def test_the_bot_api_may_be_another_one(address):
    assert read(TELEGRAM_API=address).telegram_api == address


def test_no_secret_shows_when_the_settings_are_printed():
    shown = repr(read(TELEGRAM_TOKEN=TOKEN, WEBHOOK_URL=HOOK, WEBHOOK_SECRET=SECRET))
    assert "polling" in shown
    assert not re.search("canary|712345|example", shown)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "WEBHOOK_URL"),
        ({"LINNET_WEBHOOK_SECRET": SECRET}, "WEBHOOK_URL"),
        ({"LINNET_WEBHOOK_URL": HOOK}, "WEBHOOK_SECRET"),
    ],
    ids=["neither", "no address", "no secret"],
)
def test_a_webhook_needs_its_address_and_its_secret(given, missing):
    said = sentence(WEBHOOK | given)
    assert said == f"LINNET_{missing} is needed where TELEGRAM_MODE is webhook"


def test_polling_needs_neither():
    assert read(TELEGRAM_MODE="polling") == Settings()


# ---- secrets in files


FILED = {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_SECRET": SECRET}
filed = pytest.mark.parametrize("name", FILED)


def of_file(tmp_path, name, data):
    """The environment that names a file with these bytes in it."""
    file = tmp_path / "canary-file"
    file.write_bytes(data)
    return {f"LINNET_{name}_FILE": str(file)}


@filed
@pytest.mark.parametrize("end", ["", "\n", " \r\n"])
def test_a_secret_may_stand_in_a_file(tmp_path, name, end):
    found = read_settings(of_file(tmp_path, name, f"{FILED[name]}{end}".encode()))
    assert getattr(found, name.lower()) == FILED[name]
    assert FILED[name] not in repr(found)


@filed
def test_a_secret_from_a_file_and_a_variable_at_once_is_refused(tmp_path, name):
    both = of_file(tmp_path, name, FILED[name].encode()) | {f"LINNET_{name}": FILED[name]}
    assert sentence(both) == f"LINNET_{name} and LINNET_{name}_FILE are both set; use one"


@filed
@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"canary", b"canary\0", b"\xff\xfecanary", b"7" * 5000, b"7:a b\ncanary"],
    ids=["empty", "blank", "another secret", "nul", "no text", "too long", "two lines"],
)
def test_a_file_with_anything_else_in_it_is_refused_and_never_shown(tmp_path, name, data):
    said = sentence(of_file(tmp_path, name, data))
    assert said.startswith(f"LINNET_{name}")
    assert not re.search("canary|777", said)


@filed
def test_a_file_that_is_not_there_is_refused(tmp_path, name):
    said = sentence({f"LINNET_{name}_FILE": str(tmp_path / "canary")})
    assert said == f"LINNET_{name}_FILE cannot be read: No such file or directory"


def test_a_webhook_takes_its_secret_from_a_file(tmp_path):
    named = WEBHOOK | {"LINNET_WEBHOOK_URL": HOOK}
    found = read_settings(named | of_file(tmp_path, "WEBHOOK_SECRET", SECRET.encode()))
    assert (found.telegram_mode, found.webhook_secret) == ("webhook", SECRET)


# ---- the operator's own port


@pytest.mark.parametrize("given", [{"METRICS_PORT": "8000"}, {"METRICS_PORT": "9", "PORT": "9"}])
def test_metrics_never_share_the_port_of_the_page(given):
    said = sentence({f"LINNET_{name}": value for name, value in given.items()})
    assert said == "LINNET_METRICS_PORT must be another port than PORT"


# ---- documents


def rows(text):
    """The rows of the table of settings, each with its three cells."""
    return [line for line in text.splitlines() if line.startswith("| `LINNET_")]


def test_the_docstring_and_the_document_have_the_same_table():
    assert rows(Path("docs/running.md").read_text(encoding="utf-8")) == rows(module.__doc__ or "")


def test_the_table_and_the_record_name_the_same_settings():
    named = [re.match(r"\| `LINNET_([A-Z_]+)` \|", row)[1] for row in rows(module.__doc__ or "")]
    assert tuple(named) == NAMES
    assert [name.lower() for name in NAMES] == [field.name for field in fields(Settings)]


@pytest.mark.parametrize("field", ["session_minutes", "hide_minutes", "port", "host"])
def test_the_table_says_what_is_used_when_a_setting_is_left_out(field):
    row = next(row for row in rows(module.__doc__ or "") if f"`LINNET_{field.upper()}`" in row)
    assert row.split(" | ")[2].strip(" |`") == str(getattr(Settings(), field))


def test_nobody_is_hurried():
    """A quiet talk waits at least ten minutes before it is wiped."""
    assert Settings().session_minutes >= 10
