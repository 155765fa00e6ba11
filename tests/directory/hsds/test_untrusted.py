"""Untrusted JSON: limits, and one meaning for every file."""

import pytest

from bot.directory.hsds.untrusted import MAX_BYTES, RefusedError, _once, read_json, services_in


def told(data):
    with pytest.raises(RefusedError) as error:
        read_json(data)
    return str(error.value.refusals[0])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b" " * (MAX_BYTES + 1), "the file: it is larger than 10 MB"),
        (b"\xff\xfe", "the file: it is not UTF-8"),
        (b"", "line 1, column 1: this is not JSON"),
        (b'[\n{"a": }]', "line 2, column 7: this is not JSON"),
        (b'[{"name": "a", "name": "b"}]', 'the file: an object has the key "name" twice'),
        (b"[NaN]", "the file: NaN is not a number"),
        (b"[" + b"9" * 5000 + b"]", "the file: it has a number that is too long"),
        (b"[" * 30 + b"]" * 30, "the file: it is nested more than 24 levels deep"),
        (b"[" * 200_000, "the file: it is nested more than 24 levels deep"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_with_its_place(data, why):
    assert told(data) == why


def test_finding_a_key_that_is_there_twice_costs_no_more_than_reading_it():
    """A second look for each key made a file of 1 MB a matter of minutes."""
    compared = []

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            compared.append(self)
            return str.__eq__(self, other)

    names = [Name(f"k{number}") for number in range(2000)]
    with pytest.raises(RefusedError):
        _once([(name, None) for name in [*names, Name("k1999")]])
    assert len(compared) <= 2 * len(names)


def test_a_mark_at_the_start_of_the_file_is_no_text():
    assert read_json(b"\xef\xbb\xbf[]") == []


@pytest.mark.parametrize(
    ("found", "at"),
    [
        ([{"name": "a"}], ""),
        ({"contents": [{"name": "a"}], "totalPages": 1}, "contents"),
        ({"items": [{"name": "a"}]}, "items"),
        ({"name": "a"}, ""),
    ],
)
def test_a_list_a_page_and_one_service_are_taken(found, at):
    assert services_in(found) == (at, [{"name": "a"}])


@pytest.mark.parametrize("found", [None, "a", 1, {}, {"services": []}, [1], {"items": ["a"]}])
def test_anything_else_is_not(found):
    with pytest.raises(RefusedError):
        services_in(found)
