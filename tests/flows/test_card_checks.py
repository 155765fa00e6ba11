"""Checks of cards: where the limits lie, and what does not count."""

import pytest

from bot.flows.card_checks import MOST, MOST_ELSEWHERE, first_texts
from bot.flows.cards import Walker
from bot.locales.tongues import Tongue, Translated
from tests.flows.talks import ASK, BYE, HELLO, rules, talk
from tests.locales.polish import WORDS


def in_polish(**said):
    """A Polish that says these texts, each on line 7."""
    entries = {("", english): Translated((text,), 7) for english, text in said.values()}
    return Tongue("pl", WORDS["pl"], "locales/pl/LC_MESSAGES/bot.po", entries)


def long(size, question="What now?"):
    """A talk with a card of `size` characters, of which the question is the last nine."""
    return talk(f"first: {ASK}\none: {{say: {'x' * (size - len(question))}}}\ntwo: {ASK}")


@pytest.mark.parametrize(("size", "broken"), [(MOST, []), (MOST + 1, ["long-card"])])
def test_a_card_holds_as_much_as_it_may(size, broken):
    assert rules(long(size)) == broken


@pytest.mark.parametrize(
    ("size", "broken"), [(MOST_ELSEWHERE, []), (MOST_ELSEWHERE + 1, ["long-card"])]
)
def test_a_translation_may_be_a_third_longer(size, broken):
    flows = talk(f"one: {{say: Some words.}}\ntwo: {ASK}\nthree: {ASK}")
    tongue = in_polish(
        one=("Some words.", "x" * (size - 9)), two=("What now?", "Co teraz?"), hello=(HELLO, "")
    )
    assert rules(flows, tongue) == broken


def test_labels_and_contacts_do_not_count():
    label = "L" * 32
    choices = f"{{a: {{label: {label}, must: [creche]}}, b: {'M' * 32}}}"
    flows = talk(f"one: {ASK}\ntwo: {{ask: {'x' * MOST}, contacts: [a-line], choices: {choices}}}")
    assert rules(flows) == []


def test_the_reason_counts():
    why = "x" * (MOST - 8)
    flows = talk(
        f"one: {ASK}\ntwo: {{ask: What now?, why: {why}, choices: {{a: {{label: A, must: [pram]}},"
        " b: B}}"
    )
    assert rules(flows) == ["long-card"]


def test_words_said_instead_are_measured_beside_and_not_on_top():
    text = "x" * (MOST - 9)
    fits = f"{{say: {text}, for_other: {text}}}"
    over = f"{{say: short, for_other: {text}x}}"
    assert rules(talk(f"first: {ASK}\none: {fits}\ntwo: {ASK}")) == []
    assert rules(talk(f"first: {ASK}\none: {over}\ntwo: {ASK}")) == ["long-card"]


def test_the_longest_card_of_a_text_is_told_once():
    half = "x" * 150
    flows = talk(
        f"""
        zero: {ASK}
        one: {{ask: What now?, choices: {{a: {{label: A, next: said}}, b: {{label: B, next: more}}}}}}
        more: {{say: {half}x}}
        said: {{say: {half}xxx}}
        two: {ASK}
        """
    )
    assert rules(flows) == ["long-card"]


# ---- questions


def test_one_question_mark_is_one_question():
    assert rules(talk(f"one: {{say: All right.}}\ntwo: {ASK}")) == []


@pytest.mark.parametrize("mark", ["?", "\u061f"])
def test_two_question_marks_in_one_text_are_two(mark):
    ask = f"{{ask: 'Now{mark} Or then{mark}', choices: {{a: {{label: A, must: [pram]}}, b: B}}}}"
    assert rules(talk(f"one: {ask}")) == ["two-questions"]


def test_words_said_instead_are_questions_of_their_own_card():
    ask = "choices: {a: {label: A, must: [pram]}, b: B}"
    one = f"{{ask: You?, for_other: They?, {ask}}}"
    two = f"{{ask: You?, for_other: They? Or who?, {ask}}}"
    assert rules(talk(f"one: {one}")) == []
    assert rules(talk(f"one: {two}")) == ["two-questions"]


def test_a_translation_may_ask_once_too():
    flows = talk(f"one: {ASK}")
    assert rules(flows, in_polish(one=("What now?", "Co? Teraz?"))) == ["two-questions"]


def test_a_second_try_is_not_on_the_card():
    text = "{ask: Where?, parse: uk_outcode, retry: Where?, choices: {a: A, b: B}}"
    assert rules(talk(f"one: {text}")) == []


# ---- first and last

OPENING = [
    "This works by itself.",
    "No person reads along.",
    "It cannot ring anyone.",
    "In danger, ring 999.",
]


@pytest.mark.parametrize("without", OPENING)
def test_the_first_card_says_what_this_is(without):
    assert without in HELLO
    assert rules(talk(f"one: {ASK}", hello=HELLO.replace(without, ""))) == ["first-card"]


def test_the_first_card_in_her_language_is_the_one_behind_the_choice_of_language():
    flows = talk(f"one: {ASK}", hello="Hi.")
    welcome = flows.by_id["welcome"]
    assert rules(flows) == ["first-card", "first-card"]
    asked = talk(f"lang: {{ask: Which?, choices_from: languages, skip: never}}\none: {ASK}")
    assert rules(asked) == ["first-card", "first-card"]  # here hello comes before the language
    assert welcome.steps[0].id == "hello"


def test_nobody_must_answer_the_first_question():
    ask = "{ask: What now?, skip: never, choices: {a: {label: A, must: [creche]}, b: B}}"
    assert rules(talk(f"one: {ask}\ntwo: {ASK}")) == ["first-card"]
    assert rules(talk(f"one: {ASK}\ntwo: {ask}")) == []


ENDING = ["That is all.", "It is wiped.", "You can come back.", "In danger, ring 999."]


@pytest.mark.parametrize("without", ENDING)
def test_the_last_card_leaves_her_with_something(without):
    assert without in BYE
    assert rules(talk(f"one: {ASK}", bye=BYE.replace(without, ""))) == ["bare-end"]


def test_contacts_on_the_last_card_are_somebody_to_ring():
    bye = "bye_lines: {say: You can ring., contacts: [a-line]}"
    assert rules(talk(f"one: {ASK}\n{bye}", bye=BYE.replace("In danger, ring 999.", ""))) == []


def test_the_first_texts_are_those_that_can_stand_first():
    flows = talk(f"one: {ASK}\ntwo: {{say: Two., for_other: 2.}}\nthree: {ASK}")
    found = first_texts(Walker(flows).all())
    places = {place.partition(" ")[2] for place in found}
    assert places == {
        "steps.hello.say", "steps.two.say", "steps.two.for_other", "steps.goodbye.say",
        "steps.now.ask",
    }  # fmt: skip
