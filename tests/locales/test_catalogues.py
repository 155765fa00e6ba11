"""Catalogues read from disk, and every way in which they may be broken."""

import shutil
from pathlib import Path

import pytest

from bot import app
from bot.locales.catalogues import Catalogues, compile_catalogue, spoken_part
from bot.locales.languages import Step
from bot.locales.phrases import GOODBYE, Phrase, named
from bot.locales.voice import TYPED, Translation

LOCALES = Path(__file__).parents[2] / "locales"
BACK = Phrase("Back")
URDU = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def folder(tmp_path):
    shutil.copy(LOCALES / "languages.yaml", tmp_path)
    return tmp_path


def put(folder: Path, text: str | bytes, name: str = "ur/LC_MESSAGES/bot.po") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def message(msgid: str, msgstr: str, above: str = "") -> str:
    return f'{above}msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def test_a_translation_is_found(folder):
    put(folder, URDU + message("Back", "واپس"))
    assert Catalogues.read(folder).voice("ur")(BACK) == "\u200fواپس"


def test_fault_16_what_is_not_translated_is_said_in_english_and_known_to_be(folder):
    put(folder, URDU + message("Back", "واپس"))
    voice = Catalogues.read(folder).voice("ur")
    assert voice(GOODBYE) == GOODBYE.text
    assert (voice.has(BACK), voice.has(GOODBYE)) == (True, False)


def test_fault_16_every_language_that_ships_says_every_text_of_safety(data):
    languages = Catalogues.read(LOCALES)
    texts = [text for text in app.messages(data) if text.safety]
    unsaid = {
        one.code: [text.msgid for text in texts if not said(languages, one, text)]
        for one in languages.offered
    }
    assert len(unsaid) > 10
    assert {code: texts for code, texts in unsaid.items() if texts} == {}


def said(languages, language, text):
    """Whether it comes in this language and not in English."""
    voice = (
        languages.typed_voice(language.code) if text.context else languages.voice(language.code)
    )
    return voice.english is None or text.msgid in voice.entries.get(text.context, {})


def test_only_languages_with_a_catalogue_are_offered(folder):
    put(folder, URDU)
    assert [language.code for language in Catalogues.read(folder).offered] == ["en", "ur"]


def test_a_language_below_the_wanted_review_is_not_offered(folder):
    put(folder, URDU)
    catalogues = Catalogues.read(folder, at_least=Step.NATIVE_REVIEWED)
    assert [language.code for language in catalogues.offered] == ["en"]
    assert catalogues.voice("ur").language.code == "en"


def test_a_planned_language_is_not_offered_even_with_a_catalogue(folder):
    page = folder / "languages.yaml"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("review: machine-draft", "review: planned"), encoding="utf-8")
    put(folder, URDU)
    assert Catalogues.read(folder).resolve("ur") is None


def test_a_tag_is_resolved_among_the_offered(folder):
    put(folder, URDU)
    catalogues = Catalogues.read(folder)
    assert catalogues.resolve("pa-PK") == "ur"
    assert catalogues.resolve("pl") is None


@pytest.mark.parametrize("code", ["xx", "", "../../etc", "pl"])
def test_a_language_that_is_not_there_speaks_english(folder, code):
    voice = Catalogues.read(folder).voice(code)
    assert voice.language.code == "en"
    assert voice(BACK) == "Back"


def test_a_folder_that_is_not_there_speaks_english(tmp_path):
    assert Catalogues.read(tmp_path / "nowhere").voice("ur")(BACK) == "Back"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"nonsense", b"", b'msgid "a'])
def test_a_broken_catalogue_speaks_english(folder, data):
    put(folder, data)
    voice = Catalogues.read(folder).voice("ur")
    assert [voice(phrase) for phrase in named().values()] == [
        Catalogues.read(folder).voice("en")(phrase) for phrase in named().values()
    ]


def test_the_files_are_those_of_the_moment_of_reading(folder):
    put(folder, URDU + message("Back", "واپس"))
    catalogues = Catalogues.read(folder)
    (folder / "ur/LC_MESSAGES/bot.po").unlink()
    assert catalogues.voice("ur")(BACK) == "\u200fواپس"


@pytest.mark.parametrize("typed_first", [True, False])
def test_the_bytes_of_a_file_are_kept_until_its_voice_is_made(folder, typed_first):
    put(folder, URDU + message("Back", "واپس") + TYPED_ONE)
    catalogues = Catalogues.read(folder)
    if typed_first:
        assert catalogues.typed_voice("ur").typed(GO_BACK) == ("واپس", "wapas")
    assert catalogues.files["ur"]
    assert catalogues.voice("ur")(BACK) == "\u200fواپس"
    assert "ur" not in catalogues.files
    assert catalogues.typed_voice("ur").typed(GO_BACK) == ("واپس", "wapas")
    assert catalogues.voice("ur")(BACK) == "\u200fواپس"


def test_no_bytes_are_kept_of_a_language_that_is_not_offered(folder):
    put(folder, URDU)
    put(folder, message("Back", "Wstecz"), "local/pl.po")
    assert set(Catalogues.read(folder).files) == {"en", "ur"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["#. safety", "#.safety", "#. safety "])
