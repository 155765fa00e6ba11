"""Rehearsing: her own answers as sentences, the weightiest first, and nothing she did not ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.messages import Script
from bot.conversation.rehearsing import MOST_SAID, rehearse
from bot.locales import phrases as say
from bot.locales.voice import Voice
from bot.needs import Needs
from bot.topics import telling
from tests.directory.searching import vocabulary
from tests.talk import Talk

# Whether she tells these, and when, is hers to decide: they put a word on her, or need one that
# tells a stranger what it is about.
HERS_TO_TELL = {
    "alcohol", "drugs", "pregnancy", "child_removed", "prison_history", "sex_work", "lgbtq",
    "gypsy_roma_traveller", "no_recourse", "court_ordered", "not_dependent", "using_now",
    "young_person", "domestic_abuse", "sexual_violence", "exploitation", "mental_health",
    "residential", "leaving_prison_or_hospital", "trauma_informed",
}  # fmt: skip

WORDS = """
schema: 1
tags: [danger, discreet, unsafe_place]
needs:
  light: {tag: A, ask: A?, say: I would like a., met_by: {who: women}, weight: 1}
  heavy: {tag: B, ask: B?, say: I would like b., met_by: {who: women}, weight: 3}
  also_heavy: {tag: C, ask: C?, say: I would like c., met_by: {who: women}, weight: 3}
  untold: {tag: D, ask: D?, met_by: {who: women}, weight: 3}
  middle: {tag: E, ask: E?, say: I would like e., met_by: {who: women}, weight: 2}
  f: {tag: F, ask: F?, say: I would like f., met_by: {who: women}}
  g: {tag: G, ask: G?, say: I would like g., met_by: {who: women}}
  h: {tag: H, ask: H?, say: I would like h., met_by: {who: women}}
  alone: {tag: I, ask: I?, say: Can I see someone alone?, met_by: {who: women}, weight: 1}
