"""Frozen cards: they go or give way once the store answers, wherever she has gone on since."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.frozen_cards import AT_ONCE, NUMBER_SECONDS, FrozenCard, FrozenCards
from bot.channels.telegram.painter import FIRST_PAUSE
from tests.channels.telegram.fakes import ANOTHER, HER, data_of, quiet
from tests.channels.telegram.test_shared_painter import Held, Worker, seconds

HELP = "Please try again soon."


@pytest.fixture
def workers(wired):
    """Two over one store; the first takes what she does."""
    claims = Held(wired)
    one, other = Worker(wired, claims, "one"), Worker(wired, claims, "other")
    one.takes()
    return one, other


async def sent(wired, words="hello", chat=HER):
    """She types while the store is away; the card that is sent for it."""
    wired.store.fail("load")
    await wired.text(words, chat)
    card = max(wired.api.cards(chat))
    assert HELP in wired.api.cards(chat)[card].text
    return card


# ---- a message of its own


async def test_it_stays_while_she_does_nothing_and_goes_with_her_next_act(wired, workers):
    _, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    frozen = await sent(wired)
    await seconds(wired, 60, *workers)
    assert list(wired.api.cards()) == [card, frozen]
    other.takes()
    await wired.press("Birmingham", on=card)
    assert "What would you like help with?" in wired.shows().text
    assert list(wired.api.cards()) == [card]


async def test_any_worker_takes_it_away_also_where_the_one_that_sent_it_has_died(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await sent(wired)
    await one.look()
    other.takes()
    await wired.press("Leave and wipe", on=card)
    assert wired.api.chats[HER] == {}


async def test_it_goes_after_as_long_as_a_number_stays(wired, workers):
    _, other = workers
    card = await wired.to_question()
    await sent(wired)
    await seconds(wired, 2, *workers)
    await wired.clock.move(NUMBER_SECONDS)
    await seconds(wired, 2, other)
    assert list(wired.api.cards()) == [card]


async def test_it_goes_where_she_went_on_before_the_store_answered_here(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    await sent(wired)
    other.takes()
    await wired.press("Birmingham", on=card)
    assert len(wired.api.cards()) == 2
    await one.look()
    assert list(wired.api.cards()) == [card]


async def test_it_goes_from_a_chat_that_is_being_emptied(wired, workers):
    one, other = workers
    card = await wired.to_question()
    frozen = await sent(wired)
    other.takes()
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 100)
    await wired.press("Leave and wipe", on=card)
    assert len(wired.api.cards()) == 2
    await one.look()
    assert frozen not in wired.api.cards()


async def test_no_card_comes_into_a_chat_that_she_cleared_herself(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    await sent(wired)
    other.takes()
    await wired.press("Birmingham", on=card)
    wired.api.chats[HER].clear()
    await seconds(wired, 5, one, other)
    assert wired.api.chats[HER] == {}


async def test_help_that_could_not_be_sent_is_not_sent_after_she_left(wired, workers):
    _, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    leave = data_of(wired.shows())["Leave and wipe"]
    wired.store.fail("load")
    wired.api.fail("send", Fault.UNREACHABLE)
    await wired.text("hello")
    other.takes()
    await wired.press_data(leave, card)
    assert wired.api.cards() == {}
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    assert wired.api.cards() == {}


async def test_without_a_talk_it_stays_until_she_begins(wired, workers):
    _, other = workers
    frozen = await sent(wired, "/start")
    await seconds(wired, 5, *workers)
    assert list(wired.api.cards()) == [frozen]
    other.takes()
    await wired.text("/start")
    await seconds(wired, 3, *workers)
    assert ["Which language" in card.text for card in wired.api.cards().values()] == [True]


@pytest.mark.parametrize("fault", [(), (Fault.UNREACHABLE,)])
async def test_without_a_talk_it_does_not_stay_for_ever(wired, fault):
    card = await wired.api.send(HER, (await drawn(wired)))
    cards = FrozenCards(wired.api, wired.turns, seconds=0.0)
    cards.note(FrozenCard(HER, card, "nobody", "", 1, sent=True, since=0.0))
    wired.api.fail("delete", *fault)
    assert await cards.put_right(lambda _: False) == []
    assert (card in wired.api.cards()) is bool(fault)
    calls = len(wired.api.calls)
    assert await cards.put_right(lambda _: False) == []
    assert len(wired.api.calls) == calls


async def drawn(wired):
    await wired.text("/start", ANOTHER)
    return wired.shows(ANOTHER)


# ---- her card was changed into it


async def test_help_that_arrives_after_what_came_of_her_press_gives_way(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    late = wired.api.hold("edit")
    wired.store.fail("load")
    coming = asyncio.create_task(wired.press("Birmingham"))
    await quiet()
    del wired.api._held["edit"]
    update = await coming
    other.takes()
    await wired.deliver(update)
    assert "What would you like help with?" in wired.shows().text
    late.set()
    await quiet()
    assert HELP in wired.shows().text
    await one.look()
    assert "What would you like help with?" in wired.shows().text
    assert list(wired.api.cards()) == [card]


# ---- many, and while things happen


async def test_many_are_looked_after_in_turn(wired, workers):
    one, other = workers
    people = [1000 + number for number in range(AT_ONCE + 5)]
    for person in people:
        card = await wired.to_question(person)
        await sent(wired, chat=person)
        other.takes()
        await wired.press("Birmingham", person, on=card)
        one.takes()
    await seconds(wired, 3, *workers)
    assert [len(wired.api.cards(person)) for person in people] == [1] * len(people)


async def test_what_she_does_while_it_is_looked_for_counts(wired, workers):
    one, _ = workers
    cards = {person: await wired.to_question(person) for person in (HER, ANOTHER)}
    for person in cards:
        await sent(wired, chat=person)
    real = wired.store.load
    waits, answer = asyncio.Event(), asyncio.Event()

    async def load(key):
        waits.set()
        await answer.wait()
        return await real(key)

    wired.store.load = load
    looking = asyncio.create_task(one.tending.tend())
    await waits.wait()
    wired.store.load = real
    for person, card in cards.items():
        await wired.press("Birmingham", person, on=card)
    answer.set()
    await looking
    await quiet()
    assert [list(wired.api.cards(person)) for person in cards] == [
        [each] for each in cards.values()
    ]


async def test_while_the_store_is_away_it_is_asked_once(wired, workers, caplog):
    one, _ = workers
    for person in (HER, ANOTHER):
        await wired.to_question(person)
        await sent(wired, chat=person)
    caplog.clear()
    wired.store.fail("load", 100)
    await one.painter.put_right()
    assert caplog.text.count("turn-failed") == 1
    wired.store._failing.clear()
    await one.look()
    assert len(wired.api.cards()) == 2


async def test_a_store_that_goes_while_it_is_told_is_told_later(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await sent(wired)
    wired.store.fail("save")
    with pytest.raises(Exception, match="a test wants it so"):
        await one.painter.put_right()
    await one.look()
    other.takes()
    await wired.press("Birmingham", on=card)
    assert list(wired.api.cards()) == [card]


async def test_after_midnight_her_talk_is_found_under_the_key_of_the_day_before(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.day += 1
    wired.store.fail("load")
    wired.api.fail("edit", Fault.UNREACHABLE)
    update = await wired.press("Birmingham")
    other.takes()
    await wired.deliver(update)
    shown = wired.shows()
    assert "What would you like help with?" in shown.text
    await seconds(wired, 3, *workers)
    assert wired.shows() == shown
    one.takes()
    wired.store.fail("load")
    await wired.text("hello")
    await seconds(wired, 1, *workers)
    await wired.press("My drinking", on=card)
    assert list(wired.api.cards()) == [card]


async def test_of_very_many_the_first_are_forgotten(wired):
    cards = FrozenCards(wired.api, wired.turns)
    for chat in range(10_001):
        cards.note(FrozenCard(chat, 1, "key", "", 1, sent=True, since=0.0))
    assert (cards.sent_in(9_999), cards.sent_in(10_000)) == (0, 1)
