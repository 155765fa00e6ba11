"""The webhook: who forges an update is not heard, and who replays one changes nothing."""

import json
import secrets
from http import HTTPStatus

import aiohttp
import pytest

from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import card_of
from tests.telegram.running import Served, eventually

HER = 7_123_456_780
HEADER = "X-Telegram-Bot-Api-Secret-Token"
REPLAYS = 20


def start(update, message, text="/start l-en"):
    """An update as Telegram would make it, of a woman who opens the chat."""
    person = {"id": HER, "is_bot": False, "first_name": "Canary"}
    chat = {"id": HER, "type": "private", "first_name": "Canary"}
    body = {"message_id": message, "from": person, "chat": chat, "date": 1, "text": text}
    return json.dumps({"update_id": update, "message": body})


def forgeries(url, secret):
    """What somebody may send who knows nothing, the path alone, or nearly the secret."""
    host = url.rpartition("/")[0]
    yield from ((url, {}), (url, {HEADER: ""}), (url, {HEADER: "wrong"}))
    yield from ((url, {HEADER: secret[:-1]}), (url, {HEADER: secret + "x"}))
    yield from ((url, {HEADER: secret.swapcase()}), (url, {HEADER: secret[::-1]}))
    yield url, {"X-Telegram-Bot-Api-Secret": secret}
    yield f"{url}?secret_token={secret}", {}
    yield f"{host}/{secrets.token_urlsafe(24)}", {HEADER: secret}
    yield f"{host}/", {HEADER: secret}
    yield f"{url}/", {HEADER: secret}
    yield url[:-1], {HEADER: secret}


@pytest.fixture
async def post():
    async with aiohttp.ClientSession() as session:

        async def posting(url, body, headers):
            async with session.post(url, data=body, headers=headers) as answer:
                return answer.status, await answer.read()

        yield posting


async def test_threat_11_forged_updates_are_refused_and_a_replayed_one_counts_once(tmp_path, post):
    async with FakeTelegram() as fake, Served(fake, tmp_path, "webhook") as served:
        assert await eventually(lambda: fake.webhook, 20)
        url, secret = fake.webhook.url, served.environment["LINNET_WEBHOOK_SECRET"]
        person = fake.person(HER)
        before = served.log()
        for address, headers in forgeries(url, secret):
            status, said = await post(address, start(900_000, 900_000), headers)
            assert status in {403, 404, 405, 415}, (address, headers)
            assert said == b""
        assert served.log() == before
        assert fake.chats.sends(HER) == 0
        await person.start("l-en")
        assert await eventually(lambda: person.card, 20)
        await person.press(card_of(person).id, card_of(person).labels[0])
        assert await eventually(lambda: "Where should we look?" in card_of(person).text, 20)
        stood = (card_of(person).text, card_of(person).edits)
        # Somebody has recorded both and sends them again, with the true secret.
        recorded = list(fake.account.updates.known.values())
        assert len(recorded) == 2
        for update in recorded * REPLAYS:
            status, _ = await post(url, json.dumps(update), {HEADER: secret})
            assert status == HTTPStatus.OK
        assert (card_of(person).text, card_of(person).edits) == stood
        assert fake.chats.sends(HER) == 1
