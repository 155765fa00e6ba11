"""The fake fails as it is told to, and counts what the bot did wrong."""

import asyncio
import time

import aiohttp
import pytest

from tests.telegram.fake_rules.given import HER, QUIETLY
from tests.telegram.fakeapi.faults import AFTER, BEFORE, EVERY_KIND, Fault, Faults
from tests.telegram.fakeapi.server import FakeTelegram


# ---- faults
@pytest.mark.parametrize("kind", [*BEFORE, *AFTER])
async def test_every_fault_of_calls_comes_once_and_is_counted(kind, fake, line, her):
    fake.faults.next("sendMessage", Fault(kind, seconds=0.05))
    url, limit = f"{fake.base}{fake.token}/sendMessage", aiohttp.ClientTimeout(total=0.3)
    given = {"chat_id": HER, "text": "x"}
    try:
        async with line.post(url, json=given, timeout=limit) as answer:
            seen = answer.status, (await answer.read())[:12]
    except (aiohttp.ClientError, TimeoutError) as problem:
        seen = type(problem).__name__
    expected = {
        "too_many": (429, b'{"ok":false,'), "server_error": (500, b'{"ok":false,'),
        "bad_gateway": (502, b"<html>\r\n<hea"), "forbidden": (403, b'{"ok":false,'),
        "garbled": (200, b'{"ok":true,"'), "slow": (200, b'{"ok":true,"'),
        "hang_before": "TimeoutError", "hang_after": "TimeoutError",
    }  # fmt: skip
    assert seen == expected.get(kind, seen)
    assert isinstance(seen, str) == kind.startswith(("hang", "reset"))
    assert fake.chats.sends(HER) == (kind in AFTER)
    assert fake.faults.counts == {kind: 1}


async def test_a_garbled_answer_is_no_json(fake, line, her):
    fake.faults.next("getMe", Fault("garbled"))
    async with line.get(f"{fake.base}{fake.token}/getMe") as answer:
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra"):
            await answer.json()


async def test_a_slow_answer_comes_late(fake, call):
    fake.faults.next("getMe", Fault("slow", seconds=0.1))
    began = time.monotonic()
    assert (await call("getMe"))["ok"]
    assert time.monotonic() - began >= 0.1


