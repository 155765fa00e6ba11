"""Every rule about words: broken examples, and texts that look like a breach and are none."""

from pathlib import Path

import pytest

from bot.documents import read as read_yaml
from bot.flows.loader import load_flows
from bot.locales.extraction import PHRASES, extract
from bot.locales.tongues import Tongue, Translated
from bot.locales.word_checks import RULES, SHOWN, check_words
from bot.needs import Vocabulary
from bot.problems import Mark
from tests.expectations import expected
from tests.locales.examples import message
from tests.locales.polish import ENGLISH, WORDS, polish

BROKEN = Path(__file__).parent / "broken"
NAMES = ("Clean Slate", "NHS", "GP")


def problems_of(path):
    """The problems of an example in English, and in Polish where it says some."""
    text = path.read_text(encoding="utf-8")
    flows, _ = load_flows([read_yaml(text.encode(), path.name)[0]])
    messages = extract(flows.by_id.values(), Vocabulary({}, frozenset()))
    own = [one for one in messages if one.file != PHRASES]
    first = {place for one in own for place in one.paths if place.endswith(".ask")}
    found = check_words(own, (ENGLISH, *polish(text)), NAMES, first)
    return [str(problem).partition(":")[2] for problem in found]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_broken_words_get_exactly_their_sentences(rule):
    example = BROKEN / f"{rule}.yaml"
    found = problems_of(example)
    assert found == expected(example)
    assert any(f"[{rule}]" in line for line in found)


def said(text, path="steps.one.say", *, tongue=ENGLISH, english="Hello.", **more):
    """The rules that a text breaks, in English or as a translation."""
    if tongue is ENGLISH:
        return [one.rule for one in check_words([message(text, path, **more)], (ENGLISH,))]
    said = {("", english): Translated((text,), 7)}
    other = Tongue(tongue, WORDS[tongue], f"locales/{tongue}.po", said)
    found = check_words([message(english, path, **more)], (ENGLISH, other))
    return [(one.rule, one.line) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing here is unclean.",
        "They may help you. Ask them.",
        "That is not your fault.",
        "It keeps nothing. Nobody is told.",
        "Nobody knows. It will not be long.",
        "Ring 999 or 111. Press 55.",
        "I am under 18, and 2 of them are 16 or 17.",
        "Press Shift three times.",
        "You can go to A&E.",
        "Some are open in the evening.",
        "It is free. It costs nothing.",
    ],
)
def test_words_that_only_look_like_a_breach_are_left_alone(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Are you an addict?",
        "ADDICTS",
        "Ａｄｄｉｃｔ",
        "Are you an add\u00adict?",
        "an ád\u200bdict",
        "an\naddict",
        "“addict”",
    ],
)
def test_a_word_is_found_however_it_is_written(text):
    assert "people-first" in said(text)


@pytest.mark.parametrize("text", ["addendum", "predict", "the verdict"])
def test_a_word_inside_another_is_none(text):
    assert "people-first" not in said(text)


def test_a_phrase_stands_in_one_sentence():
    assert said("Leave no. Trace it.") == []
    assert said("It leaves no\ntrace.") == []


@pytest.mark.parametrize(
    ("tongue", "text", "rule"),
    [
        ("pl", "To jest w pełni anonimowe.", "false-safety"),
        ("pl", "TO JEST W PEŁNI POUFNE.", "false-safety"),
        ("pl", "Na pewno pomogą.", "promise"),
        ("pl", "To alkoholik.", "people-first"),
        ("ur", "کوئی نشان نہیں رہتا۔", "false-safety"),
        ("ur", "کوئي نشان نہیں رہتا۔", "false-safety"),  # with the Arabic ye
        ("ur", "وہ آپ کی مدد کریں گے۔", "promise"),
        ("ur", "یہ شرابی ہے۔", "people-first"),
        ("ur", "آپ نے کیوں پی؟", "blame"),
        ("ur", "میں آپ کی مدد نہیں کر سکتا۔", "refusal"),
    ],
)
def test_a_translation_is_told_at_its_line_of_the_catalogue(tongue, text, rule):
    assert (rule, 7) in said(text, tongue=tongue)


