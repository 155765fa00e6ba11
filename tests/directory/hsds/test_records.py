"""Records: stable ids, and forgiving ways to look into what may have any form."""

import uuid

from bot.directory.hsds.records import (
    id_of,
    is_uuid,
    numbered,
    record_of,
    records_of,
    text_of,
    without_empty,
)  # fmt: skip


def test_the_same_names_give_the_same_id_for_ever():
    assert id_of("service", "anawim") == "360d3a01-9064-598c-947f-1cf3afd9d9a6"
    assert uuid.UUID(id_of("a")).version == 5


def test_names_do_not_run_together():
    assert id_of("ab", "c") != id_of("a", "bc")


def test_a_uuid_is_written_with_hyphens():
    assert is_uuid("ac148810-d857-441c-9679-408f346de14b")
    assert not is_uuid("ac148810d857441c9679408f346de14b")
    assert not is_uuid("{ac148810-d857-441c-9679-408f346de14b}")


def test_what_has_another_form_is_as_if_it_were_not_there():
    record = {"text": 1, "record": [], "records": [{"a": 1}, "b"]}
    assert (text_of(record, "text"), record_of(record, "record")) == ("", {})
    assert records_of(record, "records") == [{"a": 1}]
    assert [*numbered(record, "records", "[0]")] == [("[0].records[0]", {"a": 1})]


def test_empty_keys_are_left_out_unless_they_must_be_there():
    assert without_empty({"a": "", "b": [], "c": None, "d": 0}) == {"d": 0}
    assert without_empty({"a": "", "b": ""}, keep=("a",)) == {"a": ""}
