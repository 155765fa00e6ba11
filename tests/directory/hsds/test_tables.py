"""Tables: each record once, rows that belong together again, and nothing a spreadsheet would run."""

import csv
import io
import json

import pytest

from bot.directory.hsds import tables
from bot.directory.hsds.tables import csv_text, datapackage, read_csv, rows_of, services_of
from bot.directory.hsds.untrusted import RefusedError
from tests.directory.entries import entry
from tests.directory.hsds.foreign import exported, foreign, uid


def told(run, *arguments):
    with pytest.raises(RefusedError) as error:
        run(*arguments)
    return str(error.value.refusals[0])


def test_every_record_is_one_row_and_knows_its_owner():
    rows = rows_of(exported([entry(places="[{id: a, address: shown, town: Dudley}]")]))
    (service,), (link,), (location,) = (
        rows["service"],
        rows["service_at_location"],
        rows["location"],
    )
    assert link["service_id"] == service["id"]
    assert link["location_id"] == location["id"]
    assert rows["address"][0]["location_id"] == location["id"]
    assert rows["phone"][0]["service_id"] == service["id"]


def test_a_service_without_an_organisation_gets_one_of_its_name():
    rows = rows_of(exported([entry()]))
    assert rows["organization"][0]["name"] == "A Centre"
    assert rows["service"][0]["organization_id"] == rows["organization"][0]["id"]


def test_shared_records_stand_once():
    rows = rows_of(exported([entry(id="one"), entry(id="two")]))
    codes = [term["code"] for term in rows["taxonomy_term"]]
    assert len(codes) == len(set(codes))
    assert [each["name"] for each in rows["taxonomy"]] == ["women-access"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "@x",
            "-a",
            "+a",
            "\tx",
            "+44 (0)121",
            "-1.9",
            'a,"b"\nc',
            "'-",
            "''=x",
            "'t is",
        ),
        *("-1+cmd|' /C calc'!A0", "+(1)", " =1", "\uff1d1", "\n=1"),
    ],
)
def test_no_cell_is_a_formula_and_each_comes_back(text):
    data = csv_text("service", [{"id": "1", "description": text}])
    shown = [*csv.reader(io.StringIO(data, newline=""))][1][1]
    assert not shown.lstrip().startswith(("=", "@", "-a", "-1+", "+a", "\uff1d"))
    assert read_csv(data.encode(), "services.csv")[0]["description"] == text


def test_the_datapackage_names_every_file_with_its_columns():
    package = json.loads(datapackage(rows_of(exported([entry()]))))
    (phones,) = [each for each in package["resources"] if each["name"] == "phone"]
    assert phones["path"] == "phones.csv"
    assert {"name": "number", "type": "string"} in phones["schema"]["fields"]


def test_numbers_are_numbers_again():
    (row,) = read_csv(b"id,minimum_age\n1,18\n", "services.csv")
    assert row == {"id": "1", "minimum_age": 18}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"id\n\xff", "services.csv: it is not UTF-8"),
        (b"id,id\n1,2\n", "services.csv, line 1: a column is there twice"),
        (b"id\n1,2\n", "services.csv, line 2: this row has more cells than the first has names"),
        (
            b"id\n" + b"1\n" * 100_001,
            "services.csv, line 100002: there are more than 100000 rows; split it",
        ),
        (b'id\n"1\n', "services.csv, line 2: this is not CSV"),
        (
            b"id,name\n1," + b"a" * 20_001,
            "services.csv, line 2: a cell has more than 20000 characters",
        ),
    ],
)
def test_what_is_no_table_is_one_sentence(data, why):
    assert told(read_csv, data, "services.csv") == why


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"service": [{"name": "a"}]}, "services.csv, row 1: it has no id"),
        ({"service": [{"id": "1"}, {"id": "1"}]}, "services.csv, row 2: the id '1' is there twice"),
        ({"service": [{"id": "1"}], "phone": [{"id": "2", "service_id": "9"}]},
         "phones.csv, row 1: service_id is '9', and there is no such service"),
    ],
)  # fmt: skip
def test_rows_that_cannot_belong_together_are_told(rows, why):
    assert told(services_of, rows) == why


def test_rows_that_name_each_other_in_a_circle_end():
    rows = {
        "service": [{"id": "1"}],
        "contact": [{"id": "2", "service_id": "1"}],
        "phone": [{"id": "3", "contact_id": "2", "service_id": "1"}],
        "language": [{"id": "4", "phone_id": "3", "service_id": "1"}],
    }
    (found,) = services_of(rows)
    assert found["contacts"][0]["phones"][0]["languages"][0]["id"] == "4"


def test_few_rows_cannot_become_a_flood():
    rows = {
        "service": [{"id": "1"}],
        "location": [{"id": "l"}],
        "service_at_location": [
            {"id": f"s{n}", "service_id": "1", "location_id": "l"} for n in range(700)
        ],
        "phone": [{"id": f"p{n}", "location_id": "l"} for n in range(700)],
    }
    assert told(services_of, rows).startswith("the folder: its rows belong together in more than")


def test_a_foreign_service_goes_through_tables_unchanged_in_what_matters():
    records = [foreign()]
    for record in records:
        for key in ("phones", "schedules", "languages", "service_areas", "service_at_locations"):
            assert record[key]
    again = services_of({
        table: read_csv(csv_text(table, rows).encode(), tables.TABLES[table].file)
        for table, rows in rows_of(records).items()
    })  # fmt: skip
    assert again[0]["phones"][0]["number"] == "0121 303 0000"
    assert again[0]["service_at_locations"][0]["location"]["addresses"][0]["id"] == uid(6)
