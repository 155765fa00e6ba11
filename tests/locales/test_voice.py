"""One language's door to words, times and lists."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.locales.languages import ENGLISH, Language, read_languages
from bot.locales.phrases import NOT_UNDERSTOOD, OPENS_ON_DAY, PHONE, Phrase
from bot.locales.rendering import SLOTS, Kind
from bot.locales.voice import TYPED, Said, Translation, Voice, packed, unpacked

LANGUAGES, _ = read_languages(Path(__file__).parents[2] / "locales")
BACK = Phrase("Back")
FOUND = Phrase(
    "I know $count place that may suit you.", plural="I know $count places that may suit you."
)
ENGLISH_VOICE = Voice(ENGLISH, {})
EVENING = datetime.datetime(2026, 3, 5, 18, 30, tzinfo=datetime.UTC)  # a Thursday


def language(code: str) -> Language:
    return next(one for one in LANGUAGES.all if one.code == code)


def voice(code: str, messages: Mapping[tuple[str, str], Said] | None = None) -> Voice:
    entries: dict[str, dict[str, Said]] = {}
    for (context, text), found in (messages or {}).items():
        entries.setdefault(context, {})[text] = found
    return Voice(language(code), entries, ENGLISH_VOICE)


def said(
    text: str, forms: tuple[str, ...], sure: bool = True, context: str = ""
) -> dict[tuple[str, str], Said]:
    return {(context, text): packed(forms, sure=sure)}


POLISH = voice(
    "pl",
    said("Back", ("Wstecz",))
    | said(OPENS_ON_DAY.text, ("Zamknięte. Otwarcie: $day, $time",))
    | said(FOUND.text, ("$count miejsce", "$count miejsca", "$count miejsc"))
    | said(NOT_UNDERSTOOD.text, ("Stare słowa. 999",), sure=False)
    | said("Phone", ("Stary telefon",), sure=False)
    | said("back | go back", ("wstecz | cofnij |",), context=TYPED),
)
URDU = voice("ur", said("Back", ("واپس",)) | said("In $place", ("$place میں",)))


@pytest.mark.parametrize(
    ("forms", "sure", "back"),
    [
        (("a",), True, False),
        (("a", "b"), True, False),
        (("a",), False, False),
        (("a",), True, True),
    ],
)
def test_what_was_packed_comes_out_whole_and_plain_words_are_kept_alone(forms, sure, back):
    found = packed(forms, sure=sure, back=back)
    assert unpacked(found) == Translation(forms, sure, back)
    assert (found == "a") == (forms == ("a",) and sure and not back)


def test_words_come_in_her_language():
    assert POLISH(BACK) == "Wstecz"


def test_plain_english_text_is_looked_up_too():
    assert POLISH("Back") == "Wstecz"


def test_slots_are_filled():
    words = POLISH(OPENS_ON_DAY, day=POLISH.day(EVENING), time=POLISH.time(EVENING))
    assert words == "Zamknięte. Otwarcie: czwartek, 18:30"


def test_words_without_translation_come_in_english():
    assert POLISH(Phrase("Ring $number"), number="111") == "Ring 111"


def test_english_words_in_an_urdu_talk_run_from_the_left():
    assert URDU("Ring $number", number="111") == "Ring 111"


def test_urdu_words_get_their_marks():
    assert URDU("In $place", place="Dudley") == "\u200f\u2068Dudley\u2069 میں"


def test_words_whose_english_changed_are_still_shown():
    assert POLISH(PHONE) == "Stary telefon"


def test_safety_words_whose_english_changed_come_in_english():
    assert POLISH(NOT_UNDERSTOOD) == NOT_UNDERSTOOD.text


def test_it_tells_what_it_can_say():
    assert POLISH.has(BACK)
    assert not POLISH.has("Ring")
    assert not POLISH.has(NOT_UNDERSTOOD)
    assert ENGLISH_VOICE.has("anything")


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 miejsce"), (2, "2 miejsca"), (5, "5 miejsc"), (12, "12 miejsc"), (22, "22 miejsca")],
)
def test_polish_has_three_plural_forms(count, words):
    assert POLISH.plural(FOUND, count) == words


def test_a_plural_without_translation_comes_in_english():
    assert URDU.plural(FOUND, 1) == "I know 1 place that may suit you."
    assert URDU.plural(FOUND, 2) == "I know 2 places that may suit you."


def test_a_phrase_without_plural_is_said_for_any_count():
    assert ENGLISH_VOICE.plural(Phrase("$count of $place"), 3, place="x") == "3 of x"


def test_too_few_forms_never_raise():
    short = voice("pl", said(FOUND.text, ("$count miejsce",)))
    assert short.plural(FOUND, 5) == "5 miejsce"


def test_typed_words_are_split():
    assert POLISH.typed(Phrase("back | go back")) == ("wstecz", "cofnij")


def test_typed_words_without_translation_are_english():
    assert POLISH.typed(Phrase("stop | exit")) == ("stop", "exit")


def test_a_word_to_read_is_never_a_word_to_type():
    assert POLISH.typed(BACK) == ("Back",)


@pytest.mark.parametrize(
    ("code", "shown"), [("en", "18:30"), ("pl", "18:30"), ("ur", "6:30 شام"), ("ps", "18:30")]
)
def test_times_are_written_as_her_language_writes_them(code, shown):
    assert voice(code).time(EVENING) == shown
    assert voice(code).time(EVENING.time()) == shown


@pytest.mark.parametrize(
    ("seen", "shown"),
    [("2025", "2025"), ("2025-03", "March 2025"), ("2025-03-31", "March 2025")],
)
def test_a_month_is_no_more_exact_than_its_source(seen, shown):
    assert ENGLISH_VOICE.month(seen) == shown


def test_dates_and_lists():
    assert ENGLISH_VOICE.date(EVENING) == "5 March"
    assert POLISH.date(EVENING) == "5 marca"
    assert ENGLISH_VOICE.listing(["a", "b", "c"]) == "a, b and c"
    assert URDU.listing(["a", "b"]) == "a اور b"
    assert ENGLISH_VOICE.listing([]) == ""


def test_languages_are_named_in_her_language():
    assert POLISH.language_name("ur") == "urdu"
    assert POLISH.language_name("bfi") == "bfi"


def test_only_right_to_left_languages_need_islands():
    assert URDU.isolate("111", Kind.NUMBER) == "\u2066111\u2069"
    assert POLISH.isolate("111", Kind.NUMBER) == "111"
    assert (URDU.direction, POLISH.direction) == ("rtl", "ltr")


def test_a_language_that_unicode_does_not_know_counts_and_dates_like_english():
    unknown = Voice(
        Language("xq", "X", "Latn", "ltr", "HH:mm", "nplurals=2; plural=(n != 1);", {"other": 0}),
        {"": {FOUND.text: packed(("a $count", "b $count"))}},
        ENGLISH_VOICE,
    )
    assert unknown.day(EVENING) == "Thursday"
    assert unknown.plural(FOUND, 2) == "a 2"


def everything(code: str) -> list[str]:
    one = voice(code)
    days = [one.day(EVENING + datetime.timedelta(days=n)) for n in range(7)]
    months = [one.month(f"2025-{n:02}") for n in range(1, 13)]
    return [one.time(datetime.time(n)) for n in range(24)] + days + months + [one.date(EVENING)]


CODES = [one.code for one in LANGUAGES.all]


@pytest.mark.parametrize("code", [one.code for one in LANGUAGES.all if one.script != "Latn"])
def test_other_scripts_show_no_latin_letters_and_no_digits_of_their_own(code):
    for shown in everything(code):
        assert not any("a" <= char.lower() <= "z" for char in shown)
        assert all(char in "0123456789" for char in shown if char.isdigit())


def test_days_are_not_those_of_another_language():
    # Babel's `cccc` keeps the days of the first language that was asked for, in every other one.
    assert len({voice(code).day(EVENING) for code in CODES}) >= len(CODES) - 3
    assert voice("pl").day(EVENING) == "czwartek"
    assert voice("ur").day(EVENING) == "جمعرات"
    assert voice("en").day(EVENING) == "Thursday"


def test_every_slot_can_be_filled_whatever_its_name():
    template = " ".join(f"${name}" for name in SLOTS)
    phrase = Phrase(template, plural=template)
    values = {name: name.upper() for name in SLOTS}
    assert POLISH(phrase, **values).split() == [name.upper() for name in SLOTS]
    counted = POLISH.plural(phrase, 3, **values).split()
    assert counted == ["3" if name == "count" else name.upper() for name in SLOTS]
