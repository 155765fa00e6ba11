"""The painter: one card a chat, the newest, and the store knows whether it stands."""

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import FIRST_PAUSE, Target
from bot.channels.telegram.place import Place
from bot.conversation.messages import Card, Control, Paragraph, Taken
from bot.sessions.model import pack, unpack
from tests.channels.telegram.fakes import ANOTHER, HER, quiet


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
