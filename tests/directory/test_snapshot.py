"""A snapshot: the same entries come back, or nothing does."""

import gc
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.snapshot import pack, unpack
from tests.directory.entries import entry


def test_every_shipped_entry_comes_back_as_it_was(data):
    assert unpack(pack(data.services)) == data.services


def test_an_entry_with_every_list_comes_back_as_it_was():
    service = entry(
        places="[{id: main, address: area_only, town: X}]",
        sessions="[{what: drop_in, when: [Mo 10:00-12:00]}]",
        checks="[{on: 2026-11-20, by: editor, how: test_call, answered: yes}]",
        sources="[{where: A page, gives: all}]",
        age="{from: 18}",
    )
    assert unpack(pack([service])) == (service,)


def test_the_same_entries_are_the_same_bytes(data):
    assert pack(data.services) == pack(data.services)


def test_no_entries_are_no_fault():
    assert unpack(pack([])) == ()


@given(st.binary(max_size=200))
def test_what_is_no_snapshot_is_none(noise):
    assert unpack(noise) is None


@given(st.data())
def test_a_snapshot_that_was_changed_or_cut_is_none(told):
    whole = pack([entry()])
    at = told.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    assert unpack(changed) is None
    assert unpack(whole[:at]) is None


@pytest.mark.parametrize("body", [b"[" * 100_000, b"[]", b"{}", b"null", b"1e999"])
def test_what_is_whole_and_is_no_snapshot_is_none(body):
    assert unpack(hashlib.sha256(body).hexdigest().encode() + b"\n" + body) is None


def test_an_entry_that_lacks_a_part_makes_no_snapshot():
    body = pack([entry()]).partition(b"\n")[2].replace(b'"contact[0].type"', b'"contact[0].typo"')
    assert unpack(hashlib.sha256(body).hexdigest().encode() + b"\n" + body) is None


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_is_left_as_it_was(collects):
    (gc.enable if collects else gc.disable)()
    try:
        unpack(pack([entry()]))
        assert gc.isenabled() is collects
    finally:
        gc.enable()
