"""A kit: codes read back from the printed picture by another library, and what is refused."""

from dataclasses import replace

import pytest
import zxingcpp

from bot.exceptions import SettingsError
from bot.outreach.content import DESIGNS, Said
from bot.outreach.designs import STRIPS
from bot.outreach.kit import file_of, sheets_of
from tests.outreach.printing import ADDRESS, LANGUAGES, content, made, picture

CODES = {"card": 10, "sticker": 15, "a5": 1, "a4": 1 + STRIPS}


def read(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("paper", CODES)
@pytest.mark.parametrize("code", ["en", "ur"])
def test_every_code_on_a_sheet_is_read_back(paper, code):
    count = CODES[paper] if paper in {"card", "sticker"} else 1
    found = read(picture(made(code, paper=paper, count=count)))
    assert found == [ADDRESS] * CODES[paper]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_code_is_read_from_a_poor_print(design):
    small = picture(made("pa", design), dots=96).convert("L")
    assert read(small.point(lambda value: 90 + value // 3)) == [ADDRESS]


def test_languages_follow_each_other_and_share_nothing_but_the_code():
    cards = [(LANGUAGES[code], content(code)) for code in ("en", "pa")]
    found = sheets_of(cards, ADDRESS, "card", 11)
    assert [len(sheet.placed) for sheet in found] == [10, 1, 10, 1]
    pdf = file_of(found, "pdf")
    assert read(picture(pdf, 3)) == [ADDRESS]


def refused(match, code="en", paper="card", address=ADDRESS, **changed):
    with pytest.raises(SettingsError, match=match):
        sheets_of([(LANGUAGES[code], replace(content(code), **changed))], address, paper, 1)


def test_what_cannot_be_printed_is_one_sentence():
    refused("no letter is shipped for U\\+1F372 in 'en'", heading=Said("Soup \U0001f372"))
    refused("no letter is shipped for U\\+0A38 in 'ur'", code="ur", heading=Said("ਸੂਪ", rtl=True))
    refused("the words do not fit on 'card' in 'en'", heading=Said("W" * 40))
    refused("the words do not fit on 'a4' in 'en'", paper="a4", heading=Said("W" * 200))
    refused("the address is too long", address=f"https://example.org/{'x' * 300}")


def test_a_language_without_letters_is_refused():
    other = replace(LANGUAGES["en"], code="am", script="Ethi")
    with pytest.raises(SettingsError, match="no letters of 'am' are shipped"):
        sheets_of([(other, content("en"))], ADDRESS, "card", 1)


def test_an_svg_holds_one_sheet():
    found = sheets_of([(LANGUAGES["en"], content("en"))], ADDRESS, "card", 11)
    with pytest.raises(SettingsError, match="one sheet, and these are 2"):
        file_of(found, "svg")
