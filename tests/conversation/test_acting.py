"""Acts of channels with buttons: switches, hiding, old buttons, other talks, and the places of cards."""

import asyncio
from dataclasses import replace

import pytest

from bot import app
from bot.conversation.messages import (
    Again,
    Button,
    Done,
    Incoming,
    Paragraph,
    Start,
    Switch,
    Typed,
    Word,
)
from bot.conversation.turns import Turns
from bot.flows.model import Name
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import OVER, Lifetimes, unpack
from bot.settings import Settings

KEY = "0123"


class Chat:
    """One chat of a channel with buttons. The clock moves when a test says so."""

    def __init__(self, world, moment):
        self.seconds = 0.0
        self.store = MemoryStore(lambda: self.seconds, Lifetimes(60, 600))
        self.turns = Turns(world, self.store, lambda: moment, say.TELEGRAM_KEEPS, quiet_end=True)
        self.updates = 0
        self.taken = self.do(Start("en"), place="here")

    def do(self, act, *, place=None, nonce=None, update=None, version=None, key=KEY, earlier=""):
        """Do one thing; what comes of it."""
        self.updates += 1
        moved = None if place is None else lambda _: place
        incoming = Incoming(
            key, act, earlier, nonce, fresh=f"fresh{self.updates}",
            update=update or f"u{self.updates}", moved=moved, version=version,
        )  # fmt: skip
        self.taken = asyncio.run(self.turns.turn(incoming))
        return self.taken

    def press(self, *values):
        """Press an answer of the present card."""
        card = self.taken.card
        return self.do(Button(card.step, values, card.turn), nonce=card.nonce)

    @property
    def session(self):
        """What is kept, however long ago its time was over."""
        stored = asyncio.run(self.store.load(KEY))
        return unpack(stored.data) if stored else None

    @property
    def words(self):
        """Everything on the present card."""
        return " ".join(b.text for b in self.taken.card.blocks if isinstance(b, Paragraph))


@pytest.fixture
def chat(world, moment):
    return Chat(world, moment)


def at_several(chat):
    """The chat at a question where several answers may stand together."""
    for values in (("yes",), ("walsall",)):
        chat.press(*values)
    assert chat.taken.card.step == "about.what"
    return chat


# ---- switches


def switch(chat, value, *, on=True):
    card = chat.taken.card
    return chat.do(Switch(card.step, value, on, card.turn), nonce=card.nonce)


def picked(chat):
    return [option.id for option in chat.taken.card.options if option.picked]


def test_switches_gather_until_they_are_given(chat):
    at_several(chat)
    switch(chat, "drugs")
    switch(chat, "alcohol")
    assert picked(chat) == ["alcohol", "drugs"]
    card = chat.taken.card
    chat.do(Done(card.step, card.turn), nonce=card.nonce)
    assert ("about.what", ("alcohol", "drugs")) in chat.session.trail
    assert chat.session.picked == ()


def test_two_quick_switches_of_one_card_both_count(chat):
    at_several(chat)
    card = chat.taken.card
    for value in ("alcohol", "drugs"):
        chat.do(Switch(card.step, value, True, card.turn), nonce=card.nonce)
    assert picked(chat) == ["alcohol", "drugs"]


def test_a_doubled_switch_does_not_switch_back(chat):
    at_several(chat)
    switch(chat, "alcohol")
    switch(chat, "alcohol")
    assert picked(chat) == ["alcohol"]


def test_a_switch_of_an_earlier_card_changes_nothing(chat):
    at_several(chat)
    card = chat.taken.card
    chat.do(Word("skip", card.turn), nonce=card.nonce)
    before = chat.session
    chat.do(Switch(card.step, "drugs", True, card.turn), nonce=card.nonce)
    assert chat.session == before


def test_done_with_nothing_switched_on_asks_again(chat):
    at_several(chat)
    card = chat.taken.card
    chat.do(Done(card.step, card.turn), nonce=card.nonce)
    assert chat.taken.card.step == "about.what"


def test_a_doubled_done_passes_over_no_question(chat):
    at_several(chat)
    switch(chat, "alcohol")
    card = chat.taken.card
    for _ in range(2):
        chat.do(Done(card.step, card.turn), nonce=card.nonce)
    assert chat.taken.card.step == "triage.first"


# ---- words


def test_a_doubled_skip_passes_over_one_question_only(chat):
    card = chat.taken.card
    for _ in range(2):
        chat.do(Word("skip", card.turn), nonce=card.nonce)
    assert chat.taken.card.step == "triage.area"


def test_help_and_the_cover_are_never_too_old(chat):
    first = chat.taken.card
    chat.press("yes")
    assert chat.do(Word("urgent", first.turn), nonce=first.nonce).card.step == "urgent.now"
    assert chat.do(Word("cover", first.turn), nonce=first.nonce).card.step == "cover.soup"


