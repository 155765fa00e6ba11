"""Messages out of flows, needs and phrases."""

from dataclasses import dataclass
from typing import Any

from bot.flows.model import Choice, Flow, Intent, Kind, Name, Step, Text
from bot.locales.extraction import NEEDS, PHRASES, Message, Source, extract
from bot.locales.phrases import BUTTON, named
from bot.locales.voice import TYPED
from bot.needs import Need, Vocabulary
from bot.problems import Mark

NOWHERE = Mark(1, 1)
NO_NEEDS = Vocabulary({}, frozenset())


def text(words: str, path: str, **more: Any) -> Text:
    return Text(words, path, Mark(4, 7), **more)


def flow(*texts: Text, path: str = "flows/a.yaml") -> Flow:
    steps = tuple(Step(f"s{n}", Kind.ASK, NOWHERE, text=one) for n, one in enumerate(texts))
    return Flow("a", path, steps)


def found(*flows: Source, vocabulary: Vocabulary = NO_NEEDS) -> list[Message]:
    messages = extract(flows, vocabulary)
    return [message for message in messages if message.file != PHRASES]


def test_every_phrase_is_a_message():
    messages = extract([], NO_NEEDS)
    assert [message.msgid for message in messages] == [p.text for p in named().values()]
    assert [message.paths for message in messages] == [(f"{PHRASES} {name}",) for name in named()]


def test_the_words_of_a_step_are_messages():
    (message,) = found(flow(text("Where?", "steps.area.ask")))
    assert message.paths == ("flows/a.yaml steps.area.ask",)
    assert (message.context, message.mark) == ("", Mark(4, 7))


def test_every_kind_of_text_is_found_in_file_order():
    choice = Choice(
        "yes",
        text("Yes", "steps.s.choices.yes.label"),
        NOWHERE,
        also=text("yes please", "steps.s.choices.yes.also"),
        must=(Name("creche", NOWHERE),),
    )
    step = Step(
        "s",
        Kind.ASK,
        NOWHERE,
        text=text("Ask?", "steps.s.ask"),
        why=text("Because.", "steps.s.why"),
        retry=text("Again?", "steps.s.retry"),
        choices=(choice,),
    )
    word = Intent(
        "back", text("Go", "everywhere.back.label"), text("b", "everywhere.back.words"), NOWHERE
    )
    messages = found(Flow("a", "flows/a.yaml", (step,), everywhere=(word,)))
    words = ["Ask?", "Because.", "Again?", "Yes", "yes please", "Go", "b"]
    assert [message.msgid for message in messages] == words


def test_typed_words_have_their_own_context_and_buttons_a_limit():
    typed, label = found(flow(text("x", "steps.a.also"), text("x", "steps.a.label")))
    assert (typed.context, typed.most) == (TYPED, 0)
    assert (label.context, label.most) == ("", BUTTON)


def test_the_same_english_is_one_message_with_every_place():
    one = text("Yes", "steps.a.say", note="for\n yes", safety=True)
    two = text("Yes", "steps.b.label", note="for yes")
    (message,) = found(flow(one, two), flow(text("Yes", "steps.c.say"), path="flows/b.yaml"))
    assert message.paths == (
        "flows/a.yaml steps.a.say",
        "flows/a.yaml steps.b.label",
        "flows/b.yaml steps.c.say",
    )
    assert (message.safety, message.most, message.notes) == (True, BUTTON, ("for yes",))


def test_messages_are_sorted_by_file_whatever_order_the_flows_have():
    one, two = flow(text("A", "steps.a.say")), flow(text("B", "steps.b.say"), path="flows/b.yaml")
    assert found(one, two) == found(two, one)


def test_needs_give_a_tag_and_a_sentence_to_ask():
    need = Need("creche", "A crèche", "Is there a crèche?", (), (), Mark(9, 3))
    tag, ask = found(vocabulary=Vocabulary({"creche": need}, frozenset()))
    assert (tag.msgid, tag.paths) == ("A crèche", (f"{NEEDS} needs.creche.tag",))
    assert (ask.msgid, ask.mark) == ("Is there a crèche?", Mark(9, 3))


def test_what_is_no_text_is_passed_over():
    @dataclass(frozen=True)
    class Odd:
        path: str
        number: int
        name: Name

    assert found(Odd("flows/odd.yaml", 3, Name("x", NOWHERE))) == []


def test_other_words_of_a_choice_are_on_a_button_and_those_of_a_step_are_not():
    choice, step = found(
        flow(text("They", "steps.a.choices.b.for_other"), text("Them", "steps.a.for_other"))
    )
    assert (choice.most, step.most) == (BUTTON, 0)
