"""The painter: one card a chat, whatever Telegram and the store do in between."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    NUMBER_SECONDS,
    REVOKED_PAUSE,
    UNTIL_EXPIRY,
    Painter,
    Target,
)
from bot.channels.telegram.place import Place
from bot.conversation.messages import Card, Control, Paragraph, Taken
from bot.locales import phrases as say
from bot.sessions.model import pack, unpack
from tests.channels.telegram.fakes import (
    ANOTHER,
    HER,
    HIDE_SECONDS,
    Wired,
    data_of,
    message,
    quiet,
)

EMPTIED, CLOSED, HIDDEN = say.PLAIN_BYE.text, say.CLOSED.text, say.HIDDEN.text


def methods(wired, chat=HER):
    return [call.method for call in wired.api.made(chat=chat)]


# ---- the usual way


async def test_a_talk_sends_one_message_and_edits_it_from_then_on(wired):
    await wired.to_services()
    assert methods(wired).count("send") == 1
    assert methods(wired).count("edit") == 5
    assert len(wired.api.cards()) == 1


async def test_the_start_of_hers_is_deleted_once_the_card_stands(wired):
    start = await wired.text("/start")
    assert methods(wired) == ["send", "delete"]
    assert wired.api.made("delete")[0].messages == (start,)


async def test_the_store_knows_the_card_once_it_was_sent(wired):
    await wired.text("/start")
    assert (await wired.place()).card in wired.api.cards()


async def test_only_the_newest_card_of_a_chat_is_painted(wired):
    await wired.to_question()
    edits = len(wired.api.made("edit"))
    gate = wired.api.hold("edit")
    for label in ("Next question", "Next question", "Next question"):
        await wired.press(label)
    gate.set()
    await quiet()
    assert len(wired.api.made("edit")) <= edits + 2
    assert wired.shows() == wired.api.made("edit")[-1].drawn


async def test_a_page_is_turned_on_the_card_it_belongs_to(wired):
    await wired.to_services()
    await wired.press("Page 2/3")
    assert wired.shows().page == 1
    await wired.press("Answer a few more questions")
    assert wired.shows().page == 0


async def test_different_chats_are_painted_side_by_side(wired):
    gate = wired.api.hold("send")
    await wired.text("/start", HER)
    await wired.text("/start", ANOTHER)
    assert [len(wired.api.made("send", chat=chat)) for chat in (HER, ANOTHER)] == [1, 1]
    gate.set()
    await quiet()


# ---- chats that have to wait


async def test_fault_29_a_chat_that_has_to_wait_is_asked_once_and_keeps_nobody_else_waiting(wired):
    wired.api.fail("send", Fault.WAIT, seconds=7, chat=HER)
    await wired.text("/start", HER)
    await wired.text("/start", ANOTHER)
    assert wired.api.cards(HER) == {}
    assert len(wired.api.cards(ANOTHER)) == 1
    await wired.clock.move(6.9)
    assert wired.api.cards(HER) == {}
    assert len(wired.api.made("send", chat=HER)) == 1
    await wired.clock.move(0.2)
    assert len(wired.api.cards(HER)) == 1


async def test_what_she_did_while_the_chat_had_to_wait_is_painted_in_one_go(wired):
    card = await wired.to_question()
    wired.api.fail("edit", Fault.WAIT, seconds=7)
    await wired.press("Birmingham")
    await wired.press_data(wired.shows().keyboard[-1][0]["callback_data"], card)  # Hide
    edits = len(wired.api.made("edit"))
    await wired.clock.move(7)
    assert len(wired.api.made("edit")) == edits + 1
    assert wired.shows().text == HIDDEN


async def test_fault_30_tries_come_less_and_less_often(wired):
    await wired.text("/start")
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 7)
    await wired.press("English")
    for _ in range(8):
        await wired.clock.move(LONGEST_PAUSE)
    assert wired.clock.slept == [FIRST_PAUSE, 0.4, 0.8, 1.6, 3.2, LONGEST_PAUSE, LONGEST_PAUSE]
    assert "Hello" in wired.shows().text


async def test_tries_are_spread_by_a_quarter_at_the_most(wired):
    wired.painter = Painter(wired.api, wired.turns, wired.clock.sleep, lambda: 1.0, HIDE_SECONDS)
    wired.intake._painter = wired.painter
    wired.api.fail("send", Fault.WAIT, seconds=8)
    await wired.text("/start")
    assert wired.clock.slept == [10]


async def test_a_token_that_does_not_work_is_tried_again_half_a_minute_later(wired):
    wired.api.fail("send", Fault.REVOKED)
    await wired.text("/start")
    assert wired.clock.slept == [REVOKED_PAUSE]
    await wired.clock.move(REVOKED_PAUSE)
    assert len(wired.api.cards()) == 1


# ---- what she did to the chat


async def test_who_blocked_the_bot_is_forgotten_at_once(wired):
    await wired.text("/start")
    wired.api.fail("edit", Fault.BLOCKED)
    await wired.press("English")
    assert await wired.kept() is None
    assert wired.clock.slept == []


async def test_who_blocked_the_bot_is_forgotten_later_when_the_store_is_away(wired):
    await wired.text("/start")
    wired.api.fail("edit", Fault.BLOCKED, Fault.BLOCKED)
    wired.store.fail("delete")
    await wired.press("English")
    assert await wired.kept() is not None
    await wired.clock.move(3)
    await wired.tending.tend()
    await quiet()
    assert await wired.kept() is None


async def test_a_card_she_deleted_does_not_come_back_by_a_press(wired):
    card = await wired.to_question()
    data = wired.shows().keyboard[0][0]["callback_data"]
    del wired.api.chats[HER][card]
    await wired.press_data(data, card)
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_a_card_she_deleted_comes_back_once_when_she_writes(wired):
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    await wired.text("Birmingham")
    assert len(wired.api.cards()) == 1
    assert (await wired.place()).card == max(wired.api.cards()) > card


async def test_a_chat_she_cleared_gets_a_new_card_by_a_start(wired):
    await wired.to_question()
    wired.api.chats[HER].clear()
    await wired.text("/start")
    assert len(wired.api.cards()) == 1


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CONFLICT])
async def test_a_card_that_telegram_will_never_take_is_not_tried_again(wired, fault):
    await wired.text("/start")
    wired.api.fail("edit", fault)
    await wired.press("English")
    assert wired.clock.slept == []
    await wired.tending.tend()
    await wired.clock.move(5)
    await wired.tending.tend()
    await quiet()
    assert len(wired.api.made("edit")) == 1


# ---- what the store is told


async def test_a_card_that_stands_is_painted(wired):
    await wired.text("/start")
    await wired.press("English")
    assert await wired.painted()


async def test_a_card_that_does_not_stand_yet_is_not_painted(wired):
    await wired.text("/start")
    gate = wired.api.hold("edit")
    await wired.press("English")
    assert not await wired.painted()
    gate.set()
    await quiet()
    assert await wired.painted()


async def test_a_turn_in_between_is_never_painted_by_the_card_before(wired):
    gate = wired.api.hold("send")
    await wired.text("/start")
    await wired.text("1")  # taken while the first card is on its way
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 9)
    gate.set()
    await quiet()
    assert "Which language" in wired.shows().text
    assert not await wired.painted()


async def test_a_store_that_is_away_is_told_later(wired):
    gate = wired.api.hold("send")
    await wired.text("/start")
    wired.store.fail("load")
    gate.set()
    await quiet()
    assert wired.clock.slept == [FIRST_PAUSE]
    await wired.clock.move(1)
    assert len(wired.api.cards()) == 1
    assert (await wired.place()).card == max(wired.api.cards())


async def test_a_session_without_a_place_is_not_given_one(wired):
    """It is not this channel's any more: its card stands somewhere else."""
    await wired.text("/start")
    key = wired.keys(str(HER))[0]
    stored = await wired.store.load(key)
    placeless = unpack(stored.data)._replace(place="")
    gate = wired.api.hold("edit")
    await wired.text("xyzzy")
    await wired.store.delete(key)
    await wired.store.save(key, pack(placeless), 0)
    gate.set()
    await quiet()
    assert (await wired.kept()).place == ""


