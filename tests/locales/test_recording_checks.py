"""Checks of recordings: what there is to record, and what nobody can hear."""

from pathlib import Path

import pytest

from bot.locales import recording_checks
from bot.locales.languages import read_languages
from bot.locales.recording_checks import check_recordings, recordables
from bot.locales.recordings import MOST_BYTES, SUFFIX, sum_of
from tests.locales.examples import MESSAGES, message
from tests.locales.shelves import make
from tests.recorded import tone

BROKEN = Path(__file__).parent / "broken"
WHERE, DANGER = "Where are you now?", "In danger? Ring 999."


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path)


def put(folder: Path, name: str, data: bytes, code: str = "pl") -> None:
    home = folder / code / "audio"
    home.mkdir(parents=True, exist_ok=True)
    (home / name).write_bytes(data)


def told(folder):
    """The rule, the level and the place of everything that is found."""
    found = check_recordings(MESSAGES, folder, read_languages(folder)[0])
    return [(one.rule, one.level, one.path) for one in found]


def test_what_a_step_says_and_asks_is_read_aloud_and_nothing_else(folder):
    assert [one.words for one in recordables(folder, "en", MESSAGES)] == [WHERE, DANGER, "NHS"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("steps.one.say", 1),
        ("steps.one.ask", 1),
        ("steps.one.for_other", 1),
        ("steps.one.why", 0),
        ("steps.one.retry", 0),
        ("steps.one.choices.yes.label", 0),
        ("steps.one.choices.yes.for_other", 0),
        ("everywhere.back.label", 0),
    ],
)
def test_the_place_says_whether_it_is_read_aloud(folder, path, count):
    assert len(recordables(folder, "en", [message("Anything", path)])) == count


def test_words_that_stand_in_a_second_place_are_told_with_the_place_where_they_are_heard(folder):
    twice = message("Anything", "steps.one.choices.yes.label", "steps.two.ask")
    assert [one.where for one in recordables(folder, "en", [twice])] == [
        "flows/a.yaml steps.two.ask"
    ]


def test_a_translation_has_another_file_than_the_english(folder):
    english, polish = (recordables(folder, code, MESSAGES)[0] for code in ("en", "pl"))
    assert (english.file, english.words) == (sum_of(WHERE, WHERE) + SUFFIX, WHERE)
    assert (polish.file, polish.words) == (
        sum_of(WHERE, "Gdzie jesteś?") + SUFFIX,
        "Gdzie jesteś?",
    )


def test_a_language_without_a_catalogue_has_nothing_to_record(folder):
    assert recordables(folder, "ur", MESSAGES) == []


def test_a_catalogue_that_cannot_be_read_has_nothing_to_record(folder):
    (folder / "pl" / "LC_MESSAGES" / "bot.po").write_bytes(b"\xff")
    assert recordables(folder, "pl", MESSAGES) == []


def test_what_was_recorded_is_told_as_there(folder):
    first, *others = recordables(folder, "pl", MESSAGES)
    put(folder, first.file, tone())
    again, *left = recordables(folder, "pl", MESSAGES)
    assert (first.there, again.there, left) == (False, True, others)


def test_a_good_recording_is_no_problem(folder):
    for code in ("en", "pl"):
        for one in recordables(folder, code, MESSAGES):
            put(folder, one.file, tone(), code)
    assert told(folder) == []


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.opus")), ids=lambda path: path.stem)
def test_a_broken_recording_is_told(path, folder):
    first = recordables(folder, "pl", MESSAGES)[0]
    name = first.file if path.stem == "bad-recording" else "0" * 64 + SUFFIX
    put(folder, name, path.read_bytes())
    level = "error" if path.stem == "bad-recording" else "info"
    assert told(folder) == [(path.stem, level, f"locales/pl/audio/{name}")]


def test_every_rule_has_a_broken_recording():
    assert {path.stem for path in BROKEN.glob("*.opus")} == recording_checks.RULES.keys()


def test_a_recording_that_is_too_large_is_told(folder):
    put(folder, recordables(folder, "pl", MESSAGES)[0].file, b"OggS".ljust(MOST_BYTES + 1))
    assert [rule for rule, _, _ in told(folder)] == ["bad-recording"]


@pytest.mark.parametrize("name", ["Where are you now?.opus", "0.mp3", f"{'0' * 64}.ogg"])
def test_a_file_with_another_name_is_told(folder, name):
    put(folder, name, tone())
    assert [rule for rule, _, _ in told(folder)] == ["stale-recording"]


def test_the_recording_of_words_that_were_changed_is_told(folder):
    put(folder, sum_of(WHERE, "Gdzie teraz jesteś?") + SUFFIX, tone())
    assert [rule for rule, _, _ in told(folder)] == ["stale-recording"]


def test_the_sentence_says_how_to_find_the_name(folder):
    put(folder, "x.opus", tone())
    [problem] = check_recordings(MESSAGES, folder, read_languages(folder)[0])
    assert "linnet locales recordings pl" in problem.sentence