"""
SMALL = vocabulary(WORDS)
HELLO = say.SAY_HELLO.text


@pytest.fixture
def said(world):
    """What she says, in English."""

    def lines(**asked):
        sets = {key: frozenset(words.split()) for key, words in asked.items()}
        return [
            each.words for each in rehearse(Needs(**sets), SMALL, world.catalogues.voice("en"))
        ]

    return lines


def test_she_begins_with_hello_also_where_she_asked_for_nothing(said):
    assert said() == [HELLO]


def test_what_she_must_have_comes_before_what_she_would_like(said):
    assert said(must="light", prefer="heavy") == [HELLO, "I would like a.", "I would like b."]


def test_the_weightiest_wish_comes_first_and_then_the_order_of_the_file(said):
    asked = said(prefer="light middle also_heavy heavy")
    assert asked[1:] == [f"I would like {letter}." for letter in "bcea"]


def test_a_need_that_she_alone_tells_is_left_out(said):
    assert said(must="untold") == [HELLO]


def test_what_she_also_wants_to_avoid_is_not_said(said):
    assert said(must="light heavy", avoid="heavy") == [HELLO, "I would like a."]
    assert said(avoid="heavy") == [HELLO]


def test_what_this_directory_does_not_know_is_passed_over(said):
    assert said(must="gone light") == [HELLO, "I would like a."]


def test_nobody_has_to_say_more_than_six_sentences(said):
    asked = said(must="light heavy also_heavy middle f g h", tags="danger")
    assert len(asked) == MOST_SAID + 2
    assert asked[:2] == [HELLO, "Can I see someone alone?"]
    assert "I would like h." not in asked


@pytest.mark.parametrize("tag", ["danger", "discreet"])
def test_where_somebody_may_listen_she_asks_to_be_alone(said, tag):
    assert said(tags=tag) == [HELLO, "Can I see someone alone?"]


def test_a_place_to_keep_away_from_is_no_reason_to_ask_to_be_alone(said):
    assert said(tags="unsafe_place") == [HELLO]


def test_she_asks_to_be_alone_only_once(said):
    asked = said(must="alone light", tags="danger discreet")
    assert asked == [HELLO, "Can I see someone alone?", "I would like a."]


def test_the_shipped_wish_to_be_alone_is_the_same_sentence(data):
    assert data.vocabulary.needs["sees_you_alone"].say == say.SAY_ALONE.text


@pytest.mark.parametrize(
    ("language", "words", "english"),
    [
        ("en", "I would like someone who speaks my language.", ""),
        (
            "pl",
            "Chciałabym rozmawiać z kimś, kto mówi w moim języku: polski.",
            "I would like someone who speaks Polish.",
        ),
    ],
)
def test_her_language_is_named_where_a_worker_could_not_guess_it(
    world, data, language, words, english
):
    needs = Needs(must=frozenset({"my_language"}), language=language)
    *_, line = rehearse(needs, data.vocabulary, world.catalogues.voice(language))
    assert (line.words, line.english) == (words, english)


def test_in_urdu_the_name_of_her_language_stands_in_both(world, data):
    needs = Needs(must=frozenset({"my_language"}))
    *_, line = rehearse(needs, data.vocabulary, world.catalogues.voice("ur"))
    assert "اردو" in line.words
    assert line.english == "\u2068I would like someone who speaks Urdu.\u2069"


def test_her_language_is_named_in_english_where_the_sentence_has_no_translation(world, data):
    polish = world.catalogues.voice("pl")
    bare = Voice(polish.language, {}, polish.english)
    needs = Needs(must=frozenset({"my_language"}))
    *_, line = rehearse(needs, data.vocabulary, bare)
    assert (line.words, line.english) == ("I would like someone who speaks Polish.", "")


# ---- the words that ship


def test_she_is_given_a_sentence_for_every_need_but_those_that_are_hers_to_tell(data):
    silent = {need.id for need in data.vocabulary.needs.values() if not need.say}
    assert silent == HERS_TO_TELL


def test_no_sentence_stands_twice(data):
    said = [need.say for need in data.vocabulary.needs.values() if need.say]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("language", ["ur", "pl"])
def test_every_sentence_has_its_translation_with_the_english_beside_it(world, data, language):
    voice = world.catalogues.voice(language)
    every = frozenset(data.vocabulary.needs)
    for id in every:
        for line in rehearse(Needs(must=frozenset({id})), data.vocabulary, voice):
            assert line.english.strip("\u2068\u2069").isascii()
            assert line.words != line.english
    urdu = rehearse(Needs(must=every), data.vocabulary, world.catalogues.voice("ur"))
    assert all(line.english[0] == "\u2068" and line.english[-1] == "\u2069" for line in urdu)


def test_in_english_nothing_stands_beside(world, data):
    every = Needs(must=frozenset(data.vocabulary.needs))
    assert {line.english for line in rehearse(every, data.vocabulary, world.catalogues.voice("en"))} == {""}  # fmt: skip


# ---- for any answers at all

IDS = st.frozensets(st.sampled_from([*SMALL.needs, "gone"]))
TYPED = "my name is Amina 07700 900123 Flat 2"


@settings(deadline=None)
@given(IDS, IDS, IDS, st.frozensets(st.sampled_from(["danger", "discreet", "unsafe_place"])))
def test_a_script_is_made_of_the_catalogue_alone(world, must, prefer, avoid, tags):
    needs = Needs(must, prefer, avoid, tags, outcode="B29", hidden=frozenset({"anawim"}))
    lines = rehearse(needs, SMALL, world.catalogues.voice("en"))
    asked = (must | prefer) - avoid
    allowed = {SMALL.needs[id].say for id in asked & SMALL.needs.keys()}
    assert {line.words for line in lines} <= allowed | {HELLO, say.SAY_ALONE.text}
    assert lines[0].words == HELLO
    assert 1 <= len(lines) <= MOST_SAID + 2
    assert not any(telling(line.words) for line in lines)


CHOSEN = st.lists(st.sampled_from(["1", "2", "3", "1 2", "1 3 4", "next", "back"]), max_size=12)


@settings(max_examples=40, deadline=None)
@given(CHOSEN, st.sampled_from(["en", "ur", "pl"]), st.sampled_from(["1", "2"]))
def test_nothing_she_typed_is_in_any_script(world, data, moment, answers, language, which):
    """Whatever she answers and types, every line is a sentence that stood there before she came."""
    talk = Talk(world, moment, language)
    talk.type("2", "B29", *answers, TYPED, "what now", which)
    voice = world.catalogues.voice(talk.card.language)  # "back" may lead to the language question
    sentences = [need.say for need in data.vocabulary.needs.values() if need.say]
    known = {voice(each) for each in (*sentences, say.SAY_HELLO.text, say.SAY_ALONE.text)}
    known.add(voice(say.SAY_LANGUAGE, words=voice.language_name(talk.card.language)))
    (script,) = [block for block in talk.card.blocks if isinstance(block, Script)]
    assert {line.words for line in script.lines} <= known
    assert "B29" not in talk.text
    for piece in ("Amina", "07700", "900123", "Flat"):
        assert piece not in talk.text
        assert piece.encode() not in talk.kept()
