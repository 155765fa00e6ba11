"""Speaking: one voice message for one press, and none that stays."""

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.place import MOST_LITTER, Place, unpack_place
from bot.channels.telegram.speaking import Speaking, _with_more_to_come, _with_voices
from bot.channels.telegram.sweeping import SWEPT
from bot.locales import phrases as say
from tests.channels.telegram.fakes import ANOTHER, HER, Wired, data_of, quiet
from tests.channels.telegram.player import LISTEN, PLAY, to_player

NOT_NOW = say.NOT_NOW.text
WARNING = say.LISTEN_WARNING.text


@pytest.fixture
def wired(recorded, moment):
    return Wired(recorded, moment)


async def to_longer_player(wired):
    """The same where several texts stand on the card."""
    await wired.text("/start")
    await wired.press("English")
    await wired.press(LISTEN)


async def heard(wired, chat=HER):
    """She plays the card; the id of the voice message."""
    await to_player(wired, chat)
    await wired.press(PLAY, chat)
    return max(wired.api.voices[chat])


def said(wired):
    return len(wired.api.made("say"))


# ---- one press, one voice message


async def test_listen_warns_and_sends_nothing(wired):
    await to_player(wired)
    assert wired.shows().text.startswith(WARNING)
    assert {PLAY, NOT_NOW} <= set(data_of(wired.shows()))
    assert LISTEN not in data_of(wired.shows())
    assert said(wired) == 0


async def test_play_sends_the_recording_below_the_card(wired):
    voice = await heard(wired)
    text = wired.turns.world.material.plan.steps[(await wired.kept()).at].step.text
    name = wired.turns.voice("en").recording(text)
    assert wired.api.heard() == [wired.turns.sound(name)]
    assert wired.api.heard()[0].startswith(b"OggS")
    assert voice > max(wired.api.cards())
    assert WARNING not in wired.shows().text


async def test_every_text_of_the_card_is_heard_in_order(wired):
    await to_longer_player(wired)
    await wired.press(PLAY)
    session = await wired.kept()
    plan, voice = wired.turns.world.material.plan, wired.turns.voice("en")
    texts = [plan.steps[name].step.text for name in (*session.said, session.at)]
    assert len(texts) > 1
    assert wired.api.heard() == [wired.turns.sound(voice.recording(text)) for text in texts]


async def test_the_screen_counts_as_painted_when_all_is_sent(wired):
    voice = await heard(wired)
    place = await wired.place()
    assert (place.unsure, place.litter) == (0, (voice,))
    assert await wired.painted()
    await wired.clock.move(1)
    assert said(wired) == 1


async def test_before_it_is_sent_the_store_knows_that_one_may_stand(wired):
    await to_player(wired)
    gate = wired.api.hold("say")
    await wired.press(PLAY)
    assert (await wired.place()).unsure == 1
    assert not await wired.painted()
    gate.set()
    await quiet()
    assert (await wired.place()).unsure == 0


# ---- it goes


@pytest.mark.parametrize(
    "act",
    [
        "Hide",
        "Leave and wipe",
        "Urgent help",
        "Birmingham",
        "Back",
        LISTEN,
        "typed",
        "/start",
        "leave",
    ],
)
async def test_it_goes_with_whatever_she_does_next(wired, act):
    await heard(wired)
    await (wired.press(act) if act in data_of(wired.shows()) else wired.text(act))
    assert wired.api.heard() == []
    await wired.clock.move(60)
    assert said(wired) == 1


async def test_it_goes_when_the_card_hides_itself(wired):
    await heard(wired)
    await wired.tending.tend()
    await wired.clock.move(181)
    await wired.tending.tend()
    await quiet()
    assert (wired.api.heard(), wired.shows().text) == ([], say.HIDDEN.text)
    await wired.press("Open")
    assert (wired.api.heard(), said(wired)) == ([], 1)


async def test_it_goes_when_the_time_of_the_talk_is_over(wired):
    await heard(wired)
    await wired.tending.tend()
    await wired.clock.move(3600)
    await wired.tending.tend()
    await quiet()
    assert wired.api.chats[HER] == {}


async def test_it_goes_after_a_start_of_the_program(wired):
    await heard(wired)
    await wired.restart()
    await wired.press("Hide")
    assert wired.api.heard() == []


async def test_it_goes_with_a_card_that_she_pressed_while_it_was_sent(wired):
    await to_player(wired)
    gate = wired.api.hold("say")
    await wired.press(PLAY)
    await wired.press("Hide")
    gate.set()
    await quiet()
    await wired.clock.move(60)
    assert (wired.api.heard(), wired.shows().text) == ([], say.HIDDEN.text)


