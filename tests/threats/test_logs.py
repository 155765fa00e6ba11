"""Logs: neither the token nor a word of hers is written, at any level, whatever goes wrong."""

import io
import logging
import re
import subprocess
import sys
from contextlib import suppress

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.faults import TelegramFault
from bot.channels.telegram.webhook import Webhook
from bot.events import EVENTS, EventFormatter
from tests.ports import free_port
from tests.telegram.fakeapi.faults import Fault
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import Clock, life
from tests.telegram.running import ROOT

HER = 7_654_321_098_7
CANARIES = ("Canaryfirst", "canaryuser", "zq9canary", str(HER), "walsall")
LEVELS = (
    logging.NOTSET,
    logging.DEBUG,
    logging.INFO,
    logging.WARNING,
    logging.ERROR,
    logging.CRITICAL,
)
LINE = re.compile(r"[\d\- :,]+ [A-Z]+ ([a-z-]+)( (?:\?|[A-Za-z_]+|-?[0-9.]+(?:e-[0-9]+)?))*")
MALFORMED = (
    {"callback_query": {"id": 5, "from": {"id": HER, "first_name": "Canaryfirst"}}},
    {"message": {"text": "zq9canary", "chat": {"id": HER}}},
    {"message": {"text": ["zq9canary"], "chat": {"id": HER, "type": "private"}, "from": {"id": HER}}},
    {"message": "zq9canary"},
    {"telepathy": {"from": {"id": HER, "username": "canaryuser"}, "thought": "zq9canary"}},
)  # fmt: skip
FAULTS = ("garbled", "bad_gateway", "server_error", "reset_before", "reset_after", "too_many")


@pytest.fixture
def written(request):
    """What the program's own formatter writes of every library, each of them at this level."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(EventFormatter())
    names = [*logging.root.manager.loggerDict, ""]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(max(request.param, 1))
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def told(text, *secrets):
    """What must not stand in these lines, and lines that are no event."""
    found = [word for word in (*CANARIES, *secrets) if word.casefold() in text.casefold()]
    return found + [line for line in text.splitlines() if not is_event(line)]


def is_event(line):
    found = LINE.fullmatch(line)
    return bool(found) and found[1] in {*EVENTS, "other-library"}


@pytest.mark.parametrize("written", LEVELS, indirect=True, ids=logging.getLevelName)
async def test_threat_10_no_level_of_any_library_writes_the_token_or_her_words(
    world, moment, tmp_path, written
):
    async with FakeTelegram() as fake, life(fake, world, tmp_path, Clock(moment)) as rig:
        person = fake.person(HER, first_name="Canaryfirst", username="canaryuser")
        await person.start("l-en_c-walsall")
        await rig.settle()
        for update in MALFORMED:
            fake.deliver(update)
        for kind in FAULTS:
            fake.faults.next("getUpdates", Fault(kind, retry_after=0))
            with suppress(TelegramFault):
                await rig.api.updates(rig.polling.confirmed, 0)
            for method in ("editMessageText", "sendMessage", "deleteMessages"):
                fake.faults.next(method, Fault(kind, retry_after=0))
            await person.send("zq9canary is hitting me")
            await person.start("l-en_c-walsall")
            await rig.settle()
        assert all(fake.faults.counts[kind] >= 2 for kind in FAULTS)
        assert told(written.getvalue(), fake.token, fake.token.partition(":")[2]) == []


@pytest.mark.parametrize("written", [logging.NOTSET], indirect=True)
async def test_threat_10_a_dead_api_and_a_malformed_webhook_write_no_secret(written):
    api = BotApi(
        "7123456789:AAzq9canary-secret-secret-secret-se", f"http://127.0.0.1:{free_port()}/bot"
    )
    with pytest.raises(TelegramFault):
        await api.me()
    await api.aclose()
    hook = Webhook(None, "zq9canary-secret-of-the-webhook-zq9")

    async def body(data):
        yield data

    for secret, data in (
        (b"zq9canary", b"{}"),
        (b"zq9canary-secret-of-the-webhook-zq9", b'{"zq9canary'),
    ):
        await hook.take(secret, body(data))
    text = written.getvalue()
    assert "update-malformed" in text
    assert told(text, "AAzq9canary") == []


SECRET = "7123456789:AAzq9canary_zq9canary_zq9canary_zq9c"  # noqa: S105


@pytest.mark.parametrize(
    "wrong",
    [
        {"LINNET_TELEGRAM_TOKEN": SECRET + "!"},
        {"LINNET_TELEGRAM_TOKEN": SECRET, "LINNET_TELEGRAM_API": f"http://example.org/{SECRET}/bot"},
        {"LINNET_TELEGRAM_TOKEN": SECRET, "LINNET_TELEGRAM_MODE": "webhook",
         "LINNET_WEBHOOK_URL": f"https://example.org/?{SECRET}", "LINNET_WEBHOOK_SECRET": "zq9canary"},
        {"LINNET_TELEGRAM_TOKEN": SECRET, "LINNET_PORT": SECRET[-5:]},
    ],
)  # fmt: skip
def test_threat_10_a_start_that_fails_shows_no_token(tmp_path, wrong):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=60, env={"RUNTIME_DIRECTORY": str(tmp_path), "PATH": "", **wrong},
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert SECRET.partition(":")[2] not in done.stderr + done.stdout
