"""The fake hands out updates as the real server does."""

import asyncio
import time

import pytest

from tests.telegram.fake_rules.given import HER


async def test_updates_stay_until_a_higher_offset_confirms_them(fake, call, her):
    await her.send("two")
    first, second = (await call("getUpdates"))["result"]
    assert (await call("getUpdates"))["result"] == [first, second]
    assert (await call("getUpdates", offset=second["update_id"]))["result"] == [second]
    assert fake.unconfirmed == [second]
    await call("getUpdates", offset=second["update_id"] + 1)
    await fake.settled(0.1)


async def test_settled_complains_when_something_is_left(fake, her):
    with pytest.raises(TimeoutError):
        await fake.settled(0.01)


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 2), (0, 3), (1000, 3)])
async def test_a_limit_is_kept_within_its_bounds(limit, given, call, her):
    await her.send("two")
    await her.send("three")
    assert len((await call("getUpdates", limit=limit))["result"]) == given


async def test_a_negative_offset_gives_the_last_and_forgets_the_rest(fake, call, her):
    await her.send("two")
    (last,) = (await call("getUpdates", offset=-1))["result"]
    assert last["message"]["text"] == "two"
    assert fake.unconfirmed == [last]


async def test_a_waiting_poll_is_woken_by_news(fake, call):
    waiting = asyncio.create_task(call("getUpdates", timeout=1))
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await fake.person(HER).send("News")
    assert (await waiting)["result"][0]["message"]["text"] == "News"
    assert time.monotonic() - began < 0.9


async def test_a_poll_without_news_ends_with_nothing(call):
    assert (await call("getUpdates", timeout=1))["result"] == []


async def test_a_poll_ends_at_the_cap_for_quick_tests(fake, call):
    fake._poll_cap = 0
    assert (await call("getUpdates", timeout=50))["result"] == []


async def test_only_the_kinds_that_were_asked_for_come_and_that_is_remembered(fake, call):
    await call("getUpdates", allowed_updates=["callback_query"])
    await fake.person(HER).start()
    await fake.person(HER).press_data(1, "y")
    (update,) = (await call("getUpdates"))["result"]
    assert "callback_query" in update
    await call("getUpdates", allowed_updates=[])
    await fake.person(HER).start()
    assert len(fake.unconfirmed) == 2


async def test_an_update_of_any_shape_is_queued_as_it_is(fake, call):
    for update in (
        {},
        {"message": None},
        {"callback_query": {"id": 3}},
        {"update_id": 1, "x": []},
    ):
        fake.deliver(update)
    given = (await call("getUpdates"))["result"]
    assert [sorted(update)[-1] for update in given] == [
        "update_id", "update_id", "update_id", "x",
    ]  # fmt: skip
    assert len({update["update_id"] for update in given}) == 4


async def test_an_update_comes_again_under_its_old_id(fake, call, her):
    (first,) = (await call("getUpdates"))["result"]
    assert (await call("getUpdates", offset=first["update_id"] + 1))["result"] == []
    fake.deliver_again(first["update_id"], times=2)
    assert (await call("getUpdates", offset=first["update_id"] + 1))["result"] == [first, first]
    await call("getUpdates", offset=first["update_id"] + 1)
    await fake.settled(0.1)
