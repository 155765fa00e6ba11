"""Every catalogue as it is shipped, looked at by others: GNU's msgfmt, Unicode's own data, numbers.

Without msgfmt that test is left out and says so; with CI=true it fails.
"""

import datetime
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.locales import phrases as say
from bot.locales.catalogues import Catalogues
from bot.locales.languages import catalogue_path
from bot.locales.phrases import named
from tests.leaving_out import leave_out

LOCALES = Path(__file__).parents[2] / "locales"
CATALOGUES = Catalogues.read(LOCALES)
CODES = [language.code for language in CATALOGUES.offered]
COUNTS = (1, 2, 5, 11, 21, 22, 25, 101)
COUNTED = [phrase for phrase in named().values() if phrase.plural]
MONDAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_gnu_finds_nothing_wrong(code):
    if not shutil.which("msgfmt"):
        leave_out("msgfmt is missing; as root: apt-get install gettext")
    path = catalogue_path(LOCALES, code)
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", str(path)],  # noqa: S607
        capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("code", CODES)
def test_every_count_has_its_form_with_the_number_in_it(code):
    voice = CATALOGUES.voice(code)
    assert COUNTED
    for phrase in COUNTED:
        for count in COUNTS:
            said = voice.plural(phrase, count, month="May 2026")
            assert re.search(rf"(?<!\d){count}(?!\d)", said), (phrase.text, count)
            assert "$" not in said


@pytest.mark.parametrize("code", [code for code in CODES if code not in {"en"}])
def test_times_days_and_lists_are_in_the_letters_of_the_language(code):
    language, voice = CATALOGUES.languages.get(code), CATALOGUES.voice(code)
    said = [
        *(voice.time(datetime.time(hour, 30)) for hour in range(24)),
        *(voice.day(MONDAY + datetime.timedelta(days)) for days in range(7)),
        *(voice.date(datetime.date(2026, month, 5)) for month in range(1, 13)),
        *(voice.month(f"2026-{month:02}") for month in range(1, 13)),
        voice.listing(["1", "2", "3"]),
    ]
    for text in said:
        assert text.strip()
        # Western digits, as on her phone and on every door in England.
        assert all(char in "0123456789" for char in text if char.isdigit()), text
        if language.script != "Latn":
            assert not re.search("[A-Za-z]", text), text


def test_a_clock_is_said_as_it_is_at_home():
    evening = datetime.time(18, 30)
    for code in CODES:
        said = CATALOGUES.voice(code).time(evening)
        if CATALOGUES.languages.get(code).time == "HH:mm":
            assert said == "18:30"
        else:
            assert said.startswith("6:30 ")


def test_the_line_that_names_999_is_said_in_every_language():
    for code in CODES:
        voice = CATALOGUES.voice(code)
        assert voice.has(say.NOT_UNDERSTOOD)
        assert "999" in voice(say.NOT_UNDERSTOOD)