def test_a_doubled_press_on_urgent_help_is_one(chat):
    first = chat.taken.card
    one = chat.do(Word("urgent", first.turn), nonce=first.nonce).card
    assert chat.do(Word("urgent", first.turn), nonce=first.nonce).card.turn == one.turn


def test_a_button_of_another_talk_shows_the_card_again(chat):
    card = chat.taken.card
    chat.do(Button(card.step, ("danger",), card.turn), nonce="other")
    assert chat.taken.card.step == "welcome.safe"


@pytest.mark.parametrize(("intent", "step"), [("urgent", "urgent.now"), ("leave", "")])
def test_a_button_of_another_talk_still_brings_help(chat, intent, step):
    assert chat.do(Word(intent, 99), nonce="other").card.step == step


def test_a_look_up_that_finds_nothing_is_no_turn_of_its_own(chat):
    before = chat.taken.card.turn
    for number in range(3):
        card = chat.taken.card
        chat.do(Word("skip", card.turn), nonce=card.nonce)
        assert chat.taken.card.turn == before + number + 1
    assert chat.taken.card.step == "triage.lines"
    chat.do(Word("skip", card.turn), nonce=card.nonce)
    assert "from before" not in chat.words


# ---- taken once


def test_an_update_that_comes_again_changes_nothing(chat):
    card = chat.taken.card
    button = Button(card.step, ("yes",), card.turn)
    first = chat.do(button, nonce=card.nonce, update="same")
    again = chat.do(button, nonce=card.nonce, update="same", place="elsewhere")
    assert (again.version, again.place, again.card.step) == (
        first.version,
        "here",
        first.card.step,
    )


def test_an_act_for_a_version_that_is_past_is_not_done(chat):
    version = chat.taken.version
    chat.press("yes")
    assert chat.do(Word("hide"), version=version).card.state == "open"


# ---- hiding


def test_hidden_nothing_of_the_talk_is_on_the_card(chat):
    card = chat.do(Word("hide")).card
    assert card.state == "hidden"
    assert chat.words == "Paused."
    assert (card.options, card.controls) == ((), ())


def test_opening_shows_the_question_again(chat):
    before = chat.taken.card
    chat.do(Word("hide"))
    opened = chat.do(Word("open")).card
    assert (opened.step, opened.turn) == (before.step, before.turn)


@pytest.mark.parametrize(
    "act",
    [
        Button("welcome.safe", ("yes",), 1),
        Typed("hello"),
        Typed("1"),
        Word("back"),
        Word("know"),
        Again(),
    ],
)
def test_a_press_that_crosses_the_hiding_does_not_open_the_talk(chat, act):
    chat.do(Word("hide"))
    assert chat.do(act).card.state == "hidden"


@pytest.mark.parametrize("act", [Word("urgent"), Typed("help"), Typed("pomocy")])
def test_hidden_help_is_still_one_act_away(chat, act):
    chat.do(Word("hide"))
    assert chat.do(act).card.step == "urgent.now"


def test_the_cover_is_not_hidden_because_that_would_be_noticed(chat):
    chat.do(Word("cover"))
    assert chat.do(Word("hide")).card.state == "covered"


# ---- the end


def test_leaving_keeps_only_where_the_card_stands(chat):
    chat.press("yes")
    taken = chat.do(Word("leave"))
    assert taken.over
    assert (chat.session.at, chat.session.trail, chat.session.place) == (OVER, (), "here")
    asyncio.run(chat.turns.forget(KEY, taken.version))
    assert chat.session is None


def test_the_last_words_do_not_say_what_it_was(chat):
    chat.do(Word("leave"))
    assert chat.words == "Bye for now."


def test_what_cleans_up_after_a_talk_spares_the_next_one(chat):
    taken = chat.do(Word("leave"))
    chat.do(Start("en"), place="there")
    asyncio.run(chat.turns.forget(KEY, taken.version))
    assert chat.session.place == "there"


def test_a_second_leaving_leaves_again(chat):
    chat.do(Word("leave"))
    assert chat.do(Word("leave", 1), nonce="x").over


def test_a_second_press_while_the_card_goes_does_not_stop_it(chat):
    chat.do(Word("leave"))
    taken = chat.do(Button("welcome.safe", ("yes",), 1), nonce="old")
    assert (taken.over, taken.card.ended) == (True, True)


def test_without_a_talk_a_button_begins_none(chat):
    chat.do(Word("leave"))
    asyncio.run(chat.turns.forget(KEY))
    taken = chat.do(Button("welcome.safe", ("yes",), 1), nonce="old")
    assert (taken.card.state, chat.words) == ("closed", "Nothing is open.")


