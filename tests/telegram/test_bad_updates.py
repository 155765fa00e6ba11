"""Updates that are forged, malformed, repeated or from elsewhere (faults 5, 34 and 36)."""

import logging

import aiohttp
import pytest

from tests.telegram.rig import ID, asks, press
from tests.telegram.running import Served, eventually


async def test_fault_5_a_webhook_confirms_an_update_each_time_and_applies_it_once(fake, tmp_path):
    async with Served(fake, tmp_path, mode="webhook") as served:
        assert await eventually(lambda: fake.webhook, 60)
        person = fake.person(ID)
        await person.start("l-en")
        assert await eventually(lambda: person.card)
        await person.press(person.card.id, "Next question")
        (update,) = fake.unconfirmed
        fake.deliver_again(update["update_id"], times=20)
        await fake.settled()  # a repeat counts as delivered only after a 200
        assert fake.webhook.failed is None
        assert await eventually(lambda: asks(person, "Where should we look?"))
        assert served.events("update-failed") == 0


async def test_fault_34_whoever_does_not_know_the_secret_gets_403_and_no_line(fake, tmp_path):
    async with Served(fake, tmp_path, mode="webhook") as served:
        assert await eventually(lambda: fake.webhook)
        before = served.log()
        async with aiohttp.ClientSession() as session:
            for secret in ("", "wrong", served.environment["LINNET_WEBHOOK_SECRET"][:-1]):
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                async with session.post(fake.webhook.url, headers=headers, data=b"{}") as answer:
                    assert (answer.status, await answer.read()) == (403, b"")
        assert served.log() == before


async def test_fault_36_what_is_malformed_or_unknown_is_passed_over(fake, rig, talk, caplog):
    caplog.set_level(logging.DEBUG, "linnet")
    for update in (
        {"callback_query": {"id": 5}},
        {"message": {"message_id": "x", "chat": None}},
        {"callback_query": {"id": "1", "from": {"id": ID}, "message": {"chat": {"id": "no"}}}},
        {"something_new": {"from": {"id": ID, "first_name": "Canary"}}},
    ):
        fake.deliver(update)
    await press(rig, talk, "Yes")
    assert asks(talk, "Where should we look?")
    assert {line.getMessage() for line in caplog.records if line.name == "linnet"} == {
        "update-ignored"
    }


@pytest.mark.parametrize(
    "kind", ["group_message", "group_press", "channel_post", "inline_query", "business_message",
             "guest_message", "unknown", "added_to_group"],
)  # fmt: skip
async def test_threat_09_whatever_is_not_a_private_chat_is_answered_by_silence(fake, rig, kind):
    fake.deliver(fake.group_update(kind))
    await rig.settle()
    said = {call.method for call in fake.calls} - {
        "getUpdates",
        "leaveChat",
        "answerCallbackQuery",
    }
    assert said == set()