async def stays(wired):
    """Seconds after which the card is looked after again, as the painter tells it."""
    ((_, _, seconds),) = wired.painter.settled()
    return seconds


async def test_a_card_without_numbers_stays_for_the_minutes_of_the_setting(wired):
    await wired.to_question()
    assert await stays(wired) == HIDE_SECONDS


async def test_a_card_with_a_number_stays_until_she_has_rung(wired):
    await wired.to_services()
    assert await stays(wired) == NUMBER_SECONDS


async def test_sentences_stay_until_she_has_said_them(wired):
    await wired.to_services()
    await wired.press("What now")
    assert await stays(wired) == HIDE_SECONDS
    await wired.press("Practise the first call")
    assert await stays(wired) == NUMBER_SECONDS


async def test_an_urgent_card_stays_as_long(wired):
    await wired.to_question()
    await wired.press("Urgent help")
    assert await stays(wired) == NUMBER_SECONDS


@pytest.mark.parametrize("label", ["Hide", "Someone is here"])
async def test_a_card_that_says_nothing_stays_until_the_talk_is_over(wired, label):
    await wired.to_question()
    await wired.press(label)
    assert await stays(wired) == UNTIL_EXPIRY


async def test_what_was_told_is_not_told_twice(wired):
    await wired.text("/start")
    assert wired.painter.settled()
    assert wired.painter.settled() == []


# ---- whatever happens


