import pytest

from bot.directory.loader import load_service
from bot.directory.reading import day_range, is_date, parts
from tests.directory.entries import entry, rules, written


def test_the_parts_of_a_block_are_found_in_the_shape():
    assert parts("")["worker"] == "block"
    assert parts("")["contact"] == "list"
    assert set(parts("age.")) == {"from", "to"}
    assert "step_free" in parts("places[].")


@pytest.mark.parametrize("text", ["2026", "2026-02", "2028-02-29", "1999-12-31"])
def test_a_date_may_be_a_year_a_month_or_a_day(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-02-29", "2026-2-1", "26", "2026-02-", "next year", "0000", "２０２６"],
)
def test_anything_else_is_no_date(text):
    assert not is_date(text)


def test_a_single_day_is_a_range_of_one():
    assert day_range("2026-12-24") == ("2026-12-24", "2026-12-24")
    assert day_range("2026-12-24..2027-01-02") == ("2026-12-24", "2027-01-02")


def test_spaces_around_a_text_are_taken_off():
    assert entry(name='"  A Centre "').name == "A Centre"


def test_a_single_word_counts_as_a_list_of_one():
    assert entry(kind="legal").kinds == ("legal",)


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"name": "[A, Centre]"}, "wrong-type"),
        ({"worker": "female"}, "wrong-type"),
        ({"contact": "0121 303 0000"}, "wrong-type"),
        ({"summary": "A quiet place."}, "wrong-type"),
        ({"kind": '["", legal]'}, "empty"),
        ({"worker": "{female: }"}, "empty"),
        ({"summary": "{en: }"}, "empty"),
        ({"summary": "{pa: ਮਦਦ}"}, "missing"),
        ({"contact": "[{number: 0121 303 0000}]"}, "missing"),
        ({"contact": "[{type: phone}]"}, "missing"),
        ({"schema": "2"}, "not-a-choice"),
        ({"cost": "{free: true}"}, "not-a-choice"),
        ({"who": '" "'}, "empty"),
        ({"hours": "{bank_holidays: shut}"}, "not-a-choice"),
        ({"summary": "{en: A place., xx: A place.}"}, "not-a-language"),
        ({"languages": "{interpreter: [qqqq]}"}, "not-a-language"),
        ({"age": "{from: -1}"}, "not-a-number"),
        ({"age": '{from: "18"}'}, "not-a-number"),
        ({"age": "{from: true}"}, "not-a-number"),
        ({"residential": "{weeks: [12, many]}"}, "not-a-number"),
        ({"wait": "{as_of: June}"}, "not-a-date"),
        ({"wait": '{as_of: ""}'}, "empty"),
        ({"hours": "{closed_on: [2026-12-24..2026]}"}, "not-a-day-range"),
        ({"hours": "{closed_on: 24 December}"}, "not-a-day-range"),
        ({"hours": "{bank_holidays: [closed, as_usual]}"}, "hours-line"),
        ({"name": '"A\\u200B Centre"'}, "odd-character"),
    ],
)
def test_a_value_that_cannot_be_used_is_reported(keys, rule):
    assert rule in rules(**keys)


def test_joiners_stay_because_languages_are_spelled_with_them():
    assert entry(summary='{en: A place., bn: "র\\u200D্য"}').summary["bn"] == "র\u200d্য"


def test_an_interpreter_may_be_any_by_phone():
    assert entry(languages="{interpreter: [pl, any_by_phone]}").has(
        "languages.interpreter", "any_by_phone"
    )


def test_holidays_may_have_lines_of_their_own():
    hours = entry(hours='{bank_holidays: ["Mo 10:00-12:00"], school_holidays: closed}').hours
    assert hours.bank_holidays == ("Mo 10:00-12:00",)
    assert hours.school_holidays == "closed"


@pytest.mark.parametrize(
    ("code", "meant"), [("pu", "'pa' (Punjabi)"), ("Panjabi", "'pa' (Punjabi)"), ("qq", "ISO 639")]
)
def test_a_language_that_is_no_code_brings_the_code_that_is_meant(code, meant):
    _, problems = load_service(written(languages=f"{{spoken: [{code}]}}"))
    assert meant in problems[0].sentence


def test_a_line_in_quotes_is_pointed_at_where_it_starts():
    _, (plain,) = load_service(written(hours="{open: [Mo 09:00-25:00]}"))
    _, (quoted,) = load_service(written(hours='{open: ["Mo 09:00-25:00"]}'))
    assert (plain.column, quoted.column) == (25, 16)
