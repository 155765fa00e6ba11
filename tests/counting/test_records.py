"""Records: what was written comes back, and half of it does not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.records import MOST_NUMBER, checksum, is_count, pack, unpack

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.text().filter(lambda key: key != "checksum"), VALUES, max_size=4)
RECORD = {"version": 1, "tables": {"outcome": {"a": -3, "b": 4}}}


@given(RECORDS)
def test_what_was_packed_comes_back(record):
    assert unpack(pack(record)) == record


def test_the_order_in_which_rows_came_is_not_kept():
    turned = {"tables": {"outcome": {"b": 4, "a": -3}}, "version": 1}
    assert pack(turned) == pack(RECORD)


def test_a_record_that_was_cut_anywhere_is_none():
    data = pack(RECORD)
    assert all(unpack(data[:end]) is None for end in range(len(data) - 1))


def test_a_record_with_any_one_letter_changed_is_none_or_the_same():
    data = pack(RECORD)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert unpack(changed) in (None, RECORD)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"null", b"[]", b'"checksum"', b"{}", b'{"checksum": null}', b"[" * 100_000,
     b'{"a": NaN, "checksum": ""}', b"9" * 5000, json.dumps({**RECORD, "checksum": "0" * 64}).encode()],
)  # fmt: skip
def test_what_is_no_record_is_none(data):
    assert unpack(data) is None


def test_a_checksum_is_of_what_is_said_and_not_of_how_it_is_written():
    data = json.dumps({"checksum": checksum(RECORD), **RECORD}, indent=7).encode()
    assert unpack(data) == RECORD


@pytest.mark.parametrize("value", [0, -5, 17, MOST_NUMBER, -MOST_NUMBER])
def test_a_whole_number_is_a_count(value):
    assert is_count(value)


@pytest.mark.parametrize("value", [True, None, 1.0, "1", [], MOST_NUMBER + 1, float("inf")])
def test_nothing_else_is_a_count(value):
    assert not is_count(value)
