"""Every message of a right-to-left language, as a reader sees it: numbers keep their order.

The oracle is python-bidi, which has the Unicode algorithm. It gives a line as it is seen from left to
right; marks of direction stay in it and are taken out before comparing.
"""

import unicodedata

import pytest
from bidi import get_display

from bot import app
from bot.locales.catalogues import Catalogues
from bot.locales.languages import read_languages
from bot.locales.rendering import RIGHT_TO_LEFT_LINE, SLOTS, Kind, slots_in, strip_marks
from bot.locales.voice import TYPED
from bot.settings import Settings

LOCALES = app.folders(Settings()).locales
RIGHT_TO_LEFT = [
    language.code
    for language in read_languages(LOCALES)[0].all
    if language.rtl and Catalogues.read(LOCALES).languages.get(language.code)
]
# What can stand behind a slot: what the directory holds, and what would break a line.
VALUES = {
    Kind.NUMBER: ["0808 2000 247", "+44 121 234 5678", "999", "B29 7XX", "5", "18 000"],
    Kind.TIME: ["18:30", "9:00"],
    Kind.NAME: [
        "Swanswell (Dudley)",
        "24/7 Line",
        "CGL - Walsall",
        "1st Steps!",
        "شفا",
        "Kikit + 1",
    ],
    Kind.LINK: ["https://example.org/a-b?c=1", "www.example.org"],
    Kind.PLAIN: ["7"],
}
ISOLATES = {"\u2066", "\u2067", "\u2068"}


def seen(text):
    """The lines of a text from left to right, without marks, plain spaces."""
    lines = (get_display(line, base_dir="R") for line in text.split("\n"))
    return [strip_marks(line) for line in lines]


def messages():
    data = app.read_data(app.folders(Settings()))
    return [message for message in app.messages(data) if message.context != TYPED]


MESSAGES = messages()


def rendered(code):
    """Every message of a language with every value of its slots' kinds, one slot at a time."""
    voice = Catalogues.read(LOCALES).voice(code)
    for message in MESSAGES:
        names = slots_in(message.msgid + message.plural)
        usual = {name: VALUES[SLOTS[name].kind][0] for name in names}
        yield voice(message.msgid, **usual), []
        for name in sorted(names):
            for value in VALUES[SLOTS[name].kind]:
                yield voice(message.msgid, **{**usual, name: value}), [value]


def is_from_left(value):
    return not any(unicodedata.bidirectional(char) in {"R", "AL"} for char in value)


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_fault_18_every_value_is_seen_as_it_is_written(code):
    looked_at = 0
    for text, values in rendered(code):
        for value in filter(is_from_left, values):
            assert any(value in line for line in seen(text)), (text, value)
            looked_at += 1
    assert looked_at > 80


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_every_line_reads_from_the_right_and_every_island_is_closed(code):
    for text, _ in rendered(code):
        for line in filter(None, text.split("\n")):
            assert line.startswith(RIGHT_TO_LEFT_LINE), text
            depth = 0
            for char in line:
                depth += (char in ISOLATES) - (char == "\u2069")
                assert depth >= 0, text
            assert depth == 0, text


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_fault_18_numbers_that_stand_in_the_words_are_seen_as_they_are(code):
    for text, _ in rendered(code):
        for number in ("999", "111", "55"):
            if number in text:
                assert any(number in line for line in seen(text)), text


def test_the_oracle_sees_what_goes_wrong_without_islands():
    assert seen("فون 0808 2000 247") == ["247 2000 0808 نوف"]


def test_urdu_and_pashto_are_looked_at():
    assert set(RIGHT_TO_LEFT) == {"ur", "ps"}