def test_notes_for_translators_are_not_kept_and_marks_of_doubt_are(end, mark):
    notes = ["# of a person", "#", "#. path: a.yaml b", "#: a.yaml", '#| msgid "Ring"', "#~ old"]
    data = message("Ring 999", "Dzwoń 999", "\n".join([*notes, mark, "#, fuzzy", ""]))
    left = spoken_part(data.replace("\n", end).encode())
    assert left.decode().split(end)[:3] == ["#~ old", mark, "#, fuzzy"]
    assert compile_catalogue(left) == {}


@pytest.mark.parametrize(
    "path", sorted(LOCALES.glob("*/LC_MESSAGES/bot.po")), ids=lambda path: path.parts[-3]
)
def test_every_shipped_catalogue_says_the_same_without_its_notes(path):
    data = path.read_bytes()
    assert len(spoken_part(data)) < 0.9 * len(data)
    assert compile_catalogue(spoken_part(data)) == compile_catalogue(data) != {}


def test_a_voice_is_compiled_once(folder):
    put(folder, URDU)
    catalogues = Catalogues.read(folder)
    assert catalogues.voice("ur") is catalogues.voice("ur")


def test_an_overlay_changes_single_words(folder):
    put(folder, URDU + message("Back", "واپس") + message("Done", "ہو گیا"))
    put(folder, message("Back", "پیچھے"), "local/ur.po")
    voice = Catalogues.read(folder).voice("ur")
    assert (voice("Back"), voice("Done")) == ("\u200fپیچھے", "\u200fہو گیا")


def test_an_overlay_changes_english_words_too(folder):
    put(folder, message("Back", "Go back"), "local/en.po")
    assert Catalogues.read(folder).voice("en")(BACK) == "Go back"


def test_a_broken_overlay_leaves_the_catalogue(folder):
    put(folder, URDU + message("Back", "واپس"))
    put(folder, b"\xff", "local/ur.po")
    assert Catalogues.read(folder).voice("ur")(BACK) == "\u200fواپس"


def test_a_fuzzy_text_is_said():
    made = compile_catalogue(message("Back", "Wstecz", "#, fuzzy\n").encode())
    assert made == {"": {"Back": Translation(("Wstecz",), sure=False)}}


def test_a_fuzzy_safety_text_is_not_said():
    data = message("Ring 999", "Dzwoń 999", "#. safety\n#, fuzzy\n").encode()
    assert compile_catalogue(data) == {}


def test_a_fuzzy_safety_phrase_is_said_in_english_even_where_the_file_forgot_the_mark(folder):
    put(folder, URDU + message(GOODBYE.text, "پرانا 999", "#, fuzzy\n"))
    assert Catalogues.read(folder).voice("ur")(GOODBYE) == GOODBYE.text


@pytest.mark.parametrize("msgstr", ["", " ", "bez numeru", "$number $nobody", "$time"])
def test_fault_17_a_translation_that_would_lose_or_invent_a_slot_is_not_said(msgstr):
    assert compile_catalogue(message("Ring $number", msgstr).encode()) == {}


def test_a_text_and_a_typed_word_are_two_messages():
    data = message("back", "Wstecz") + message("back", "wstecz|cofnij", 'msgctxt "typed"\n')
    assert compile_catalogue(data.encode()) == {
        "": {"back": "Wstecz"},
        "typed": {"back": "wstecz|cofnij"},
    }


TYPED_ONE = 'msgctxt "typed"\nmsgid "back | go back"\nmsgstr "واپس | wapas"\n\n'
GO_BACK = Phrase("back | go back")


def test_typed_words_are_known_without_the_rest_of_the_catalogue(folder):
    put(folder, URDU + message("Back", "واپس") + TYPED_ONE)
    catalogues = Catalogues.read(folder)
    voice = catalogues.typed_voice("ur")
    assert voice.typed(GO_BACK) == ("واپس", "wapas")
    assert set(voice.entries) == {TYPED} < set(catalogues.voice("ur").entries)
    assert catalogues.typed_voice("ur") is voice
    assert catalogues.voice("ur").entries[TYPED] is voice.entries[TYPED]  # long lists, kept once


def test_typed_words_of_a_language_that_is_read_already_are_not_read_again(folder):
    put(folder, URDU + message("Back", "واپس") + TYPED_ONE)
    catalogues = Catalogues.read(folder)
    voice = catalogues.voice("ur")
    assert catalogues.typed_voice("ur").entries == {TYPED: voice.entries[TYPED]}
    assert catalogues.typed_voice("ur").entries[TYPED] is voice.entries[TYPED]
    assert catalogues.typed_voices() == (
        catalogues.typed_voice("en"),
        catalogues.typed_voice("ur"),
    )


def test_windows_line_ends_and_catalogues_without_typed_words_are_read_too(folder):
    put(folder, (URDU + message("Back", "واپس") + TYPED_ONE).replace("\n", "\r\n"))
    assert Catalogues.read(folder).typed_voice("ur").typed(GO_BACK) == ("واپس", "wapas")
    put(folder, URDU)
    assert Catalogues.read(folder).typed_voice("ur").typed(GO_BACK) == ("back", "go back")


def test_a_language_that_is_not_there_types_english(folder):
    assert Catalogues.read(folder).typed_voice("xx").typed(GO_BACK) == ("back", "go back")


def test_the_typed_words_of_every_shipped_language_are_those_of_its_whole_catalogue():
    whole, part = Catalogues.read(LOCALES), Catalogues.read(LOCALES)
    for language in whole.offered:
        typed = whole.voice(language.code).entries.get(TYPED)
        assert part.typed_voice(language.code).entries.get(TYPED) == typed
