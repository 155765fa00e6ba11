"""Catalogues brought in step with the English."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Step, read_languages
from bot.locales.pofile import Entry, PoFile, read
from bot.locales.sync import sync, sync_folder, would_change
from tests.locales.examples import MESSAGES, few, message

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES, _ = read_languages(LOCALES)
POLISH = LANGUAGES.get("pl")


def catalogue(messages: Iterable[Message], *forms: str) -> bytes:
    """A synced Polish catalogue with the forms put in, in order."""
    text = sync(messages, None, POLISH).decode()
    for form in forms:
        text = re.sub(
            r'^msgstr ""\n(?!")', f'msgstr "{form}"\n', text, count=1, flags=re.MULTILINE
        )
    return text.encode()


def entries(data: bytes) -> dict[str, Entry]:
    file = read(data)
    assert isinstance(file, PoFile)
    return {entry.msgid: entry for entry in file.entries}


OLD = (message("Where are you?", "steps.a.ask"), message("Go back", "steps.b.label"))
TRANSLATED = catalogue(OLD, "Gdzie jesteś?", "Wstecz")


def test_a_new_catalogue_has_every_message_empty():
    found = entries(sync(MESSAGES, None, POLISH))
    assert list(found) == [message.msgid for message in MESSAGES]
    assert not any(form for entry in found.values() for form in entry.forms)


def test_a_plural_has_as_many_forms_as_the_language():
    assert entries(sync(MESSAGES, None, POLISH))["$count place"].forms == ("", "", "")


def test_the_head_says_that_nobody_has_checked_it():
    first = sync(MESSAGES, None, POLISH).decode().splitlines()[0]
    assert first == "# Machine-written draft. No native speaker has checked it."


def test_the_template_belongs_to_no_language():
    text = sync(MESSAGES, None, None).decode()
    assert "Language:" not in text
    assert "linnet locales sync" in text.splitlines()[0]


def test_places_notes_limit_and_safety_are_told_to_the_translator():
    text = sync(MESSAGES, None, POLISH).decode()
    assert "#. path: flows/a.yaml everywhere.back.label\n#. note: A button.\n#. max: 12\n" in text
    assert '#. safety\n#: flows/a.yaml\nmsgid "In danger? Ring 999."' in text


@pytest.mark.parametrize("language", [POLISH, LANGUAGES.get("ur"), None])
def test_a_second_run_changes_no_byte(language):
    once = sync(MESSAGES, None, language)
    assert sync(MESSAGES, once, language) == once


def test_a_translation_stays():
    assert sync(OLD, TRANSLATED, POLISH) == TRANSLATED


def test_english_that_changed_keeps_its_translation_in_doubt():
    new = (message("Where are you now?", "steps.a.ask"), OLD[1])
    found = entries(sync(new, TRANSLATED, POLISH))["Where are you now?"]
    assert (found.forms, found.fuzzy) == (("Gdzie jesteś?",), True)
    assert found.previous == "Where are you?"


def test_a_doubtful_translation_stays_byte_for_byte():
    new = (message("Where are you now?", "steps.a.ask"), OLD[1])
    once = sync(new, TRANSLATED, POLISH)
    assert sync(new, once, POLISH) == once


def test_english_that_changed_twice_remembers_what_the_translation_was_made_for():
    once = sync([message("Where now?", "steps.a.ask")], TRANSLATED, POLISH)
    twice = sync([message("Where then?", "steps.a.ask")], once, POLISH)
    assert entries(twice)["Where then?"].previous == "Where are you?"


def test_english_that_went_back_is_in_doubt_no_more():
    once = sync([message("Where now?", "steps.a.ask"), OLD[1]], TRANSLATED, POLISH)
    assert sync(OLD, once, POLISH) == TRANSLATED


def test_a_doubt_that_a_translator_wrote_herself_stays():
    doubted = TRANSLATED.replace(b'msgid "Where', b'#, fuzzy\nmsgid "Where')
    assert sync(OLD, doubted, POLISH) == doubted


def test_a_doubt_that_was_settled_leaves_nothing_behind():
    once = sync([message("Where now?", "steps.a.ask")], TRANSLATED, POLISH)
    settled = sync(
        [message("Where now?", "steps.a.ask")], once.replace(b"#, fuzzy\n", b""), POLISH
    )
    found = entries(settled)["Where now?"]
    assert (found.fuzzy, found.previous) == (False, "")


def test_likeness_is_never_a_reason():
    new = (message("Where are you!", "steps.z.ask"),)
    assert entries(sync(new, TRANSLATED, POLISH))["Where are you!"].forms == ("",)


def test_a_message_that_moved_keeps_its_translation():
    moved = (message("Where are you?", "steps.elsewhere.ask"),)
    found = entries(sync(moved, TRANSLATED, POLISH))["Where are you?"]
    assert (found.forms, found.fuzzy) == (("Gdzie jesteś?",), False)


def test_a_message_that_is_gone_is_dropped():
    assert list(entries(sync(OLD[:1], TRANSLATED, POLISH))) == ["Where are you?"]


def test_one_place_of_two_that_changes_leaves_the_other_as_it_is():
    both = (message("Yes", "steps.a.say", "steps.b.say"),)
    new = (message("Yes", "steps.a.say"), message("Yes, please", "steps.b.say"))
    found = entries(sync(new, catalogue(both, "Tak"), POLISH))
    assert [(entry.forms, entry.fuzzy) for entry in found.values()] == [
        (("Tak",), False),
        (("Tak",), True),
    ]


def test_an_empty_translation_is_never_in_doubt():
    new = (message("Where now?", "steps.a.ask"),)
    assert not entries(sync(new, sync(OLD, None, POLISH), POLISH))["Where now?"].fuzzy


def test_a_text_that_learns_to_count_is_in_doubt():
    new = (message("Where are you?", "steps.a.ask", plural="Where are you all?"),)
    once = sync(new, TRANSLATED, POLISH)
    found = entries(once)["Where are you?"]
    assert (found.forms, found.fuzzy) == (("Gdzie jesteś?", "", ""), True)
    assert sync(new, once, POLISH) == once


def test_a_plural_that_changed_is_in_doubt_and_stays_so():
    old = (message("$count place", plural="$count places"),)
    new = (message("$count place", plural="$count rooms"),)
    text = sync(old, None, POLISH).decode().replace('msgstr[0] ""', 'msgstr[0] "$count pokój"')
    once = sync(new, text.encode(), POLISH)
    assert entries(once)["$count place"].previous == "$count places"
    assert sync(new, once, POLISH) == once


def test_an_empty_plural_that_changed_is_not_in_doubt():
    old = (message("$count place", plural="$count places"),)
    new = (message("$count place", plural="$count rooms"),)
    assert not entries(sync(new, sync(old, None, POLISH), POLISH))["$count place"].fuzzy


def test_what_translators_wrote_in_comments_stays():
    data = b"# Ask Anna about register.\n" + TRANSLATED.replace(
        b"#. path: flows/a.yaml steps.a", b"# Is this warm enough?\n#. path: flows/a.yaml steps.a"
    )
    text = sync(OLD, data, POLISH).decode()
    assert "# Ask Anna about register.\n" in text
    assert "# Is this warm enough?\n" in text


def test_dates_and_flags_of_other_programs_are_taken_out():
    data = TRANSLATED.replace(b'msgstr ""\n"Lang', b'msgstr ""\n"X-Generator: Poedit\\n"\n"Lang')
    data = data.replace(b'msgid "Where', b'#, python-format\nmsgid "Where')
    assert sync(OLD, data, POLISH) == TRANSLATED


def test_a_file_that_is_no_po_is_never_overwritten():
    assert sync(OLD, b"half a file", POLISH) == b"half a file"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(LOCALES / "languages.yaml", tmp_path)
    return tmp_path


def test_a_folder_gets_its_template_and_the_languages_under_way(folder):
    changed = sync_folder(MESSAGES, folder, few(LANGUAGES, "ur", "pl"))
    names = [path.relative_to(folder).as_posix() for path in changed]
    assert names == ["bot.pot", "ur/LC_MESSAGES/bot.po", "pl/LC_MESSAGES/bot.po"]


def test_a_folder_in_step_is_left_alone(folder):
    sync_folder(MESSAGES, folder, LANGUAGES)
    assert sync_folder(MESSAGES, folder, LANGUAGES) == []


def test_what_would_change_is_told_and_nothing_is_written(folder):
    told = would_change(MESSAGES, folder, LANGUAGES)
    assert not any(path.exists() for path in told)
    assert told == sync_folder(MESSAGES, folder, LANGUAGES)


def test_a_planned_language_with_a_catalogue_is_kept_in_step(folder):
    path = folder / "bn" / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert path in sync_folder(MESSAGES, folder, few(LANGUAGES, "bn", step=Step.PLANNED))
    assert path.read_text().startswith("# Not finished.")


def test_english_has_no_catalogue():
    assert ENGLISH.code not in {path.parent.name for path in LOCALES.glob("*/LC_MESSAGES")}