async def test_flood_control_closes_one_chat_and_only_that_one(fake, call, her):
    await fake.person(2).start()
    fake.faults.next("*", Fault("too_many", retry_after=1, chat=HER))
    assert (await call("sendMessage", chat_id=2, text="x"))["ok"]
    said = await call("sendMessage", chat_id=HER, text="x")
    assert said == {
        "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }  # fmt: skip
    assert (await call("deleteMessage", chat_id=HER, message_id=1))["error_code"] == 429
    assert (await call("sendMessage", chat_id=2, text="x"))["ok"]
    assert fake.faults.impatient == {HER: 1}
    await asyncio.sleep(1.01)
    assert (await call("sendMessage", chat_id=HER, text="x"))["ok"]


async def test_a_fault_can_come_several_times(fake, call):
    fake.faults.next("getMe", Fault("server_error"), times=2)
    answers = [(await call("getMe"))["ok"] for _ in range(3)]
    assert answers == [False, False, True]


async def test_random_faults_come_at_their_rate_and_from_their_seed(line):
    async def run(seed):
        script = Faults(seed, 0.2, ("server_error", "forbidden"), spare=("deleteWebhook",))
        async with FakeTelegram(script=script) as fake:
            statuses = []
            for method in ("getMe", "deleteWebhook") * 100:
                async with line.get(f"{fake.base}{fake.token}/{method}") as answer:
                    statuses.append(answer.status)
            assert set(statuses[1::2]) == {200}
            assert 5 <= fake.faults.counts.total() <= 40
            return statuses

    assert await run(1) == await run(1)
    assert await run(1) != await run(2)


async def test_a_fault_without_a_name_is_a_mistake_of_the_test():
    with pytest.raises(ValueError, match="No fault is called"):
        Fault("boredom")


async def test_a_new_update_comes_twice_when_the_script_says_so(fake, call):
    fake.faults.next("update", Fault("duplicate"))
    await fake.person(HER).start()
    given = (await call("getUpdates"))["result"]
    assert [update["update_id"] for update in given] == [given[0]["update_id"]] * 2
    assert fake.faults.counts == {"duplicate": 1}


async def test_two_updates_change_places_in_a_poll(fake, call):
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("first")
    await fake.person(HER).send("second")
    given = (await call("getUpdates"))["result"]
    assert [update["message"]["text"] for update in given] == ["second", "first"]


async def test_two_updates_of_one_person_change_places_at_a_webhook(fake, call, house):
    await call("setWebhook", url=house.url)
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("first")
    await fake.person(HER).send("second")
    await fake.settled(1)
    assert house.taken[0][0] == house.taken[1][0] + 1


async def test_a_single_update_has_nothing_to_change_places_with(fake, call, house):
    await call("setWebhook", url=house.url)
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("only")
    await fake.settled(1)
    assert len(house.taken) == 1


async def test_a_call_that_a_fault_took_away_is_kept_with_status_0(fake, line):
    fake.faults.next("getMe", Fault("reset_before"))
    with pytest.raises(aiohttp.ClientError):
        await line.post(f"{fake.base}{fake.token}/getMe")
    assert [(one.method, one.status) for one in fake.calls] == [("getMe", 0)]


async def test_updates_are_doubled_at_random(fake):
    script = Faults(3, 0.5, EVERY_KIND[-2:-1])
    async with FakeTelegram(script=script) as other:
        for _ in range(40):
            await other.person(HER).send("x")
        assert 10 <= other.faults.counts["duplicate"] <= 30


# ---- the oracle
async def test_every_text_that_ever_stood_there_is_remembered(fake, call, her, card):
    await call("editMessageText", chat_id=HER, message_id=card, text="Two", **QUIETLY)
    await call("deleteMessages", chat_id=HER, message_ids=[card])
    assert fake.chats.every_text(HER) == ["Hello", "Two"]
    assert fake.chats.every_id(HER) == [1, card]
    assert fake.chats.bot_messages(HER) == []
    assert fake.chats.silent_all()
    assert fake.chats.violations == []


@pytest.mark.parametrize(
    ("method", "params", "rule"),
    [
        ("sendMessage", {"disable_notification": False}, "sound"),
        ("sendMessage", {"link_preview_options": {"is_disabled": False}}, "link previews not disabled"),
        ("sendMessage", {"parse_mode": "HTML"}, "parse_mode"),
        ("editMessageText", {"parse_mode": "HTML", "message_id": 2}, "parse_mode"),
        ("editMessageText", {"link_preview_options": None, "message_id": 2}, "link previews not disabled"),
        ("getChat", {}, "method not allowed"),
        ("close", {}, "method not allowed"),
        ("sendPhoto", {}, "method not allowed"),
    ],
)  # fmt: skip
async def test_a_broken_promise_is_noted(method, params, rule, fake, call, card):
    await call(method, **({"chat_id": HER, "text": "x"} | QUIETLY | params))
    assert fake.chats.violations == [(rule, method, HER)]


async def test_a_message_that_nobody_asked_for_is_noted(fake, call, her):
    fake.chats.quiet(HER, 31)
    await call("sendMessage", chat_id=HER, text="x", **QUIETLY)
    assert fake.chats.violations == [("unprompted", "sendMessage", HER)]


async def test_the_old_word_for_no_previews_counts_too(fake, call, her):
    quietly = {"disable_notification": True, "disable_web_page_preview": True}
    await call("sendMessage", chat_id=HER, text="x", **quietly)
    assert fake.chats.violations == []


async def test_it_is_quick_enough_to_measure_with(fake, call, her, card):
    presses = 300
    for number in range(presses):
        query = await her.press_data(card, "y")
        await call("answerCallbackQuery", callback_query_id=query)
        await call("editMessageText", chat_id=HER, message_id=card, text=f"x{number}", **QUIETLY)
    assert her.card.edits == presses
    assert len(fake.calls) == 2 * presses + 1