def test_when_her_time_is_over_nothing_of_the_talk_comes_back(chat):
    chat.press("yes")
    chat.seconds = 61.0
    card = chat.taken.card
    taken = chat.do(Button(card.step, ("walsall",), card.turn), nonce=card.nonce)
    assert (taken.card.state, taken.over, taken.place) == ("closed", True, "here")


def test_after_her_time_a_new_talk_has_all_its_time(chat):
    chat.seconds = 61.0
    chat.do(Start("en"), place="there")
    chat.seconds = 110.0
    assert chat.do(Again()).card.state == "open"


def test_urgent_help_works_where_no_talk_stands(chat):
    chat.do(Word("leave"))
    asyncio.run(chat.turns.forget(KEY))
    taken = chat.do(Word("urgent", 7), nonce="old", place="there")
    assert taken.card.step == "urgent.now"
    assert taken.card.nonce.startswith("fresh")


# ---- links, keys, places


def test_a_link_may_bring_a_council_which_is_then_not_asked(chat):
    chat.do(Start("en", "walsall"), place="here")
    chat.press("yes")
    assert chat.taken.card.step == "about.what"
    assert ("triage.area", "walsall") in chat.session.trail
    card = chat.do(Word("back")).card
    assert card.step == "triage.area"


@pytest.mark.parametrize("council", ["atlantis", "", "B29", "triage.area"])
def test_a_council_nobody_knows_is_asked(chat, council):
    chat.do(Start("en", council), place="here")
    chat.press("yes")
    assert chat.taken.card.step == "triage.area"


def test_a_talk_from_before_midnight_goes_on_under_its_key(chat):
    card = chat.taken.card
    taken = chat.do(
        Button(card.step, ("yes",), card.turn), nonce=card.nonce, key="today", earlier=KEY
    )
    assert (taken.key, taken.card.step) == (KEY, "triage.area")


def test_a_place_moves_without_a_turn(chat):
    version = asyncio.run(chat.turns.move(KEY, chat.taken.version, lambda place: place + "!"))
    assert version == chat.taken.version + 1
    assert chat.session.place == "here!"


def test_a_place_moves_under_a_turn_and_says_so(chat):
    old = chat.taken.version
    chat.press("yes")
    assert asyncio.run(chat.turns.move(KEY, old, lambda _: "there")) is None
    assert chat.session.place == "there"
    assert asyncio.run(chat.turns.move("nobody", 1, lambda _: "there")) is None


def test_the_first_cards_say_what_cannot_be_wiped(chat):
    assert "delete the chat in Telegram" in chat.words
    chat.press("yes")
    assert "delete the chat in Telegram" not in chat.words


# ---- names that changed under her card


@pytest.fixture
def renaming(world, data, moment):
    """A chat at the question whom she would see, and a way to give its parts other names."""
    chat = Chat(world, moment)
    for pressed in ("yes", "walsall", "alcohol", "more"):
        chat.press(pressed)
    assert chat.session.at == "triage.worker"

    def rename():
        triage = data.flows.by_id["triage"]
        worker = triage.step("worker")
        choices = tuple(
            replace(choice, id="her", was=(Name("woman", choice.mark),))
            if choice.id == "woman"
            else choice
            for choice in worker.choices
        )
        whom = replace(worker, id="whom", choices=choices, was=(Name("worker", worker.mark),))
        steps = (whom if step is worker else step for step in triage.steps)
        by_id = {**data.flows.by_id, "triage": replace(triage, steps=tuple(steps))}
        flows = replace(data.flows, by_id=by_id, fingerprint="another")
        chat.turns.world = app.build_world(replace(data, flows=flows), Settings(), moment.date())

    return chat, rename


def test_a_button_with_an_old_name_counts_on_the_same_question(renaming):
    chat, rename = renaming
    rename()
    chat.press("woman")
    assert ("triage.whom", ("her",)) in chat.session.trail


def test_a_switch_with_an_old_name_counts_on_the_same_question(renaming):
    chat, rename = renaming
    card = chat.taken.card
    chat.do(Switch(card.step, "lived", True, card.turn), nonce=card.nonce)
    rename()
    chat.do(Switch(card.step, "woman", True, card.turn), nonce=card.nonce)
    assert chat.session.picked == ("her", "lived")
    chat.do(Done(card.step, card.turn), nonce=card.nonce)
    assert ("triage.whom", ("her", "lived")) in chat.session.trail


def test_a_new_name_of_the_same_question_is_not_told_as_a_change(renaming):
    chat, rename = renaming
    rename()
    chat.do(Again())
    assert chat.taken.card.step == "triage.whom"
    assert say.MOVED.text not in chat.words


def test_typed_words_count_on_a_question_with_a_new_name(renaming):
    chat, rename = renaming
    rename()
    chat.do(Typed("1"))
    assert ("triage.whom", ("her",)) in chat.session.trail
