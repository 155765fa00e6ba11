"""Sealing: what opens, what never opens again, and keys that nobody can link or keep."""

import os
import random
import shutil
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exceptions import SettingsError
from bot.sessions.model import Session, pack
from bot.sessions.sealing import (
    BLOCK,
    EPOCH_SECONDS,
    KEY_BYTES,
    Epochs,
    RowKeys,
    derive,
    read_root,
    write_private,
)
from tests.sessions.clocks import Clock
from tests.sessions.disks import every_byte, fill, quick_folder, small_disk

KEEP = 7 * EPOCH_SECONDS
LATEST = KEEP + EPOCH_SECONDS  # after which nothing can be opened any more
ROW = b"0123456789abcdef0123456789abcdef"
SECRET = b"triage.children"
DEFLATED = 5  # bytes that deflating adds at the most where nothing repeats
NIGHT = datetime(2026, 3, 28, 23, 59, tzinfo=UTC)


def in_memory(clock=None, keep=KEEP):
    return Epochs(clock or Clock(), keep, None)


EPOCHS = in_memory()
SEALED = EPOCHS.seal(SECRET, ROW)


# ---- one row


@given(st.binary(max_size=5000), st.binary(max_size=40))
def test_what_was_sealed_opens_for_its_row(data, row):
    assert EPOCHS.open(EPOCHS.seal(data, row), row) == data


@given(st.binary(max_size=40).filter(lambda row: row != ROW))
def test_a_row_put_in_the_place_of_another_does_not_open(row):
    assert EPOCHS.open(SEALED, row) is None


@given(st.integers(0, len(SEALED) * 8 - 1))
def test_one_changed_bit_anywhere_makes_it_unreadable(bit):
    changed = int.from_bytes(SEALED, "big") ^ (1 << bit)
    assert EPOCHS.open(changed.to_bytes(len(SEALED), "big"), ROW) is None


def test_what_another_version_of_the_program_sealed_does_not_open():
    assert EPOCHS.open(bytes([SEALED[0] + 1]) + SEALED[1:], ROW) is None


@given(st.integers(0, len(SEALED) - 1))
def test_what_was_cut_off_does_not_open(length):
    assert EPOCHS.open(SEALED[:length], ROW) is None


@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda data: SEALED[:5] + data))
def test_no_bytes_make_opening_raise(data):
    assert EPOCHS.open(data, ROW) is None


@given(
    st.binary(max_size=BLOCK - DEFLATED - 2) | st.text("answer", max_size=BLOCK).map(str.encode)
)
def test_all_that_fits_into_one_block_has_the_same_length(data):
    assert len(EPOCHS.seal(data, ROW)) == len(SEALED)


def test_a_long_talk_with_a_full_list_fits_into_one_block():
    trail = tuple((f"triage.question{n}", ("choice", "other")) for n in range(12))
    shown = tuple(f"a-service-in-birmingham-{n}" for n in range(6))
    packed = pack(Session("0123456789abcdef", "triage.result", "ur", 99, 0, trail, shown=shown))
    assert len(EPOCHS.seal(packed, ROW)) == len(SEALED)


def test_what_is_longer_than_a_block_tells_only_the_number_of_blocks():
    for blocks in range(1, 5):
        noise = random.Random(blocks).randbytes(blocks * BLOCK - 1)  # noqa: S311  # no key
        assert len(EPOCHS.seal(noise, ROW)) == len(SEALED) + blocks * BLOCK


@pytest.mark.parametrize("data", [bytes(0x10000), random.Random(1).randbytes(0xFFFF)])  # noqa: S311
def test_what_is_too_large_for_a_session_is_refused(data):
    with pytest.raises(ValueError, match="no session"):
        EPOCHS.seal(data, ROW)


@given(st.binary(min_size=6, max_size=60))
def test_nothing_of_what_was_sealed_can_be_seen(data):
    assert data not in EPOCHS.seal(data, ROW)


def test_the_same_session_never_looks_the_same():
    assert EPOCHS.seal(SECRET, ROW) != EPOCHS.seal(SECRET, ROW)


# ---- epochs


@pytest.fixture
def clock():
    return Clock(1000.25)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "epochs"


def keys_in(path):
    """The keys of the file, oldest first."""
    return [bytes.fromhex(line.partition(":")[2]) for line in path.read_text().split()[1:]]


