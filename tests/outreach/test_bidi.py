"""The order of mixed lines, against the same algorithm in another library."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from bot.outreach.bidi import begins_leftwards, levels, visual_runs

# Letters of both directions, digits of three scripts, brackets, blanks, marks and joiners.
SIGNS = "abXY ابپچٹ שא 12 ۱۲ ٣ .,:/-+%()[]!?؟،\u064f\u0301\u200c\u200dਕ"
HEBREW_BRACKETS = "א(b)ג"


def seen(text, *, rtl):
    """The letters from left to right. Brackets are not mirrored: fonts do that, on both sides."""
    return "".join(
        text[start:end][::-1] if leftwards else text[start:end]
        for start, end, leftwards in visual_runs(text, rtl=rtl)
    )


def without_joiners(text):
    return text.replace("\u200c", "").replace("\u200d", "")


@given(st.text(SIGNS, max_size=24), st.booleans())
def test_every_line_comes_out_as_another_library_has_it(text, rtl):
    theirs = get_display(text, base_dir="R" if rtl else "L")
    assert without_joiners(seen(text, rtl=rtl)) == without_joiners(theirs)


@pytest.mark.parametrize(
    ("text", "rtl", "wanted"),
    [
        ("", True, ""),
        ("abc", False, "abc"),
        ("abc", True, "abc"),
        ("دال", True, "لاد"),
        ("فون 0121 227", True, "227 0121 نوف"),  # why numbers are islands in cards on a screen
        ("دال chat سوپ", True, "پوس chat لاد"),
        ("chat دال 12", False, "chat 12 لاد"),
        (HEBREW_BRACKETS, True, "ג)b(א"),
    ],
)
def test_known_lines(text, rtl, wanted):
    assert seen(text, rtl=rtl) == wanted


RARE = [
    "ا(\u064fب) c",  # a mark behind a bracket
    "a)ا](ب",  # brackets that do not match
    "ا (b [پ] c) d",
    "(" * 70 + "ا" + ")" * 70,  # more than are remembered
    "1+2 ا 3/4 ٣.٣ +٣",  # signs between numbers
    "%12 ا 12% a%1",
    "\u0301ا",
]


@pytest.mark.parametrize("text", RARE)
@pytest.mark.parametrize("rtl", [False, True])
def test_rare_lines(text, rtl):
    assert seen(text, rtl=rtl) == get_display(text, base_dir="R" if rtl else "L")


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [("", False), ("12 ()", False), ("Soup دال", False), ("(2) دال soup", True), ("א", True)],
)
def test_the_first_letter_decides(text, leftwards):
    assert begins_leftwards(text) is leftwards


def test_a_joiner_goes_with_the_letter_before_it():
    assert levels("ab\u200cپ", rtl=False) == [0, 0, 0, 1]


def test_blanks_at_the_end_stay_at_the_end():
    assert levels("دا ab  ", rtl=True)[-2:] == [1, 1]
