"""Recordings: found by the words as they are now, read only when somebody wants to hear one."""

import shutil
from pathlib import Path

import pytest

from bot.locales.catalogues import Catalogues
from bot.locales.ledger import fingerprint
from bot.locales.phrases import Phrase
from bot.locales.pofile import Entry
from bot.locales.recordings import (
    MOST_BYTES,
    files_of,
    find_recordings,
    is_sound,
    sound_of,
    sum_of,
)
from tests.locales.test_catalogues import LOCALES, URDU, message, put
from tests.recorded import tone

BACK, SURE = Phrase("Back"), Phrase("In danger? Ring 999.", safety=True)
BACK_IN_URDU = "واپس"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(LOCALES / "languages.yaml", tmp_path)
    return tmp_path


def record(folder: Path, code: str, english: str, said: str, data: bytes | None = None) -> str:
    """Put a recording of these words; its name."""
    home = folder / code / "audio"
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{sum_of(english, said)}.opus").write_bytes(tone() if data is None else data)
    return f"{code}/{sum_of(english, said)}"


def test_the_hash_is_that_of_the_ledger_of_reviews():
    entry = Entry("", "Back", "", (BACK_IN_URDU,), comments=("whatever stands beside it",))
    assert sum_of("Back", BACK_IN_URDU) == fingerprint(entry)


def test_words_have_the_recording_of_their_translation(folder):
    put(folder, URDU + message("Back", BACK_IN_URDU))
    name = record(folder, "ur", "Back", BACK_IN_URDU)
    catalogues = Catalogues.read(folder)
    assert catalogues.voice("ur").recording(BACK) == name
    assert catalogues.voice("en").recording(BACK) == ""
    assert catalogues.sound(name) == tone()


def test_english_needs_no_catalogue(folder):
    name = record(folder, "en", "Back", "Back")
    assert Catalogues.read(folder).voice("en").recording(BACK) == name


@pytest.mark.parametrize("said", ["واپس جائیں", "Back", "واپس "])
def test_words_that_were_changed_have_none(folder, said):
    put(folder, URDU + message("Back", BACK_IN_URDU))
    record(folder, "ur", "Back", said)
    assert Catalogues.read(folder).voice("ur").recording(BACK) == ""


def test_a_changed_english_has_none_though_the_translation_is_the_same(folder):
    put(folder, URDU + message("Back", BACK_IN_URDU))
    record(folder, "ur", "Go back", BACK_IN_URDU)
    assert Catalogues.read(folder).voice("ur").recording(BACK) == ""


def test_words_that_stand_in_english_have_the_english_recording(folder):
    put(folder, URDU + message(SURE.text, "خطرہ؟ 999", above="#, fuzzy\n"))
    record(folder, "ur", SURE.text, "خطرہ؟ 999")
    english = record(folder, "en", SURE.text, SURE.text)
    voice = Catalogues.read(folder).voice("ur")
    assert voice(SURE) == SURE.text
    assert voice.recording(SURE) == english


def test_the_words_of_an_operator_have_their_own(folder):
    put(folder, URDU + message("Back", BACK_IN_URDU))
    put(folder, URDU + message("Back", "پیچھے"), "local/ur.po")
    record(folder, "ur", "Back", BACK_IN_URDU)
    assert Catalogues.read(folder).voice("ur").recording(BACK) == ""
    own = record(folder, "ur", "Back", "پیچھے")
    assert Catalogues.read(folder).voice("ur").recording(BACK) == own


def test_what_has_a_slot_is_never_heard(folder):
    record(folder, "en", "Open until $time", "Open until $time")
    assert Catalogues.read(folder).voice("en").recording(Phrase("Open until $time")) == ""


def test_a_language_that_is_not_offered_has_none(folder):
    name = record(folder, "ur", "Back", BACK_IN_URDU)
    assert Catalogues.read(folder).sound(name) == b""


@pytest.mark.parametrize("data", [b"", b"Ogg", b"ID3" + b"x" * 99, b"OggS" + b"x" * MOST_BYTES])
def test_what_nobody_can_hear_is_not_offered(folder, data):
    name = record(folder, "en", "Back", "Back", data)
    catalogues = Catalogues.read(folder)
    assert catalogues.voice("en").recording(BACK) == ""
    assert name not in catalogues.recordings
    assert not is_sound(folder / f"en/audio/{sum_of('Back', 'Back')}.opus")


def test_a_file_of_the_greatest_size_is_heard(folder):
    data = b"OggS".ljust(MOST_BYTES, b"x")
    name = record(folder, "en", "Back", "Back", data)
    assert Catalogues.read(folder).sound(name) == data


@pytest.mark.parametrize("after", [None, b"", b"changed", b"OggS" + b"x" * MOST_BYTES])
def test_a_file_that_was_changed_or_taken_away_since_is_nothing(folder, after):
    name = record(folder, "en", "Back", "Back")
    catalogues = Catalogues.read(folder)
    path = catalogues.recordings[name]
    path.unlink() if after is None else path.write_bytes(after)
    assert catalogues.sound(name) == sound_of(path) == b""


@pytest.mark.parametrize(
    "name", ["", "en", "en/", "en/../en", "../languages.yaml", "en/audio", "/etc/passwd", "en/x\0"]
)
def test_a_name_that_is_none_is_nothing(folder, name):
    record(folder, "en", "Back", "Back")
    assert Catalogues.read(folder).sound(name) == b""


@pytest.mark.parametrize("name", ["back.opus", "a" * 63 + ".opus", "A" * 64 + ".opus", "a" * 64])
def test_only_files_named_by_a_hash_count(folder, name):
    home = folder / "en" / "audio"
    home.mkdir(parents=True)
    (home / name).write_bytes(tone())
    assert find_recordings(folder, ["en"]) == {}
    assert [path.name for path in files_of(folder, "en")] == [name]


def test_a_file_that_may_not_be_read_is_passed_over(tmp_path):
    assert not is_sound(tmp_path / "nowhere")
    assert sound_of(tmp_path) == b""


def test_the_shipped_folder_has_no_voice():
    """Nobody has recorded anything, and no machine shall speak to her."""
    assert Catalogues.read(LOCALES).recordings == {}