def test_the_next_epoch_has_another_key_that_follows_from_the_last(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += EPOCH_SECONDS
    epochs.wipe_old()
    first, second = keys_in(path)
    assert second == derive(first, "linnet next epoch") != first


def test_what_a_key_is_for_changes_the_key():
    assert derive(bytes(KEY_BYTES), "one") != derive(bytes(KEY_BYTES), "another")


@given(
    keep=st.integers(1, 20_000),
    before=st.integers(0, 20_000),
    meanwhile=st.lists(st.floats(0, 1), max_size=5),
)
def test_what_was_sealed_opens_as_long_as_it_is_to_be_kept(keep, before, meanwhile):
    clock = Clock()
    epochs = in_memory(clock, keep)
    clock.seconds = before
    sealed = epochs.seal(SECRET, ROW)
    for part in [*sorted(meanwhile), 1]:
        clock.seconds = before + keep * part
        epochs.wipe_old()
        assert epochs.open(sealed, ROW) == SECRET


@given(st.floats(0, 20_000), st.lists(st.floats(0, LATEST), max_size=5))
def test_what_is_older_can_never_be_read_again(before, meanwhile):
    clock = Clock()
    epochs = in_memory(clock)
    clock.seconds = before
    sealed = epochs.seal(SECRET, ROW)
    for seconds in [*sorted(meanwhile), LATEST]:
        clock.seconds = before + seconds
        epochs.wipe_old()
    assert epochs.open(sealed, ROW) is None


def test_the_file_holds_no_key_that_was_wiped(clock, path):
    epochs = Epochs(clock, KEEP, path)
    first = keys_in(path)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert first[0] not in keys_in(path)
    assert len(keys_in(path)) == KEEP // EPOCH_SECONDS + 1


def test_wiping_before_anything_is_old_wipes_nothing(clock, path):
    epochs = Epochs(clock, KEEP, path)
    sealed = epochs.seal(SECRET, ROW)
    epochs.wipe_old()
    assert epochs.open(sealed, ROW) == SECRET


@pytest.mark.parametrize("away", [0, EPOCH_SECONDS, KEEP])
def test_a_restart_opens_what_was_sealed_before(clock, path, away):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += away
    again = Epochs(clock, KEEP, path)
    again.wipe_old()
    assert again.open(sealed, ROW) == SECRET


def test_what_is_sealed_after_a_restart_opens_after_the_next(clock, path):
    Epochs(clock, KEEP, path)
    clock.seconds += 3 * EPOCH_SECONDS
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += EPOCH_SECONDS
    assert Epochs(clock, KEEP, path).open(sealed, ROW) == SECRET


def test_after_a_long_time_a_restart_opens_what_is_to_be_cleaned_up_until_the_first_wiping(
    clock, path
):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += 10 * LATEST
    assert Epochs(clock, KEEP, path).open(sealed, ROW) == SECRET


def test_a_restart_after_a_long_time_opens_nothing_old(clock, path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += LATEST
    again = Epochs(clock, KEEP, path)
    again.wipe_old()
    assert again.open(sealed, ROW) is None


def test_what_another_program_sealed_in_a_new_quarter_opens(clock, path):
    one, other = Epochs(clock, KEEP, path), Epochs(clock, KEEP, path)
    clock.seconds += EPOCH_SECONDS
    assert other.open(one.seal(SECRET, ROW), ROW) == SECRET


def test_two_programs_over_one_file_read_each_other(clock, path):
    one, other = Epochs(clock, KEEP, path), Epochs(clock, KEEP, path)
    clock.seconds += 2 * EPOCH_SECONDS
    sealed = one.seal(SECRET, ROW)
    other.wipe_old()
    assert other.open(sealed, ROW) == SECRET


@pytest.mark.parametrize("days", [1, 40])
def test_a_jump_of_days_does_no_harm(clock, path, days):
    epochs = Epochs(clock, KEEP, path)
    old = epochs.seal(SECRET, ROW)
    clock.seconds += days * 86_400
    new = epochs.seal(SECRET, ROW)
    epochs.wipe_old()
    assert (epochs.open(old, ROW), epochs.open(new, ROW)) == (None, SECRET)


def test_a_jump_makes_no_keys_that_nothing_was_sealed_with(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += 40 * 86_400
    epochs.seal(SECRET, ROW)
    assert len(keys_in(path)) <= KEEP // EPOCH_SECONDS + 2


def test_a_clock_that_goes_back_loses_nothing(clock):
    epochs = in_memory(clock)
    clock.seconds += 5 * EPOCH_SECONDS
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds -= 4 * EPOCH_SECONDS
    epochs.wipe_old()
    assert epochs.open(sealed, ROW) == SECRET


def test_keys_in_memory_only_end_with_the_program(clock):
    sealed = in_memory(clock).seal(SECRET, ROW)
    assert in_memory(clock).open(sealed, ROW) is None


# ---- the file of the keys


def test_the_keys_are_readable_by_this_user_only_and_nothing_stands_beside_them(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


KEY = "ab" * KEY_BYTES
BROKEN = {
    "empty": b"",
    "without keys": b"5.0",
    "no numbers": b"the keys were here",
    "not even text": bytes(range(256)),
    "a short key": b"5.0\n0:abcd",
    "a key that is none": b"5.0\n0:" + b"xy" * KEY_BYTES,
    "a start that is no number": f"nan\n0:{KEY}".encode(),
    "an endless start": f"-inf\n0:{KEY}".encode(),
    "a start before the machine's": f"-1e300\n0:{KEY}".encode(),
    "a start ahead of now": f"1001\n0:{KEY}".encode(),
    "an epoch ahead of now": f"5.0\n2:{KEY}".encode(),
    "an epoch before the first": f"5.0\n-1:{KEY}\n0:{KEY}".encode(),
    "an epoch without end": f"5.0\n{10**30}:{KEY}".encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_used_is_replaced_by_a_fresh_key(clock, path, content):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    path.write_bytes(content)
    epochs = Epochs(clock, KEEP, path)
    assert epochs.open(sealed, ROW) is None
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET
    assert bytes.fromhex(KEY) not in keys_in(path)


def test_without_the_file_everything_is_unreadable(clock, path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    path.unlink()
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_with_the_file_of_another_machine_everything_is_unreadable(clock, path, tmp_path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    Epochs(clock, KEEP, tmp_path / "foreign")
    (tmp_path / "foreign").replace(path)
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_the_file_of_an_earlier_boot_is_not_used(clock, path):
    clock.seconds = 500_000.0
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds = 12.0
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_the_file_of_an_earlier_boot_that_began_as_early_is_not_used_either(clock, path):
    clock.seconds = 5.0
    epochs = Epochs(clock, KEEP, path)
    clock.seconds = 500_000.0
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds = 12.0
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_a_file_cut_off_anywhere_never_stops_the_start(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += 2 * EPOCH_SECONDS
    sealed = epochs.seal(SECRET, ROW)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert Epochs(clock, KEEP, path).open(sealed, ROW) in {None, SECRET}


@given(st.binary(max_size=200) | st.text("0123456789:.-+einfa \n").map(str.encode))
def test_no_content_of_the_file_stops_the_start(content):
    with quick_folder() as folder:
        (folder / "epochs").write_bytes(content)
        epochs = Epochs(Clock(1e6), KEEP, folder / "epochs")
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET


def test_a_first_key_that_cannot_be_written_is_said_at_once(clock, tmp_path):
    with pytest.raises(OSError, match="No such file"):
        Epochs(clock, KEEP, tmp_path / "no folder" / "epochs")


def test_a_file_that_cannot_be_written_any_more_ends_no_talk(clock, tmp_path):
    folder = tmp_path / "runtime"
    folder.mkdir()
    epochs = Epochs(clock, KEEP, folder / "epochs")
    shutil.rmtree(folder)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET


def test_a_full_disk_keeps_no_key_that_must_be_gone(clock, tmp_path):
    with small_disk(tmp_path) as disk:
        epochs = Epochs(clock, KEEP, disk / "epochs")
        old = keys_in(disk / "epochs")[0].hex().encode()
        fill(disk)
        clock.seconds += LATEST
        epochs.wipe_old()
        assert old not in every_byte(disk)


def test_what_a_kill_left_beside_a_private_file_is_written_over(path):
    beside = path.with_name(".epochs.new")
    beside.write_bytes(b"an old key")
    write_private(path, b"new")
    assert [path.read_bytes(), beside.exists()] == [b"new", False]


def test_a_private_file_that_cannot_be_placed_leaves_nothing_beside_it(path):
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_private(path, SECRET)
    assert list(path.parent.iterdir()) == [path]


# ---- row keys


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


# ---- the root


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