def test_every_language_has_every_list_of_words_that_are_never_said():
    never = {"false-safety", "promise", "people-first", "false-empathy", "method", "refusal"}
    required = {"can-skip", "automatic", "no-person", "cannot-ring", "do-not-stop", "must-share"}
    everywhere = never | required | {"blame", "threat", "privacy", "gives-away", "asks-who"}
    everywhere |= {"left-out", "wiped", "come-back", "that-is-all", "negations"}
    for words in WORDS.values():
        assert everywhere <= set(words.patterns), words.code


def test_what_she_types_is_never_judged():
    assert said("addict | junkie | 0121 496 0000", context="typed") == []


def test_names_of_services_are_never_judged():
    texts = [message("Ring Alcoholics Anonymous.")]
    assert check_words(texts, (ENGLISH,), ["Alcoholics Anonymous"]) == []
    assert check_words(texts, (ENGLISH,), ["Alcoholics"]) == []
    assert [one.rule for one in check_words(texts, (ENGLISH,))] == ["people-first"]


def test_the_plural_is_looked_at_too():
    assert said("One place", plural="Several addicts") == ["people-first"]


def test_without_a_translation_nothing_is_said_twice():
    empty = Tongue("pl", WORDS["pl"], "locales/pl.po", {})
    assert check_words([message("Hello.")], (ENGLISH, empty)) == []


def test_a_problem_of_a_phrase_names_the_phrase():
    phrase = message("They will help.")
    at = f"{PHRASES} SOME_PHRASE"
    found = check_words([type(phrase)("", phrase.msgid, "", (at,), mark=Mark())], (ENGLISH,))
    assert [(one.path, one.rule) for one in found] == [(PHRASES, "promise")]
    assert found[0].sentence.endswith("(SOME_PHRASE)")


@pytest.mark.parametrize("path", ["steps.one.why", "steps.one.choices.a.label", "steps.one.say"])
def test_only_a_question_can_ask_who_she_is(path):
    assert said("What is your name?", path) == []


def test_a_lock_screen_shows_only_the_beginning():
    hidden = "x" * (SHOWN + 1) + " alcohol"
    cut = "x" * (SHOWN - 4) + " alcohol"
    for text, rules in ((hidden, []), (cut, ["gives-away"])):
        one = message(text)
        found = check_words([one], (ENGLISH,), first=one.paths)
        assert [problem.rule for problem in found] == rules


def test_words_that_do_not_come_first_may_say_more():
    one = message("Alcohol")
    assert check_words([one], (ENGLISH,), first=["flows/a.yaml steps.other.say"]) == []


# ---- signs that nobody should type


@pytest.mark.parametrize("text", ["{}", "{name}", "%s", "%(x)s", "<b>", "</p>", "&nbsp;", "`x`"])
def test_signs_for_machines_are_told_and_break_nothing(text):
    assert said(f"Hello {text} there.") == ["markup"]
    assert ("markup", 7) in said(f"Witaj {text}.", tongue="pl")


@pytest.mark.parametrize("text", ["50 % of it", "A < B", "3 > 2", "A & B", "a $ sign", "it's"])
def test_plain_signs_are_left_alone(text):
    assert said(text) == []


@pytest.mark.parametrize("sign", "\u200b\u200c\u200d\u200e\u202e\u2066\ufeff\u00ad\u2028\x00\x1b")
def test_signs_that_cannot_be_seen_are_told_in_english(sign):
    assert "odd-sign" in said(f"Hel{sign}lo.")


@pytest.mark.parametrize(("sign", "odd"), [("\u200c", False), ("\u200d", False), ("\u200b", True)])
def test_joiners_are_letters_in_urdu(sign, odd):
    assert (("odd-sign", 7) in said(f"می{sign}ں", tongue="ur")) is odd


@pytest.mark.parametrize("text", ["", " ", "?", "...", "\u202e", "🙂", "$count", "|", "\n\n"])
def test_texts_without_words_break_nothing(text):
    assert "people-first" not in said(text)


def test_a_huge_text_is_read_in_no_time_that_matters():
    assert "many-words" in said("word " * 20_000)
