"""What typed text means at the question that stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.plan import Asked, Chosen, NotUnderstood
from bot.conversation.reading import Lexicon, lexicon_words, parsed, read


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


@given(st.text(max_size=600))
def test_no_text_makes_the_reader_raise(text):
    assert isinstance(read(text, lexicon(many=True)), Asked | Chosen | NotUnderstood)
