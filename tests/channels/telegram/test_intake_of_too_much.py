"""Too much: what is held back costs next to nothing, nobody is stuck, and help always comes."""

import pytest

from bot.channels.limits import BURST, NEW_AT_ONCE
from bot.channels.telegram.gate import ACT_SECONDS, STARTS, gate
from bot.channels.telegram.intake import SMALL_CALLS
from bot.conversation.codes import code_of
from tests.channels.telegram.fakes import ANOTHER, HER, data_of, message, press, quiet

FROZEN = ("999", "111", "116 123")


@pytest.fixture
def wired(wired):
    """With the limits as they are served."""
    wired.gate = gate(wired.clock, b"secret")
    wired.begin()
    return wired


async def in_a_talk(wired, chat=HER):
    """Somebody at a question, all her room used up; what every button there carries."""
    card = await wired.to_question(chat)
    buttons = data_of(wired.shows(chat))
    for _ in range(BURST):
        await wired.press_data("meaningless", card, chat)
    return card, buttons


async def flood(wired):
    """As many new talks as there may be at once, each of another person."""
    for chat in range(1000, 1000 + NEW_AT_ONCE):
        await wired.text("/start", chat)


def shown(wired, chat=HER):
    return "\n".join(drawn.text for drawn in wired.api.cards(chat).values())


# ---- one who acts too often


async def test_a_press_too_many_is_answered_and_changes_nothing(wired):
    card, buttons = await in_a_talk(wired)
    before, calls = await wired.kept(), len(wired.api.calls)
    wired.store.fail("save", 99)  # a save would bring the frozen card
    await wired.press_data(buttons["Birmingham"], card)
    assert [call.method for call in wired.api.calls[calls:]] == ["answer"]
    assert await wired.kept() == before


async def test_the_next_press_after_the_wait_counts(wired):
    card, buttons = await in_a_talk(wired)
    await wired.press_data(buttons["Birmingham"], card)
    assert "Where should we look?" in wired.shows().text
    await wired.clock.move(ACT_SECONDS)
    await wired.press_data(buttons["Birmingham"], card)
    assert "What would you like help with" in wired.shows().text


async def test_words_too_many_are_deleted_and_not_taken(wired):
    """Harm prevented: what she wrote must not stay in the chat because there was no room."""
    await in_a_talk(wired)
    before = await wired.kept()
    await wired.text("Birmingham")
    await wired.take(message=message(wired.api.wrote(), photo=[]))
    assert await wired.kept() == before
    assert [number for number, drawn in wired.api.chats[HER].items() if drawn is None] == []


async def test_what_is_held_back_piles_up_no_calls(wired):
    card, _ = await in_a_talk(wired)
    wired.api.hold("answer")
    for _ in range(SMALL_CALLS + 50):
        await wired.intake.take({"update_id": 9999, "callback_query": press(card, HER)})
    assert len(wired.intake._beside) == SMALL_CALLS
    wired.api.release("answer")
    await quiet()
    await wired.intake.rest(1)


async def test_who_starts_too_often_keeps_the_talk_and_has_its_card_below(wired):
    await wired.to_question()
    for _ in range(STARTS + 1):
        await wired.text("/start")
    await wired.clock.move(ACT_SECONDS)
    await wired.press("English")
    kept = await wired.kept()
    await wired.clock.move(ACT_SECONDS)
    await wired.text("/start")
    assert (await wired.kept()).trail == kept.trail
    assert list(wired.api.cards()) == [max(wired.api.chats[HER])]


# ---- help


@pytest.mark.parametrize("words", ["/help", "/urgent", "help", "he will kill me", "pomocy"])
async def test_typed_help_comes_however_much_there_was(wired, words):
    await in_a_talk(wired)
    await flood(wired)
    for chat in (HER, ANOTHER):
        await wired.text(words, chat)
        assert "999" in shown(wired, chat)


async def test_the_buttons_of_safety_work_however_much_there_was(wired):
    card, buttons = await in_a_talk(wired)
    await flood(wired)
    await wired.press_data(buttons["Urgent help"], card)
    assert "999" in wired.shows().text
    await wired.press("Hide")
    assert (await wired.kept()).hidden
    await wired.press_data(buttons["Leave and wipe"], card)
    assert wired.api.cards() == {}


async def test_the_cover_comes_however_much_there_was(wired):
    card, buttons = await in_a_talk(wired)
    nonce, turn, _ = buttons["Birmingham"].split(".")
    await wired.press_data(f"{nonce}.{turn}.w{code_of('cover')}", card)
    assert "999" not in wired.shows().text
    assert (await wired.kept()).at.startswith("cover")


@pytest.mark.parametrize("words", ["leave", "/leave", "/stop"])
async def test_typed_leaving_works_however_much_there_was(wired, words):
    await in_a_talk(wired)
    await wired.text(words)
    assert wired.api.chats[HER] == {}


@pytest.mark.parametrize("way", ["Urgent help", "help", "/urgent"])
async def test_with_the_store_away_and_in_a_flood_the_urgent_card_stands(wired, way):
    card, buttons = await in_a_talk(wired)
    await flood(wired)
    wired.store.fail("load", 10_000)
    wired.store.fail("save", 10_000)
    wired.store.fail("delete", 10_000)
    if way in buttons:
        await wired.press_data(buttons[way], card)
    else:
        await wired.text(way)
        await wired.text(way, ANOTHER)
        assert all(number in shown(wired, ANOTHER) for number in FROZEN)
    assert all(number in shown(wired) for number in FROZEN)


# ---- everybody


async def test_new_talks_are_held_back_and_talks_go_on(wired):
    await wired.to_question()
    await flood(wired)
    saved = dict(wired.store._kept)
    await wired.text("/start", ANOTHER)
    assert wired.api.chats[ANOTHER] == {}
    assert wired.store._kept == saved
    await wired.press("Birmingham")
    assert "What would you like help with" in wired.shows().text


@pytest.mark.parametrize("words", ["/start", "hello", "/language"])
async def test_who_comes_new_in_a_flood_gets_in_a_moment_later(wired, words):
    await flood(wired)
    await wired.text(words, ANOTHER)
    assert wired.api.cards(ANOTHER) == {}
    await wired.clock.move(1)
    await wired.text(words, ANOTHER)
    assert wired.api.cards(ANOTHER)
