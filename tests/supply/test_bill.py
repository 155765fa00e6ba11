"""The bill of materials keeps the published schema, tells the truth and is the same each time."""

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources

import fastjsonschema
import pytest
from cyclonedx.model.bom import Bom
from packageurl import PackageURL

from tests.supply.bill import bill, dated, installed, written
from tests.supply.locked import Pin, applies, read_lock, runtime

SCHEMAS = resources.files("cyclonedx.schema") / "_res"
NAMED = "http://cyclonedx.org/schema/"
AT = {"SOURCE_DATE_EPOCH": "1764115200"}
PROJECT = {"name": "linnet", "version": "9", "description": "A chat.", "license": "MIT"}


def published(address):
    """The schema of an address, from the library that ships it; nothing is fetched."""
    name = address.removeprefix(NAMED)
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def keeps():
    """Raises JsonSchemaException for what does not keep the schema of CycloneDX 1.6."""
    schema = published("bom-1.6.SNAPSHOT.schema.json")
    return fastjsonschema.compile(schema, handlers={"http": published}, formats=FORMATS)


# The formats that say more than "text"; what is not here is not looked at.
FORMATS = {"date-time": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z"}


@pytest.fixture(scope="module")
def found():
    return json.loads(written(AT))


def test_it_keeps_the_published_schema(keeps, found):
    keeps(found)


@pytest.mark.parametrize(
    ("at", "key", "value"),
    [
        ((), "specVersion", 1.6),
        ((), "bomFormat", "Other"),
        (("metadata",), "timestamp", "yesterday"),
        (("components", 0), "type", "thing"),
        (("components", 0, "hashes", 0), "content", "no hash"),
        (("components", 0, "licenses", 0), "license", {"id": "BSD"}),
        (("components", 1), "unheard", "of"),
    ],
    ids=str,
)
def test_the_schema_would_catch_a_mistake(keeps, at, key, value):
    broken = json.loads(written(AT))
    part = broken
    for step in at:
        part = part[step]
    part[key] = value
    with pytest.raises(fastjsonschema.JsonSchemaException):
        keeps(broken)


def test_another_program_reads_all_of_it(found):
    read = Bom.from_json(found)
    assert read.validate()
    assert {part.purl.to_string() for part in read.components} == {
        each["purl"] for each in found["components"]
    }


def test_it_lists_what_linnet_runs_with_and_nothing_else(found):
    listed = {each["name"]: each["version"] for each in found["components"]}
    pins = read_lock()
    assert listed == {name: pins[name].version for name in runtime(pins) if applies(pins[name])}
    assert found["metadata"]["component"]["name"] == "linnet"


def test_every_part_has_the_hashes_of_the_lock_and_a_licence(found):
    pins = read_lock()
    for each in found["components"]:
        assert {one["content"] for one in each["hashes"]} == {*pins[each["name"]].hashes}
        assert each["licenses"]


def test_every_address_is_that_of_its_package(found):
    for each in found["components"]:
        read = PackageURL.from_string(each["purl"])
        assert (read.type, read.name, read.version) == ("pypi", each["name"], each["version"])
        assert read.to_string() == each["purl"]


def test_what_asks_for_what_is_told_of_each_and_leads_to_all(found):
    asked = {each["ref"]: each["dependsOn"] for each in found["dependencies"]}
    assert asked.keys() == {found["metadata"]["component"]["bom-ref"]} | {
        each["bom-ref"] for each in found["components"]
    }
    reached, ahead = set(), [found["metadata"]["component"]["bom-ref"]]
    while ahead:
        ref = ahead.pop()
        if ref not in reached:
            reached.add(ref)
            ahead.extend(asked[ref])
    assert reached == asked.keys()


def test_it_is_the_same_each_time_and_bears_no_number_of_its_own(found):
    assert written(AT) == written(AT)
    assert "serialNumber" not in found


def test_its_date_is_the_given_one_or_that_of_the_commit(found):
    assert found["metadata"]["timestamp"] == "2025-11-26T00:00:00Z"
    assert dated({}) == dated({})
    assert dated({}).tzinfo is UTC


def test_the_date_is_told_in_utc():
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert bill(PROJECT, (), {}, summer)["metadata"]["timestamp"] == "2026-06-30T23:30:00Z"


def test_the_order_of_the_pins_does_not_matter():
    pins, licences = installed()
    when = datetime(2026, 1, 1, tzinfo=UTC)
    assert bill(PROJECT, pins, licences, when) == bill(PROJECT, pins[::-1], licences, when)


def test_several_licences_are_an_expression_and_a_plus_is_written_out(keeps):
    pin = Pin("it", "1+local", "", ("0" * 64,), ("linnet (pyproject.toml)",))
    found = bill(PROJECT, [pin], {"it": "MIT OR Apache-2.0"}, datetime(2026, 1, 1, tzinfo=UTC))
    keeps(found)
    part = found["components"][0]
    assert part["licenses"][0]["expression"] == "MIT OR Apache-2.0"
    assert PackageURL.from_string(part["purl"]).version == "1+local"
