"""Settings: what may be set, and one sentence for what may not."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot import settings as module
from bot.documents import SettingsError
from bot.settings import NAMES, Settings, read_settings


def test_nothing_set_gives_the_defaults():
    assert read_settings({"PATH": "/bin", "LINNET_DATA": ""}) == Settings()


def test_what_is_set_is_read(tmp_path):
    found = read_settings(
        {
            "LINNET_DATA": str(tmp_path),
            "LINNET_LANGUAGES": "en, ur",
            "LINNET_MIN_STATUS": "native-reviewed",
            "LINNET_SESSION_MINUTES": "10",
            "LINNET_LOG_LEVEL": "INFO",
        }
    )
    assert found == Settings(tmp_path, ("en", "ur"), "native-reviewed", 10, "info")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"LINNET_DAAT": "x"}, "LINNET_DAAT is not a setting; did you mean 'LINNET_DATA'?"),
        (
            {"LINNET_DATA": "/nowhere/at/all"},
            "LINNET_DATA is '/nowhere/at/all', which is not a folder",
        ),
        ({"LINNET_SESSION_MINUTES": "0"}, "LINNET_SESSION_MINUTES is '0'; use a whole number"),
        (
            {"LINNET_SESSION_MINUTES": "0014409"},
            "LINNET_SESSION_MINUTES is '0014409'; use a whole",
        ),
        ({"LINNET_SESSION_MINUTES": "00060000"}, "LINNET_SESSION_MINUTES is '00060000'; use a"),
        ({"LINNET_SESSION_MINUTES": "030"}, "LINNET_SESSION_MINUTES is '030'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "1441"}, "LINNET_SESSION_MINUTES is '1441'; use a whole"),
        ({"LINNET_SESSION_MINUTES": "٣٠"}, "LINNET_SESSION_MINUTES is '٣٠'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "1" * 5000}, "LINNET_SESSION_MINUTES is '1111"),
        ({"LINNET_DATA": "d" * 5000}, "LINNET_DATA is 'ddd"),
        ({"LINNET_LOG_LEVEL": "a\nb"}, "LINNET_LOG_LEVEL is 'a\\nb'; use one of: debug"),
        ({"LINNET_SESSION_MINUTES": "²"}, "LINNET_SESSION_MINUTES is '²'; use a whole number"),
        ({"LINNET_SESSION_MINUTES": "soon"}, "LINNET_SESSION_MINUTES is 'soon'; use a whole"),
        ({"LINNET_LOG_LEVEL": "loud"}, "LINNET_LOG_LEVEL is 'loud'; use one of: debug"),
        ({"LINNET_MIN_STATUS": "good"}, "LINNET_MIN_STATUS is 'good'; use one of: machine-draft"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(environment, sentence):
    with pytest.raises(SettingsError) as raised:
        read_settings(environment)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("minutes", ["1", "30", "999", "1440"])
def test_minutes_are_from_one_to_a_day(minutes):
    assert read_settings({"LINNET_SESSION_MINUTES": minutes}).session_minutes == int(minutes)


def test_the_docstring_the_record_and_the_document_name_the_same_settings():
    written = re.findall(r"`LINNET_([A-Z_]+)` \|", module.__doc__ or "")
    documented = re.findall(r"`LINNET_([A-Z_]+)` \|", Path("docs/running.md").read_text())
    assert tuple(written) == tuple(documented) == NAMES
    assert [name.lower() for name in NAMES] == [field.name for field in fields(Settings)]
