"""Out and in again: what was exported comes back the same, through every format."""

import json
from functools import reduce

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.hsds.drafts import draft_text
from bot.directory.hsds.gathering import Gathered
from bot.directory.hsds.profile import uk_record
from bot.directory.hsds.standard import TABLES
from bot.directory.hsds.tables import csv_text, read_csv, rows_of, services_of
from bot.directory.hsds.taxonomy import KEYS, PRIVATE
from bot.directory.loader import load_service
from bot.directory.model import Status
from bot.directory.shape import CONTACT_VALUES, SHAPE
from bot.directory.stated import pattern
from bot.documents import read
from tests.directory.hsds.foreign import drafts, exported, same_but_status


def through_tables(records):
    files = {table: csv_text(table, rows) for table, rows in rows_of(records).items()}
    return services_of(
        {table: read_csv(text.encode(), TABLES[table].file) for table, text in files.items()}
    )


WAYS = {
    "hsds": lambda records: json.loads(json.dumps(records)),
    "uk": lambda records: [uk_record(record) for record in records],
    "csv": through_tables,
}


@pytest.mark.parametrize("way", WAYS)
def test_every_shipped_active_entry_comes_back_the_same(data, way):
    active = [service for service in data.services if service.status is Status.ACTIVE]
    first = exported(active)
    again = exported(draft.service for draft in drafts(*WAYS[way](first)))
    assert len(again) == len(active) > 60
    assert all(map(same_but_status, first, again))


def test_every_imported_entry_is_a_draft(data):
    assert {draft.service.status for draft in drafts(*exported(data.services))} == {Status.DRAFT}


# ---- entries that nobody wrote

