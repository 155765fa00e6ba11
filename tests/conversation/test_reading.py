"""What typed text means at the question that stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.plan import Asked, Chosen, NotUnderstood
from bot.conversation.reading import Lexicon, lexicon_words, parsed, read, says_more, understand
from bot.conversation.safety import safety_words


def lexicon(*, many=False, parse=None):
    return Lexicon(
        intents=lexicon_words([("back", "back | go back"), ("skip", "next")]),
        answers=lexicon_words(
            [("yes", "Yes"), ("no", "Not now"), ("yes", "haan | جی ہاں"), ("no", "yes")]
        ),
        options=("yes", "no", "maybe"),
        many=many,
        parse=parse,
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Go back!", Asked("back")),
        ("NEXT", Asked("skip")),
        ("2", Chosen(("no",))),
        ("۲", Chosen(("no",))),
        (" 3. ", Chosen(("maybe",))),
        ("not now", Chosen(("no",))),
        ("Haan", Chosen(("yes",))),
        ("جي هاں", Chosen(("yes",))),
        ("yes", Chosen(("yes",))),
        ("4", NotUnderstood()),
        ("0", NotUnderstood()),
        ("1 2", NotUnderstood()),
        ("", NotUnderstood()),
        ("!!!", NotUnderstood()),
        ("my name is Anna", NotUnderstood()),
    ],
)
def test_a_line_means_one_thing_or_nothing(typed, meant):
    assert read(typed, lexicon()) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 3", Chosen(("yes", "maybe"))),
        ("1, 3", Chosen(("yes", "maybe"))),
        ("haan, not now", Chosen(("yes", "no"))),
        ("haan, perhaps", NotUnderstood()),
        (",", NotUnderstood()),
        ("1 9", NotUnderstood()),
    ],
)
def test_several_answers_may_stand_in_one_line(typed, meant):
    assert read(typed, lexicon(many=True)) == meant


def test_what_is_no_answer_goes_to_the_parser():
    words = lexicon(parse=lambda text: text[:3].upper())
    assert read("b29 7xx", words) == NotUnderstood()
    assert parsed("b29 7xx", words) == Chosen(("B29",))
    assert parsed("b29 7xx", lexicon()) == NotUnderstood()


def test_what_the_parser_cannot_read_is_not_understood():
    assert parsed("rubbish", lexicon(parse=lambda _: None)) == NotUnderstood()


def test_a_word_for_everywhere_comes_before_an_answer():
    words = Lexicon({"next": "skip"}, {"next": "yes"}, ("yes",), many=False, parse=None)
    assert read("next", words) == Asked("skip")


SAFETY = safety_words([("leave", "stop"), ("urgent", "help | hit me")])


def understood(text, *, covered=False):
    def parse(typed):
        return "B29" if "b29" in typed else None

    return understand(text, SAFETY, lambda: lexicon(parse=parse), covered=covered)


@pytest.mark.parametrize(
    ("typed", "covered", "meant"),
    [
        ("stop", False, Asked("leave")),
        ("STOP!", True, Asked("leave")),
        ("help", True, Asked("urgent")),
        ("next", False, Asked("skip")),
        ("haan", False, Chosen(("yes",))),
        ("he hit me in b29", False, Asked("urgent")),
        ("he hit me in b29", True, Chosen(("B29",), more=True)),
        ("he hit me", True, NotUnderstood()),
        ("b29", False, Chosen(("B29",))),
        ("I drink, b29", False, Chosen(("B29",), more=True)),
        ("I drink", False, NotUnderstood()),
    ],
)
def test_safety_comes_before_answers_and_distress_before_the_parser(typed, covered, meant):
    assert understood(typed, covered=covered) == meant


def test_what_may_be_meant_is_not_asked_for_where_a_call_for_help_is_all():
    def words():
        raise AssertionError

    assert understand("help", SAFETY, words, covered=False) == Asked("urgent")


def test_an_answer_in_her_language_wipes_nothing_because_it_means_stop_in_another():
    safety = safety_words([("leave", "stop | haan | next")])
    for typed, meant in (
        ("stop", Asked("leave")),
        ("haan", Chosen(("yes",))),
        ("next", Asked("skip")),
    ):
        assert understand(typed, safety, lexicon, covered=False) == meant
    # Under the cover nothing is answered, so there it still leaves.
    assert understand("haan", safety, lexicon, covered=True) == Asked("leave")


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        ("B29 7XX", False), ("wv10 9zz", False), ("😭", False), ("", False), ("B 29", False),
        ("I am so tired", True), ("mieszkam w B29", True), ("بہت شرم آتی ہے", True),
    ],
)  # fmt: skip
def test_more_than_a_postcode_says_something_else_as_well(typed, more):
    assert says_more(typed) is more


@given(st.text(max_size=600))
def test_no_text_makes_the_reader_raise(text):
    assert isinstance(read(text, lexicon(many=True)), Asked | Chosen | NotUnderstood)
