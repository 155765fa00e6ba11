"""The published schemas: our exports keep them, and they miss most of what is wrong."""

import copy

import fastjsonschema
import pytest

from bot.directory.hsds.profile import uk_record
from bot.directory.hsds.records import is_uuid
from bot.directory.hsds.standard import TABLES, UK, inner
from tests.directory.hsds.foreign import drafts, exported, foreign, refused, schema

BOTH = ("hsds", "oruk")


def validator(name):
    compiled = fastjsonschema.compile(schema(name), formats={"uuid": is_uuid})

    def caught(record):
        try:
            compiled(record)
        except fastjsonschema.JsonSchemaException as error:
            return error.message
        return None

    return caught


def test_every_shipped_entry_keeps_the_schema_of_hsds(data):
    caught = validator("hsds")
    assert [caught(each) for each in exported(data.services) if caught(each)] == []


def test_every_shipped_entry_keeps_the_schema_of_the_uk_profile(data):
    caught = validator("oruk")
    records = [uk_record(each) for each in exported(data.services)]
    assert [caught(each) for each in records if caught(each)] == []


def tables_of(name):
    root = schema(name)
    return {"service": root, **root["definitions"]}


@pytest.mark.parametrize("name", BOTH)
def test_our_tables_have_every_key_that_a_published_table_has(name):
    for table, found in tables_of(name).items():
        if table != "meta_table_description":  # about files, not about services
            assert found["properties"].keys() - TABLES[table].keys.keys() == set(), table


def test_our_tables_have_no_key_that_no_published_table_has():
    published = [tables_of(name) for name in BOTH]
    for table, ours in TABLES.items():
        known = set().union(*(each[table]["properties"] for each in published if table in each))
        assert set(ours.keys) == known, table


def test_lists_and_records_are_of_the_published_tables():
    for table, found in tables_of("hsds").items():
        for key, value in found["properties"].items():
            link = value.get("$ref") or value.get("items", {}).get("$ref")
            if link and table in TABLES:
                assert inner(TABLES[table].keys[key]) == link.rpartition("/")[2]


def test_what_is_kept_for_the_profile_is_in_the_profile_or_said_to_be_more():
    more = {
        ("location", "location_type"), ("schedule", "attributes"), ("attribute", "value"),
        *(("taxonomy_term", key) for key in ("code", "name", "description")),
    }  # fmt: skip
    profile = tables_of("oruk")
    beside = {
        (table, key) for table, keys in UK.items() for key in keys
        if key not in profile[table]["properties"]
    }  # fmt: skip
    assert beside == more


# ---- what the schemas miss


def _at(path, value):
    """The sound service with one thing wrong in it."""
    found = copy.deepcopy(foreign())
    *steps, last = path
    here = found
    for step in steps:
        here = here[step]
    here[last] = value
    return found


LOCATION = ("service_at_locations", 0, "location")
DEFECTS = {
    "hours 'nine'": _at(("schedules", 0, "opens_at"), "nine"),
    "closes before it opens": _at(("schedules", 0, "closes_at"), "08:00"),
    "days 'Funday'": _at(("schedules", 0, "byday"), "Funday"),
    "latitude 100": _at((*LOCATION, "latitude"), 100),
    "phone 'ask Jo'": _at(("phones", 0, "number"), "ask Jo"),
    "age 90 to 10": foreign(minimum_age=90, maximum_age=10),
    "country 'Mars'": _at((*LOCATION, "addresses", 0, "country"), "Mars"),
    "language 'elvish'": _at(("languages", 0, "code"), "elvish"),
    "checked 'last spring'": foreign(assured_date="last spring"),
    "a misspelt key": foreign(minimun_age=18),
    "a status of no list": foreign(status="open"),
    "an id that is no UUID": foreign(id="drop-in"),
}


def test_the_sound_service_is_taken_and_keeps_both_schemas():
    assert len(drafts(foreign())) == 1
    assert [validator(name)(foreign()) for name in BOTH] == [None, None]


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_planted_defect_is_caught_by_the_import(defect):
    assert len(refused(DEFECTS[defect])) == 1


@pytest.mark.parametrize("name", BOTH)
def test_the_schemas_catch_two_of_the_twelve(name):
    caught = validator(name)
    found = [defect for defect, record in DEFECTS.items() if caught(record)]
    told = f"{name}: {len(found)} of {len(DEFECTS)} defects caught; the import catches all"
    print(told)  # noqa: T201  # the count is what one wants to read
    assert found == ["a status of no list", "an id that is no UUID"]