# Quotes, colons, hashes and other scripts; no full stops, so that no text looks like a link.
WORDS = st.text("abcyz AB'\"\\:#-,%{}[]!?*|`~é ਪੰਜ اردو żą 你", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
TEXTS = WORDS.filter(lambda text: text and "](" not in text)
DATES = st.sampled_from(["2026-01-31", "2025-12-01"])
TIMES = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
DAYS = st.sampled_from(["Mo", "Tu-Th", "Mo,We-Fr", "Sa-Su", "Mo[1,3]", "Fr-Mo"])
LINES = st.one_of(
    st.just("24/7"),
    st.tuples(DAYS, TIMES, TIMES).filter(lambda it: it[1] != it[2]).map(
        lambda it: f"{it[0]} {it[1]}-{it[2]}"
    ),
)  # fmt: skip
NUMBERS = st.sampled_from(
    ["0121 303 0000", "0808 200 0247", "116 123", "85258", "+44 121 303 0001"]
)
VALUES = {
    "number": NUMBERS,
    "url": st.sampled_from(["https://example.org", "https://example.org/a-b"]),
    "address": st.just("hello@example.org"),
    "say_where": TEXTS,
}


def value_of(key):
    if key == "contact[].say":  # what is typed into a telephone
        return st.sampled_from([["HELP"], ["Shout now"]])
    value = SHAPE[key]
    one = {
        "choice": st.sampled_from(value.choices or ("-",)),
        "choices": st.sampled_from(value.choices or ("-",)),
        "languages": st.sampled_from(("pa", "ckb", *value.choices)),
        "date": DATES,
        "whole": st.integers(0, 99).map(str),
        "wholes": st.integers(0, 99).map(str),
        "lines": LINES,
        "lines_or_choice": LINES,
        "days": st.just("2026-12-24..2027-01-02"),
    }.get(value.kind, TEXTS)
    several = value.kind in {"choices", "texts", "languages", "wholes", "lines"}
    return (
        st.lists(one, min_size=1, max_size=3, unique=True) if several else one.map(lambda x: [x])
    )


# Facts that could not all be true, or that the import rightly takes out, are left to other tests.
ELSEWHERE = ("id", "residential", "not_for", "kind", "area", "cost", "verified", "summary", "places[]",
             "contact[]", "sessions[]", "name", "discreet_name", "age")  # fmt: skip
FREE = [key for key in KEYS.values() if not key.startswith(ELSEWHERE)]
PLACE = ["sign", "men", "building", "step_free", "lift"]
SHOWN = {"name": TEXTS, "street": TEXTS, "town": TEXTS, "postcode": st.just("B12 9AA")}
CONTACT = ["label", "say", "answers", "languages", "anonymous", "voicemail", "note"]
SESSION = ["what", "name", "when", "where", "term_only", "creche"]


def stated(key):
    if SHAPE[key].kind == "words":
        return TEXTS.map(lambda text: {f"{key}.en": [text], f"{key}.pa": [text]})
    return value_of(key).map(lambda values: {key: values})


def some(names, prefix, block):
    """Some keys of a block, under its full name."""
    one = [
        value_of(f"{prefix}.{name}").map(lambda found, name=name: {f"{block}.{name}": found})
        for name in names
    ]
    return st.lists(st.one_of(one), max_size=4).map(merged)


def merged(parts):
    return reduce(lambda one, other: {**one, **other}, parts, {})


@st.composite
def contact(draw, index):
    block = f"contact[{index}]"
    type = draw(st.sampled_from(list(CONTACT_VALUES)))
    name = draw(st.sampled_from(CONTACT_VALUES[type]))
    value = draw(VALUES[name])
    head = {f"{block}.type": [type], f"{block}.{name}": [value]}
    return {**head, **draw(some(CONTACT, "contact[]", block))}


@st.composite
def place(draw, index):
    block = f"places[{index}]"
    address = draw(st.sampled_from(["shown", "area_only", "hidden"]))
    keys = {"shown": list(SHOWN), "area_only": ["town"], "hidden": []}[address]
    where = {f"{block}.{key}": [draw(SHOWN[key])] for key in keys if draw(st.booleans())}
    head = {f"{block}.id": [f"p{index}"], f"{block}.address": [address]}
    return {**head, **where, **draw(some(PLACE, "places[]", block))}


@st.composite
def session(draw, index):
    block = f"sessions[{index}]"
    return {**draw(some(SESSION, "sessions[]", block)), f"{block}.what": ["drop_in"]}


@st.composite
def services(draw):
    parts = [
        {
            "schema": ["1"], "id": ["an-entry"], "status": ["draft"], "kind": ["support"],
            "name": [draw(TEXTS)], "summary.en": [draw(TEXTS)], "summary.pa": [draw(TEXTS)],
            "verified.by": ["service"], "verified.how": ["phone"], "area.councils": ["birmingham"],
        },
        *draw(st.lists(st.sampled_from(FREE).flatmap(stated), max_size=12)),
        *(draw(contact(index)) for index in range(draw(st.integers(0, 4)))),
        *(draw(place(index)) for index in range(draw(st.integers(0, 3)))),
        *(draw(session(index)) for index in range(draw(st.integers(0, 3)))),
        draw(st.sampled_from([{}, {"age.from": ["18"]}, {"age.from": ["16"], "age.to": ["25"]}])),
        draw(st.sampled_from([{}, {"verified.on": ["2026-03-01"]}, {"verified.on": ["2026-03"]}])),
        draw(st.sampled_from([{}, {"discreet_name": ["The Hub"]}])),
        draw(st.sampled_from([{}, {"organisation.name": ["A Charity"],
                                   "organisation.charity_number": ["1234567"]}])),
    ]  # fmt: skip
    into = Gathered()
    for key, values in merged(parts).items():
        for value in values:
            into.put(key, value, "here")
    entry = into.entry()
    entry.setdefault("contact", [])
    document, unread = read(draft_text(entry, []).encode(), "directory/services/an-entry.yaml")
    service, problems = load_service(document)
    assert service is not None, (unread, problems)
    return service


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(service=services())
def test_any_entry_comes_back_the_same(way, service):
    (first,) = exported([service])
    (draft,) = drafts(*WAYS[way]([first]))
    (again,) = exported([draft.service])
    assert same_but_status(first, again)
    assert public(draft.service) == public(service)


def public(service):
    """All that an entry states and that may leave the directory, with its values."""
    return {
        key: [scalar.text for scalar in scalars]
        for key, scalars in service.stated.items()
        if pattern(key) not in PRIVATE | {"id", "places[].id"} and scalars
    }


@pytest.mark.parametrize("way", WAYS)
def test_nothing_public_of_a_shipped_active_entry_is_lost(data, way):
    active = [service for service in data.services if service.status is Status.ACTIVE]
    back = drafts(*WAYS[way](exported(active)))
    for service, draft in zip(active, back, strict=True):
        hidden = [place for place in service.places if place.address != "shown"]
        if not hidden:
            assert public(draft.service) == public(service)