async def test_she_leaves_while_it_is_sent_and_nothing_stays(wired):
    await to_player(wired)
    gate = wired.api.hold("say")
    await wired.press(PLAY)
    await wired.press("Leave and wipe")
    gate.set()
    await quiet()
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_what_she_does_before_it_is_sent_keeps_it_from_being_sent(wired):
    await to_player(wired)
    gate = wired.api.hold("edit")
    await wired.press(PLAY)
    await wired.press("Hide")
    gate.set()
    await quiet()
    assert said(wired) == 0


async def test_what_she_does_while_one_is_sent_keeps_the_others_from_being_sent(wired):
    await to_longer_player(wired)
    gate = wired.api.hold("say")
    await wired.press(PLAY)
    await wired.press("Hide")
    gate.set()
    await quiet()
    assert (said(wired), wired.api.heard()) == (1, [])


# ---- it is sent once at the most


async def test_an_update_that_comes_twice_sends_one(wired):
    await to_player(wired)
    update = await wired.press(PLAY)
    await wired.intake.take(update)
    await quiet()
    assert said(wired) == 1


async def test_an_update_that_comes_again_after_an_end_sends_none(wired):
    await to_player(wired)
    wired.api.hold("say")
    update = await wired.press(PLAY)
    await wired.painter.close()
    wired.api.release("say")
    wired.begin()
    await wired.intake.take(update)
    await quiet()
    assert (said(wired), wired.api.heard()) == (1, [])


async def test_a_doubled_press_leaves_one(wired):
    card = await to_player(wired)
    data = data_of(wired.shows())[PLAY]
    for _ in range(3):
        await wired.press_data(data, card)
    assert len(wired.api.heard()) == 1


async def test_looking_after_the_talk_sends_none(wired):
    await heard(wired)
    for _ in range(3):
        await wired.restart()
        await wired.tending.tend()
    assert (said(wired), await wired.painted()) == (1, True)


async def test_she_can_hear_it_again(wired):
    first = await heard(wired)
    await wired.press(LISTEN)
    assert wired.api.heard() == []
    await wired.press(PLAY)
    assert len(wired.api.heard()) == 1
    assert max(wired.api.voices[HER]) > first


# ---- faults


@pytest.mark.parametrize("effect", [False, True])
async def test_one_whose_answer_is_lost_is_swept_away_and_not_sent_again(wired, effect):
    await to_player(wired)
    wired.api.fail("say", Fault.UNREACHABLE, effect=effect)
    await wired.press(PLAY)
    assert len(wired.api.heard()) == effect
    await wired.clock.move(60)
    await wired.restart()
    assert (said(wired), wired.api.heard(), (await wired.place()).unsure) == (1, [], 0)
    assert await wired.painted()
    assert len(wired.api.cards()) == 1


@pytest.mark.parametrize("fault", [Fault.WAIT, Fault.REFUSED])
async def test_one_that_is_refused_is_not_tried_again(wired, fault):
    await to_player(wired)
    wired.api.fail("say", fault, seconds=3)
    await wired.press(PLAY)
    await wired.clock.move(60)
    assert (said(wired), (await wired.place()).unsure) == (1, 0)
    assert await wired.painted()
    await wired.press("Hide")
    assert wired.shows().text == say.HIDDEN.text


async def test_who_blocks_the_bot_meanwhile_has_no_talk_any_more(wired):
    await to_player(wired)
    wired.api.fail("say", Fault.BLOCKED)
    await wired.press(PLAY)
    assert await wired.kept() is None


@pytest.mark.parametrize("method", ["load", "save"])
@pytest.mark.parametrize("held", ["edit", "say"])
async def test_a_store_that_is_away_for_a_moment_leaves_nothing(wired, method, held):
    await to_player(wired)
    gate = wired.api.hold(held)
    await wired.press(PLAY)
    wired.store.fail(method)
    gate.set()
    await quiet()
    for _ in range(3):
        await wired.clock.move(10)
        await wired.tending.tend()
    await wired.press("Hide")
    await wired.clock.move(10)
    assert wired.api.heard() == []


async def test_a_recording_that_is_gone_sends_nothing(recorded, moment):
    wired = Wired(recorded, moment)
    await to_player(wired)
    kept = dict(wired.turns.world.catalogues.recordings)
    wired.turns.world.catalogues.recordings.clear()
    try:
        await wired.press(PLAY)
        assert (said(wired), (await wired.place()).unsure) == (0, 0)
        assert await wired.painted()
    finally:
        wired.turns.world.catalogues.recordings.update(kept)


# ---- the end of the program between each of its steps


STEPS = ("card", "mark", "voice", "answer", "number")


