"""What a worker gives: one sentence for what cannot be printed, and nothing of it in the sentence."""

import pytest

from bot.exceptions import SettingsError
from bot.outreach.given import LONGEST_HEADING, address_of, heading_of, printed

HEADINGS = [
    "Lentil soup",
    "Sewing & knitting (Room 3)",
    "مسور کی دال",
    "می\u200cخواهم",
    "ਮਸਰਾਂ ਦੀ ਦਾਲ",
    "क्ष\u200dत्र",
    "Ăștia și țara",
    "W" * LONGEST_HEADING,
]
BAD = {
    "empty": "  ",
    "too long": "W" * (LONGEST_HEADING + 1),
    "new line": "Soup\nDrugs",
    "tab": "Soup\tx",
    "null": "Soup\x00",
    "escape": "Soup\x1b[31m",
    "right-to-left override": "Soup \u202egurd",
    "isolate": "\u2067Soup\u2069",
    "mark of direction": "Soup\u200f",
    "zero-width space": "dr\u200bug",
    "word joiner": "so\u2060up",
    "markup": "<b>Soup</b>",
    "entity as markup": "Soup <",
    "template": "{0.__class__}",
    "percent": "%(n)20000000d",
    "dollar": "$count",
    "emoji": "Soup \U0001f372",
    "private letter": "Soup \ue000",
    "lone surrogate": "Soup \udc80",
    "line separator": "Soup\u2028x",
    "no letter": "12 - 3",
    "piled marks": "S" + "\u0301" * 5 + "oup",
    "marks piled over joiners": "S" + "\u0301\u0301\u0301\u200d" * 9 + "oup",
    "mark without a letter": "\u0301soup",
    "joiner without a letter": "\u200dsoup",
    "two joiners": "so\u200d\u200cup",
    "fixed space": "So\u00a0up",
}


@pytest.mark.parametrize("text", HEADINGS)
def test_headings_in_any_script_are_taken(text):
    assert heading_of(f" {text} ") == text


def test_the_sentence_names_the_heading_as_the_worker_knows_it():
    with pytest.raises(SettingsError, match=r"^the link's cover has the sign U\+0023"):
        heading_of("Room 5 #2", "the link's cover")


def test_letters_are_composed():
    assert heading_of("Cafe\u0301") == "Café"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_heading_is_one_sentence_that_repeats_nothing(name):
    with pytest.raises(SettingsError) as caught:
        heading_of(BAD[name])
    sentence = str(caught.value)
    assert sentence.startswith("--cover ")
    assert sentence.isascii()
    assert sentence.isprintable()
    assert "oup" not in sentence
    assert len(sentence) < 120


@pytest.mark.parametrize(
    ("address", "letters"),
    [
        ("https://notes.example.org/k7m2", "notes.example.org/k7m2"),
        ("https://notes.example.org/", "notes.example.org"),
        ("https://t.me/notes_bot?start=k-ab", "t.me/notes_bot?start=k-ab"),
        ("https://notes.example.org:8443/#k", "notes.example.org:8443/#k"),
    ],
)
def test_an_address_is_printed_without_what_nobody_types(address, letters):
    assert printed(address_of(address)) == letters


@pytest.mark.parametrize(
    "address",
    [
        "",
        "notes.example.org",
        "http://notes.example.org/k",
        "javascript:alert(1)",
        "https://",
        "https:///k",
        "https://notes.example.org/a b",
        "https://notes.example.org/\n",
        "https://notes.example.org/\u202ek",
        "https://nоtes.example.org/k",  # a Cyrillic o
        "https://user" + ":word@notes.example.org/k",  # in two parts: no secret
        "https://user@notes.example.org/k",
        "https://notes.example.org/<script>",
        "https://notes.example.org/'\"",
        "https://[notes/k",
        "https://notes.example.org/" + "k" * 120,
    ],
)
def test_a_bad_address_is_one_sentence_that_repeats_nothing(address):
    with pytest.raises(SettingsError, match=r"^the address of a card [^<>]*$") as caught:
        address_of(address)
    assert "notes" not in str(caught.value)
