"""Slots and islands of direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.rendering import (
    SLOTS,
    Kind,
    clean,
    from_right,
    isolate,
    marks_in,
    render,
    slots_in,
    strip_marks,
)

# What a reader sees, left to right, worked out once with Debian's fribidi 1.0.8:
#   printf '%s\n' "$LOGICAL" | fribidi --charset UTF-8 --nopad --nobreak --clean
# The letters of the visual string are the joined forms that fribidi puts in.
SEEN = [
    (
        "ابھی $number پر فون کریں۔",
        {"number": "0808 2000 247"},
        "\u200fابھی \u20660808\xa02000\xa0247\u2069 پر فون کریں۔",
        "\u06d4\ufb9f\ufbfe\ufeae\ufb90 \ufee5\ufeee\ufed3 \ufeae\ufb58 0808\xa02000\xa0247 "
        "\ufbfd\ufbad\ufe91\ufe8d",
    ),
    (
        "فون: $number",
        {"number": "+44 121 234 5678"},
        "\u200fفون: \u2066+44\xa0121\xa0234\xa05678\u2069",
        "+44\xa0121\xa0234\xa05678 :\ufee5\ufeee\ufed3",
    ),
    (
        "$time سے $until تک",
        {"time": "18:30", "until": "21:00"},
        "\u200f\u206618:30\u2069 سے \u206621:00\u2069 تک",
        "\ufb8f\ufe97 21:00 \ufbaf\ufeb3 18:30",
    ),
    (
        "$time تک",
        {"time": "6:30 شام"},
        "\u200f\u20686:30\xa0شام\u2069 تک",
        "\ufb8f\ufe97 \ufee1\ufe8e\ufeb7\xa06:30",
    ),
    (
        "$place آپ کے قریب ہے۔",
        {"place": "Swanswell (Dudley)"},
        "\u200f\u2068Swanswell (Dudley)\u2069 آپ کے قریب ہے۔",
        "\u06d4\ufbaf\ufba8 \ufe90\ufbfe\ufeae\ufed7 \ufbaf\ufb90 \ufb56\ufe81 Swanswell (Dudley)",
    ),
    (
        "پتہ: $number۔",
        {"number": "B29 7XX"},
        "\u200fپتہ: \u2066B29\xa07XX\u2069۔",
        "\u06d4B29\xa07XX :\ufba7\ufe98\ufb58",
    ),
]

# The same words as they would be without any of it, and what a reader would see then.
WRONG = [
    ("ابھی $number پر", "0808 2000 247", "247 2000 0808"),
    ("فون: $number", "+44 121 234 5678", "5678 234 121 44+"),
]


@pytest.mark.parametrize(("template", "slots", "logical", "visual"), SEEN)
def test_urdu_with_a_value_is_the_text_that_the_oracle_was_asked_about(
    template, slots, logical, visual
):
    assert render(template, slots, rtl=True) == logical


@pytest.mark.parametrize(("template", "slots", "logical", "visual"), SEEN[:3] + SEEN[4:])
def test_a_reader_of_urdu_sees_every_value_in_its_own_order(template, slots, logical, visual):
    assert all(value in visual.replace("\xa0", " ") for value in slots.values())


@pytest.mark.parametrize(("template", "value", "seen"), WRONG)
def test_without_an_island_the_oracle_saw_the_number_turned_round(template, value, seen):
    assert seen != value
    assert seen not in render(template, {"number": value}, rtl=True)


def test_left_to_right_words_get_no_marks():
    assert render("Ring $number", {"number": "0808 2000 247"}) == "Ring 0808 2000 247"


def test_every_line_of_right_to_left_words_starts_with_the_mark():
    lines = render("پہلی\n\nدوسری", {}, rtl=True).split("\n")
    assert [line[:1] for line in lines] == ["\u200f", "", "\u200f"]


def test_a_slot_outside_the_closed_set_leaves_nothing_behind():
    assert render("Ring $nobody now", {"nobody": "x"}) == "Ring  now"


def test_a_slot_without_a_value_leaves_nothing_behind():
    assert render("Opens $day", {}) == "Opens "


def test_a_value_with_a_slot_in_it_stays_as_it_is():
    assert render("In $place", {"place": "$number", "number": "1"}) == "In $number"


def test_an_amount_of_money_is_no_slot():
    assert slots_in("It costs $5 and $time") == {"time"}


def test_format_fields_and_percent_signs_mean_nothing():
    text = "{0.__class__} %(name)s %s"
    assert render(text, {"time": "1"}) == text


def test_a_value_loses_control_characters_and_marks():
    assert clean("a\u202eb\x00c\u2066d") == "abcd"


def test_a_value_becomes_one_line():
    assert clean("Recovery Hub\r\nDudley\u2028x") == "Recovery Hub Dudley x"


def test_a_value_that_is_too_long_is_cut_and_says_so():
    assert clean("a" * 50, 10) == "a" * 9 + "…"


def test_each_slot_has_its_own_longest_value():
    long = "9" * 200
    assert len(render("$number", {"number": long})) == SLOTS["number"].most
    assert len(render("$words", {"words": long})) == 200


def test_joiners_inside_a_name_stay():
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("value", "kind", "made"),
    [
        ("شام", Kind.PLAIN, "شام"),
        ("", Kind.NUMBER, ""),
        ("07 8", Kind.NUMBER, "\u206607\xa08\u2069"),
        ("a.org/b c", Kind.LINK, "\u2066a.org/b c\u2069"),
        ("18:30", Kind.TIME, "\u206618:30\u2069"),
        ("6 شام", Kind.TIME, "\u20686\xa0شام\u2069"),
        ("Anna B", Kind.NAME, "\u2068Anna B\u2069"),
    ],
)
def test_an_island_fits_what_stands_on_it(value, kind, made):
    assert isolate(value, kind) == made


def test_stripping_gives_back_what_can_be_typed():
    assert strip_marks(from_right(isolate("0808 2000 247", Kind.NUMBER))) == "0808 2000 247"


def test_a_mark_typed_by_hand_is_seen():
    assert marks_in("a\u200fb")
    assert not marks_in("می\u200cخواهم")


@given(
    st.text(max_size=60),
    st.dictionaries(st.sampled_from(sorted(SLOTS)), st.text(max_size=60), max_size=4),
)
def test_islands_are_always_closed_and_nothing_is_raised(template, slots):
    made = render(strip_marks(template), slots, rtl=True)
    assert made.count("\u2066") + made.count("\u2068") == made.count("\u2069")


@given(st.text(max_size=200))
def test_a_cleaned_value_has_no_mark_and_one_line(value):
    made = clean(value)
    assert not marks_in(made)
    assert len(made) <= 120
    assert len(made.splitlines()) <= 1