async def end_before(wired, step):
    """She plays the card, and the program ends just before this step of it.

    In order: the card; the mark in the store; the voice message; word that it was sent; its number
    in the store.
    """
    await to_player(wired)
    if step == "answer":
        wired.api.fail("say", Fault.UNREACHABLE, effect=True)
        await wired.press(PLAY)
    else:
        method = "edit" if step in {"card", "mark"} else "say"
        gate = wired.api.hold(method)
        await wired.press(PLAY)
        if step in {"mark", "number"}:
            wired.store.fail("load")  # just then; it is tried again, and the end comes first
            gate.set()
            await quiet()
    seen = bool(wired.api.heard())
    await wired.painter.close()
    for method in ("edit", "say"):
        wired.api.hold(method)
        wired.api.release(method)
    assert seen == (step in {"answer", "number"})


@pytest.mark.parametrize("step", STEPS)
async def test_an_end_between_its_steps_leaves_nothing_after_the_next_card(wired, step):
    await end_before(wired, step)
    await wired.restart()
    assert wired.api.heard() == []
    assert len(wired.api.cards()) == 1
    assert await wired.painted()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", ["press", "type"])
async def test_an_end_between_its_steps_leaves_nothing_after_leaving(wired, step, way):
    await end_before(wired, step)
    wired.begin()
    await (wired.press("Leave and wipe") if way == "press" else wired.text("leave"))
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


@pytest.mark.parametrize("step", STEPS)
async def test_an_end_between_its_steps_leaves_nothing_after_another_start(wired, step):
    await end_before(wired, step)
    wired.begin()
    await wired.tending.tend(unpainted=True)
    await wired.text("/start")
    await wired.clock.move(60)
    assert wired.api.heard() == []
    assert len(wired.api.cards()) == 1


async def test_what_others_wrote_meanwhile_keeps_none_from_being_swept(wired):
    await to_player(wired)
    for _ in range(SWEPT // 2):
        wired.api.wrote(ANOTHER)
    wired.api.fail("say", Fault.UNREACHABLE, effect=True)
    await wired.press(PLAY)
    await wired.painter.close()
    await wired.restart()
    assert wired.api.heard() == []


async def far_behind(wired):
    """She plays a card that others have written thousands of messages after; its answer is lost."""
    await to_player(wired)
    for _ in range(5 * SWEPT):
        wired.api.wrote(ANOTHER)
    await wired.text("/start", ANOTHER)
    wired.api.fail("say", Fault.UNREACHABLE, effect=True)
    await wired.press(PLAY, on=max(wired.api.cards()))
    await wired.painter.close()
    assert len(wired.api.heard()) == 1


async def test_one_far_behind_the_card_is_swept_too(wired):
    await far_behind(wired)
    await wired.restart()
    assert (wired.api.heard(), len(wired.api.cards())) == ([], 1)
    assert len(wired.api.cards(ANOTHER)) == 1


@pytest.mark.parametrize("way", ["press", "leave", "/start"])
async def test_one_far_behind_the_card_goes_when_she_leaves_or_starts_anew(wired, way):
    await far_behind(wired)
    wired.begin()
    if way == "/start":
        await wired.tending.tend(unpainted=True)
    await (wired.press("Leave and wipe") if way == "press" else wired.text(way))
    await wired.clock.move(60)
    assert (wired.api.heard(), len(wired.api.cards())) == ([], way == "/start")


# ---- what the store is told


def test_voice_messages_are_deleted_before_whatever_else_there_is():
    place = Place(HER, card=3, unsure=1, litter=tuple(range(100, 100 + MOST_LITTER)))
    after = unpack_place(_with_voices((7, 8))(place.packed()))
    assert (after.litter[:2], after.unsure, len(after.litter)) == ((7, 8), 0, MOST_LITTER)


def test_a_place_that_is_none_stays_none():
    assert (_with_voices((7,))(""), _with_more_to_come(7)("")) == ("", "")


def test_what_the_store_may_not_know_is_forgotten_when_it_does(wired):
    speaking = Speaking(wired.api, wired.turns)
    speaking._sent[HER], place = (7,), Place(HER, card=3)
    speaking._unseen.add(HER)
    assert speaking.known(place) == Place(HER, card=3, unsure=1, litter=(7,))
    speaking.swept(HER)
    assert speaking.known(place) == Place(HER, card=3, litter=(7,))
    speaking.rest(HER)
    assert speaking.known(place) == place


def test_a_mark_never_goes_back():
    place = Place(HER, card=3, after=9)
    assert unpack_place(_with_more_to_come(7)(place.packed())) == place._replace(unsure=1)
    assert unpack_place(_with_more_to_come(11)(place.packed())).after == 11