texts = st.sampled_from(
    ["/start", "leave", "Birmingham", "xyzzy", "help", "/language", "1", "back"]
)
unreachable, waits = st.just(Fault.UNREACHABLE), st.just(Fault.WAIT)
happenings = st.one_of(
    st.tuples(st.just("types"), texts),
    st.tuples(st.just("types at once"), texts, texts),
    st.tuples(st.just("presses"), st.integers(0, 20), st.integers(0, 2)),
    st.tuples(st.just("presses again"), st.integers(0, 20)),
    st.tuples(st.just("sends a picture")),
    st.tuples(st.just("deletes the card")),
    st.tuples(st.just("loses the answer"), st.just("send"), unreachable, st.just(True)),
    st.tuples(
        st.just("fails"),
        st.sampled_from(["send", "edit", "delete"]),
        unreachable | waits,
        st.booleans(),
    ),
    st.tuples(st.just("waits"), st.sampled_from([0.2, 1, 3, 200, 2000])),
    st.tuples(st.just("crashes")),
)


class Story:
    """A story of one chat, told step by step."""

    def __init__(self, wired):
        self.wired, self.pressed = wired, []

    async def tell(self, what, *rest):
        wired, cards = self.wired, self.wired.api.cards()
        match what:
            case "types" | "types at once":
                await asyncio.gather(*map(wired.text, rest))
            case "presses" if cards:
                number = sorted(cards)[rest[1] % len(cards)]
                await self.press(number, list(data_of(cards[number]).values()), rest[0])
            case "presses again" if self.pressed:
                number, data = self.pressed[rest[0] % len(self.pressed)]
                await wired.press_data(data, number)
            case "sends a picture":
                await wired.take(message=message(wired.api.wrote(), photo=[]))
            case "deletes the card" if cards:
                del wired.api.chats[HER][max(cards)]
            case "loses the answer" | "fails":
                wired.api.fail(rest[0], rest[1], seconds=1, effect=rest[2])
            case "waits":
                await self.wait(rest[0])
            case "crashes":
                await wired.painter.close()
                wired.begin()
                await wired.tending.recover()
                await quiet()

    async def press(self, number, buttons, which):
        if any(buttons):
            data = [one for one in buttons if one][which % len([one for one in buttons if one])]
            self.pressed.append((number, data))
            await self.wired.press_data(data, number)

    async def wait(self, seconds, times=1):
        for _ in range(times):
            await self.wired.clock.move(seconds)
            await self.wired.tending.tend()
            await quiet()

    def telling(self):
        """The cards that say something: a closed one says nothing and may stay."""
        cards = self.wired.api.cards().items()
        return [number for number, drawn in cards if [*data_of(drawn).values()] != [".0.b"]]

    def of_hers(self):
        return [number for number, drawn in self.wired.api.chats[HER].items() if drawn is None]


@pytest.fixture
def wire(world, moment):
    """Makes a channel; a function, because Hypothesis prints what it is given."""
    return lambda: Wired(world, moment)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happened=st.lists(happenings, max_size=12))
async def test_whatever_happens_one_card_is_left_and_after_leaving_none(wire, happened):
    """But for two cases: she deletes the card, the next one is sent unseen, and then a crash; and
    a message of hers that nothing is kept of is asked to be deleted once."""
    story, kinds = Story(wire()), {what for what, *_ in happened}
    for what, *rest in happened:
        if not (what == "deletes the card" and "crashes" in kinds):
            await story.tell(what, *rest)
    story.wired.api.calm()
    await story.wait(3, times=14)
    assert len(story.telling()) <= 1
    await story.wired.text("leave")
    await story.wait(3, times=14)
    assert story.telling() == []
    assert story.of_hers() == [] or ("fails", "delete") in {each[:2] for each in happened}
    assert await story.wired.everything() == []


# ---- stopping


async def test_resting_waits_for_what_is_being_painted(wired):
    wired.api.hold("send").set()
    wired.painter.show(target("Hello"))
    await wired.painter.rest(5)
    assert len(wired.api.cards()) == 1


async def test_resting_does_not_wait_for_ever(wired):
    wired.api.hold("send")
    wired.painter.show(target("Hello"))
    await wired.painter.rest(0.01)
    assert wired.api.cards() == {}
    await wired.painter.close()


async def test_resting_with_nothing_to_do_is_over_at_once(wired):
    await wired.painter.rest(60)


async def test_closing_stops_what_is_being_painted(wired):
    gate = wired.api.hold("send")
    await wired.text("/start")
    await wired.painter.close()
    gate.set()
    await quiet()
    assert wired.api.cards() == {}
    assert not wired.painter.busy(wired.keys(str(HER))[0])


def target(words):
    card = Card("en", "ltr", (Paragraph(words),), controls=(Control("leave", "Leave"),))
    return Target(Taken("key", card), Place(HER, after=1), asked=True)
