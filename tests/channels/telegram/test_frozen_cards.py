"""Frozen cards: they go or give way once the store answers, wherever she has gone on since."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.frozen_cards import AT_ONCE, FrozenCard, FrozenCards
from bot.channels.telegram.painter import FIRST_PAUSE
from bot.channels.telegram.shared_painter import NEW_SECONDS
from bot.locales import phrases as say
from tests.channels.telegram.fakes import ANOTHER, HER, HIDE_SECONDS, data_of, quiet
from tests.channels.telegram.several import seconds, unkept

HELP = "Please try again soon."
HIDDEN = say.HIDDEN.text


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
    await seconds(wired, 1, *workers)
    assert "What would you like help with?" in wired.shows().text
    assert list(wired.api.cards()) == [card]


async def test_it_goes_once_she_left_at_another(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await sent(wired)
    await one.look()
    other.takes()
    await wired.press("Leave and wipe", on=card)
    await one.look()
    assert wired.api.chats[HER] == {}


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.WAIT])
async def test_what_could_not_be_deleted_is_deleted_the_next_time(wired, workers, fault):
    one, other = workers
    card = await wired.to_question()
    await sent(wired)
    await one.look()
    other.takes()
    await wired.press("Leave and wipe", on=card)
    wired.api.fail("delete", fault)
    await one.look()
    assert len(wired.api.cards()) == 1
    await one.look()
    assert wired.api.chats[HER] == {}


async def test_it_is_known_as_a_message_of_its_own_after_a_second_try(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.fail("delete", Fault.UNREACHABLE)
    await sent(wired, "my husband hits me")
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    await one.look()
    other.takes()
    await wired.press("Leave and wipe", on=card)
    await one.look()
    assert wired.api.chats[HER] == {}


@pytest.mark.parametrize("on_it", [False, True])
async def test_a_press_that_is_not_kept_either_does_not_make_it_forgotten(wired, workers, on_it):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    data = data_of(wired.shows())["Birmingham"]
    frozen = await sent(wired)
    wired.store.fail("load")
    await wired.press_data(data, frozen if on_it else card)
    await one.look()
    other.takes()
    await wired.press("Leave and wipe", on=card)
    await seconds(wired, 2, *workers)
    assert wired.api.chats[HER] == {}


async def test_it_does_not_go_because_it_is_time_to_hide_her_card(wired, workers):
    one, _ = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    await wired.clock.move(HIDE_SECONDS)
    frozen = await sent(wired)
    await seconds(wired, 3, one)
    assert wired.api.cards()[card].text == HIDDEN
    assert HELP in wired.api.cards()[frozen].text
    await wired.press("Open", on=card)
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


async def test_help_that_could_not_be_sent_for_long_is_not_sent_after_she_left(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    leave = data_of(wired.shows())["Leave and wipe"]
    wired.store.fail("load")
    wired.api.fail("send", Fault.UNREACHABLE)
    await wired.text("hello")
    other.takes()
    await wired.press_data(leave, card)
    assert wired.api.cards() == {}
    one.painter._began[HER] -= NEW_SECONDS
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    assert wired.api.chats[HER] == {}


async def test_who_is_new_is_answered_though_it_could_not_be_sent_at_once(wired, workers):
    wired.store.fail("load")
    wired.api.fail("send", Fault.UNREACHABLE)
    await wired.text("/start")
    assert wired.api.cards() == {}
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    assert [HELP in card.text for card in wired.api.cards().values()] == [True]
    assert list(wired.api.chats[HER]) == list(wired.api.cards())


async def test_help_comes_where_the_store_goes_again_while_it_is_asked(wired, workers):
    one, _ = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.store.fail("load")
    wired.api.fail("send", Fault.UNREACHABLE)
    await wired.text("help me he is here")
    one.claims.away = True
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    assert HELP in wired.shows().text
    one.claims.away = False


async def test_what_she_wrote_goes_though_help_gave_way(wired, workers):
    _, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.store.fail("load")
    wired.api.fail("send", Fault.UNREACHABLE)
    wired.api.fail("delete", Fault.UNREACHABLE)
    await wired.text("my husband hits me")
    other.takes()
    await wired.press("Birmingham", on=card)
    await wired.clock.move(2 * FIRST_PAUSE)
    await quiet()
    assert list(wired.api.chats[HER]) == [card]


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
    cards.note(FrozenCard(HER, "nobody", "", 1, card, since=0.0))
    wired.api.fail("delete", *fault)
    await cards.put_right(lambda _: False, nothing)
    await quiet()
    assert (card in wired.api.cards()) is bool(fault)
    await cards.put_right(lambda _: False, nothing)
    await quiet()
    assert card not in wired.api.cards()
    calls = len(wired.api.calls)
    await cards.put_right(lambda _: False, nothing)
    await quiet()
    assert len(wired.api.calls) == calls


async def test_what_telegram_will_never_delete_is_given_up(wired):
    card = await wired.api.send(HER, await drawn(wired))
    cards = FrozenCards(wired.api, wired.turns, seconds=0.0)
    cards.note(FrozenCard(HER, "nobody", "", 1, card, since=0.0))
    wired.api.stuck.add(card)
    for _ in range(3):
        await cards.put_right(lambda _: False, nothing)
        await quiet()
    assert len(wired.api.made("delete")) == 1


def nothing(*_):
    raise AssertionError("nobody went on")


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


async def test_those_who_are_being_served_take_nobody_elses_turn(wired, workers):
    one, other = workers
    people = [1000 + number for number in range(AT_ONCE + 1)]
    cards = {person: await wired.to_question(person) for person in people}
    for person in people:
        await sent(wired, chat=person)
    other.takes()
    last = people[-1]
    await wired.press("Birmingham", last, on=cards[last])
    shown = []
    await one.painter._frozen.put_right(
        lambda chat: chat != last, lambda _, place: shown.append(place.chat)
    )
    assert shown == [last]


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


async def test_after_midnight_her_talk_is_found_under_the_key_of_the_day_before(wired, workers):
    one, other = workers
    card = await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.day += 1
    update = await unkept(wired, "Birmingham")
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
        cards.note(FrozenCard(chat, "key", "", 1, 1, since=0.0))
    cards.note(FrozenCard(10_000, "key", "", 2, 1, since=0.0))
    assert (cards.sent_in(9_999), cards.sent_in(10_000)) == (0, 1)
