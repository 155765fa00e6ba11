"""Row keys that nobody can link, and the root from which they are made."""

import os
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exceptions import SettingsError
from bot.sessions.sealing import (
    KEY_BYTES,
    RowKeys,
    read_root,
)

NIGHT = datetime(2026, 3, 28, 23, 59, tzinfo=UTC)


def test_the_same_person_has_the_same_key_all_day():
    keys = RowKeys(bytes(KEY_BYTES))
    morning, night = NIGHT.replace(hour=0), NIGHT
    assert keys.key("telegram", "1", morning) == keys.key("telegram", "1", night)


@pytest.mark.parametrize(
    ("channel", "person", "at"),
    [
        ("web", "1", NIGHT),
        ("telegram", "2", NIGHT),
        ("telegram", "1", NIGHT + timedelta(minutes=1)),
    ],
    ids=["channel", "person", "day"],
)
def test_another_channel_person_or_day_gives_another_key(channel, person, at):
    keys = RowKeys(bytes(KEY_BYTES))
    assert keys.key(channel, person, at) != keys.key("telegram", "1", NIGHT)


def test_the_day_changes_at_midnight_in_utc_wherever_the_machine_stands():
    keys = RowKeys(bytes(KEY_BYTES))
    elsewhere = NIGHT.astimezone(timezone(timedelta(hours=9)))
    assert keys.key("telegram", "1", elsewhere) == keys.key("telegram", "1", NIGHT)


def test_who_does_not_have_the_root_cannot_work_out_a_key():
    one, other = RowKeys(bytes(KEY_BYTES)), RowKeys(os.urandom(KEY_BYTES))
    assert one.key("telegram", "1", NIGHT) != other.key("telegram", "1", NIGHT)


@given(st.text(max_size=30))
def test_a_key_is_32_hexadecimal_letters(person):
    key = RowKeys(bytes(KEY_BYTES)).key("telegram", person, NIGHT)
    assert len(bytes.fromhex(key)) == 16


def test_after_midnight_the_key_of_yesterday_is_there_as_well():
    keys = RowKeys(bytes(KEY_BYTES))
    today = NIGHT + timedelta(minutes=2)
    assert keys.keys("telegram", "1", today) == (
        keys.key("telegram", "1", today),
        keys.key("telegram", "1", NIGHT),
    )


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_never_more_than_two_days_keys_are_kept(days):
    keys = RowKeys(bytes(KEY_BYTES))
    for day in days:
        keys.keys("telegram", "1", NIGHT + timedelta(days=day))
        assert len(keys._days) <= 2


def test_the_root_is_read_from_the_secret_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(range(KEY_BYTES)))
    assert read_root(secret, tmp_path) == bytes(range(KEY_BYTES))


@pytest.mark.parametrize("size", [0, KEY_BYTES - 1, KEY_BYTES + 1])
def test_a_secret_of_another_length_is_refused_and_not_shown(tmp_path, size):
    secret = tmp_path / "secret"
    secret.write_bytes(b"s" * size)
    with pytest.raises(SettingsError, match="exactly 32 random bytes") as raised:
        read_root(secret, tmp_path)
    assert "ss" not in str(raised.value).replace("exactly", "")


def test_a_secret_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        read_root(tmp_path / "nowhere", tmp_path)


def test_without_a_secret_file_the_root_is_made_once(tmp_path):
    root = read_root(None, tmp_path)
    assert len(root) == KEY_BYTES
    assert read_root(None, tmp_path) == root


def test_a_root_that_was_made_is_readable_by_this_user_only(tmp_path):
    read_root(None, tmp_path)
    assert (tmp_path / "root").stat().st_mode & 0o777 == 0o600


def test_a_root_that_was_cut_off_is_made_anew(tmp_path):
    (tmp_path / "root").write_bytes(b"half")
    assert len(read_root(None, tmp_path)) == KEY_BYTES


def test_every_runtime_folder_has_a_root_of_its_own(tmp_path):
    (tmp_path / "other").mkdir()
    assert read_root(None, tmp_path) != read_root(None, tmp_path / "other")
