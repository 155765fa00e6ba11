"""Sealing a row: what opens, and what tells nothing of it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.model import Session, pack
from bot.sessions.sealing import (
    BLOCK,
)
from tests.sessions.epochs import in_memory

ROW = b"0123456789abcdef0123456789abcdef"
SECRET = b"triage.children"
DEFLATED = 5  # bytes that deflating adds at the most where nothing repeats
EPOCHS = in_memory()
SEALED = EPOCHS.seal(SECRET, ROW)


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
