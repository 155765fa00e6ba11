"""The fake delivers updates as the real server does."""

import asyncio
import itertools
import time

import pytest
from aiohttp import web

from tests.telegram.fake_rules.given import HER, SECRET
from tests.telegram.fakeapi import rules


async def test_updates_go_to_the_webhook_with_its_secret(fake, call, house, her):
    said = await call("setWebhook", url=house.url, secret_token=SECRET)
    assert said == {"ok": True, "result": True, "description": "Webhook was set"}
    await her.send("two")
    await fake.settled(1)
    assert len(house.taken) == 2
    assert set(house.secrets) == {SECRET}
    assert (fake.webhook.url, fake.webhook.secret) == (house.url, SECRET)


async def test_without_a_secret_there_is_no_header(fake, call, house, her):
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert house.secrets == [None]


async def test_one_request_is_in_flight_for_each_kind_and_person(fake, call, house, her):
    house.wait = 0.02
    await call("setWebhook", url=house.url)
    for _ in range(4):
        await her.send("text")
    await fake.settled(2)
    assert house.most == 1
    assert [id for id, *_ in house.taken] == sorted(id for id, *_ in house.taken)


async def test_a_message_and_a_press_of_one_person_may_arrive_at_once(fake, call, house, her):
    house.wait = 0.1
    await call("setWebhook", url=house.url)
    await her.press_data(1, "y")
    await fake.settled(1)
    assert house.most == 2


@pytest.mark.parametrize(("connections", "most"), [(2, 2), (100, 6)])
async def test_no_more_connections_are_used_than_allowed(connections, most, fake, call, house):
    house.wait = 0.1
    await call("setWebhook", url=house.url, max_connections=connections)
    for id in range(1, 7):
        await fake.person(id).start()
    await fake.settled(2)
    assert house.most == most


async def test_after_a_failure_the_same_update_comes_again_before_the_next(fake, call, house, her):
    answers = iter([500, 503, 403, 200, 200])
    house.say = lambda update: web.Response(status=next(answers))
    await call("setWebhook", url=house.url)
    await her.send("two")
    await fake.settled(2)
    ids = [id for id, *_ in house.taken]
    assert ids == [ids[0]] * 4 + [ids[0] + 1]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_failures_are_repeated_at_once_and_then_ever_slower(fake, call, house, her):
    fake.delivery.pace = 0.05
    times = []
    house.say = lambda _: (
        times.append(time.monotonic()) or web.Response(status=200 if len(times) == 4 else 500)
    )
    await call("setWebhook", url=house.url)
    await fake.settled(2)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps[0] < 0.1 <= gaps[1]
    assert gaps[2] >= 0.2


async def test_the_house_may_say_when_to_come_again(fake, call, house, her):
    answers = iter([web.Response(status=503, headers={"Retry-After": "20"}), web.Response()])
    house.say = lambda _: next(answers)
    await call("setWebhook", url=house.url)
    began = time.monotonic()
    await fake.settled(2)
    assert time.monotonic() - began >= 0.2


async def test_a_house_that_is_down_gets_its_updates_later(fake, call, house, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await asyncio.sleep(0.05)
    assert len(fake.unconfirmed) == 1
    await call("setWebhook", url=house.url)
    await fake.settled(2)
    assert len(house.taken) == 1


async def test_the_answer_to_a_webhook_may_carry_a_call(fake, call, house, her):
    answer = {"method": "sendMessage", "chat_id": HER, "text": "By the way"}
    house.say = lambda _: web.json_response(answer)
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert her.card.text == "By the way"


@pytest.mark.parametrize("body", ["{", "[]", '{"method": 3}', '{"ok": true}'])
async def test_another_answer_to_a_webhook_does_nothing(body, fake, call, house, her):
    house.say = lambda _: web.Response(text=body)
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert her.card is None


async def test_while_a_webhook_is_set_polling_is_refused(call, house):
    await call("setWebhook", url=house.url)
    said = await call("getUpdates")
    assert said["error_code"] == 409
    assert said["description"] == rules.WEBHOOK_IS_ACTIVE


async def test_setting_a_webhook_ends_a_poll(fake, call, house):
    waiting = asyncio.create_task(call("getUpdates", timeout=1))
    await asyncio.sleep(0.05)
    await call("setWebhook", url=house.url)
    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"


async def test_an_empty_address_takes_the_webhook_away(fake, call, house):
    await call("setWebhook", url=house.url)
    assert (await call("setWebhook", url=house.url))["description"] == "Webhook is already set"
    assert (await call("setWebhook", url=""))["description"] == "Webhook was deleted"
    assert fake.webhook is None


async def test_what_is_dropped_while_the_house_is_down_does_not_come_later(fake, call, house, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await asyncio.sleep(0.02)
    await call("setWebhook", url=house.url, drop_pending_updates=True)
    await her.send("two")
    await fake.settled(1)
    assert len(house.taken) == 1


async def test_what_waits_when_a_webhook_goes_is_polled(fake, call, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    said = await call("deleteWebhook")
    assert said["description"] == "Webhook was deleted"
    assert len((await call("getUpdates"))["result"]) == 1
    assert (await call("deleteWebhook"))["description"] == "Webhook is already deleted"


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_waiting_updates_can_be_dropped(method, fake, call, house, her):
    await call(method, url=house.url, drop_pending_updates=True)
    await fake.settled(1)
    assert house.taken == []
    assert (await call("getWebhookInfo"))["result"]["pending_update_count"] == 0
    assert fake.account.updates.dropped == 1


async def test_the_library_reads_what_is_known_of_the_webhook(fake, bot, house, her):
    house.say = lambda _: web.Response(status=500)
    await bot.set_webhook(house.url, max_connections=7, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (house.url, 7, 1)
    assert info.allowed_updates == ("message",)
    assert (await bot.set_webhook(house.url)) is True


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "http://example.org/hook"}, f"Bad Request: {rules.HTTPS_ONLY}"),
        ({"url": "https://a.org", "secret_token": "a b"}, "Bad Request: secret token contains unallowed characters"),
        ({"url": "https://a.org", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        ({"url": "https://a.org", "allowed_updates": "x"}, "Bad Request: can't parse allowed updates JSON array"),
        ({"url": "https://a.org", "allowed_updates": 3}, "Bad Request: expected an Array of String as allowed updates"),
    ],
)  # fmt: skip
async def test_a_bad_webhook_is_refused(params, refusal, fake, call):
    assert (await call("setWebhook", **params))["description"] == refusal
    assert fake.webhook is None


async def test_a_duplicate_comes_to_the_webhook_too(fake, call, house, her):
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    fake.deliver_again(house.taken[0][0], times=3)
    await fake.settled(1)
    assert len(house.taken) == 4
    assert len({id for id, *_ in house.taken}) == 1
