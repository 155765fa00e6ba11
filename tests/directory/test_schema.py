"""The schema says what the shape says; `tests/editor` tries it in a real editor's server."""

import json
import re

import pytest

from bot.directory import hours
from bot.directory.languages import LANGUAGES
from bot.directory.reading import is_date
from bot.directory.schema import schema_text, service_schema
from bot.directory.shape import CONTACT_VALUES, REQUIRED, SHAPE
from tests.directory.entries import DIRECTORY


def at(key):
    """The schema of a key as the shape names it."""
    found = service_schema()
    for name in key.split("."):
        found = found["properties"][name.removesuffix("[]")]
        found = found["items"] if name.endswith("[]") else found
    return found


def blocks(schema):
    """Every block of a schema, itself first."""
    if schema.get("type") == "object":
        yield schema
    for part in (*schema.get("properties", {}).values(), schema.get("items")):
        yield from blocks(part) if isinstance(part, dict) else ()


def line_pattern():
    return at("hours.open")["anyOf"][1]["pattern"]


def test_the_file_in_the_directory_is_up_to_date():
    written = (DIRECTORY / "service.schema.json").read_bytes()
    assert written == schema_text().encode(), "run: linnet directory schema --write"


def test_the_text_is_the_schema():
    assert json.loads(schema_text()) == service_schema()


@pytest.mark.parametrize("key", SHAPE)
def test_every_key_of_the_shape_is_there_with_its_hover(key):
    assert at(key)["description"]


def test_no_block_takes_a_key_that_is_not_in_the_shape():
    assert all(block["additionalProperties"] is False for block in blocks(service_schema()))


def test_what_is_required_is_required():
    for key in REQUIRED:
        before, _, name = key.rpartition(".")
        assert name in (at(before) if before else service_schema())["required"], key


def test_every_closed_list_is_closed():
    for key, value in SHAPE.items():
        if value.kind == "choice" and key != "schema":
            assert at(key)["enum"] == list(value.choices)
        if value.kind == "choices":
            assert [one.get("items", one)["enum"] for one in at(key)["anyOf"]] == [
                list(value.choices)
            ] * 2


def test_words_are_there_in_english_and_only_in_languages_that_we_know():
    words = service_schema()["definitions"]["words"]
    assert words["required"] == ["en"]
    assert set(words["properties"]) == set(LANGUAGES)


def test_every_type_of_contact_asks_for_its_value():
    asked = {
        one["if"]["properties"]["type"]["const"]: one["then"] for one in at("contact[]")["allOf"]
    }
    assert asked["phone"] == {"required": ["number"]}
    assert asked["relay"] == {"anyOf": [{"required": ["number"]}, {"required": ["url"]}]}
    assert set(asked) == set(CONTACT_VALUES)


@pytest.mark.parametrize(
    "line",
    ["Mo-Fr 09:00-17:00", "24/7", "Mo[1,3] 11:00-13:00", "Fr-Sa 21:00-05:00", "Mo,We 10:00-24:00",
     "Mon 09:00-17:00", "Mo-Fr 9-5", "Mo 25:00-26:00", "Mo 24:00-05:00", "Mo  09:00-10:00", "PH off"],
)  # fmt: skip
def test_the_schema_and_the_loader_take_the_same_hours(line):
    loads = not isinstance(hours.parse(line), hours.Refused)
    assert bool(re.search(line_pattern(), line)) == loads


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-11", "2026-11-30", "2024-02-29", "2026-11-31", "2026-13", "2026-1-1", "26",
     "2026-02-30", "2026-00", "2026-12-00", "1 May 2026"],
)  # fmt: skip
def test_the_schema_and_the_loader_take_the_same_dates(text):
    assert bool(re.search(at("verified.on")["pattern"], text)) == is_date(text)
