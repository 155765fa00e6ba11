"""Tables: HSDS services as rows of CSV files with a datapackage, and such rows as services."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.directory.hsds.records import Record, Value, id_of, text_of
from bot.directory.hsds.standard import TABLES, inner
from bot.directory.hsds.taxonomy import NAME, taxonomy
from bot.directory.hsds.untrusted import refuse

Rows = Mapping[str, list[Record]]  # by table

# The column in which a row names the record it belongs to, by the table of that record.
_OWNERS = {
    "service": "service_id",
    "organization": "organization_id",
    "location": "location_id",
    "service_at_location": "service_at_location_id",
    "phone": "phone_id",
    "contact": "contact_id",
    "attribute": "link_id",
}
# One record inside another: the outer one has the id of the inner one.
_INSIDE = {
    "organization": "organization_id",
    "location": "location_id",
    "taxonomy_term": "taxonomy_term_id",
    "program": "program_id",
}
_LINKED = ("attribute", "metadata")  # by link_id or resource_id, whatever they belong to
# What a spreadsheet would run, with the quotes before it: `-1+cmd` too, but no number and no phone.
_FORMULA = re.compile(
    r"'*[ \u00a0\ufeff]*(?:[=@\uff1d\uff20\t\r\n]|[+\-\uff0b\uff0d](?![\d() .-]+\Z))"
)
MOST_CELL = 20_000  # characters
MOST_ROWS = 100_000  # of one file
MOST_NESTED = 300_000  # rows, counted as often as they are used


def rows_of(services: Iterable[Record]) -> dict[str, list[Record]]:
    """The rows of every table that has some, without repetition, in the order they are met.

    A service without an organisation gets one of its own name, because each row must name one.
    """
    found: dict[str, dict[str, Record]] = {}
    for service in services:
        _flatten(_with_organisation(service), "service", found)
    terms = found.get("taxonomy_term", {}).values()
    if any(text_of(term, "taxonomy") == NAME for term in terms):
        found.setdefault("taxonomy", {})[text_of(taxonomy(), "id")] = taxonomy()
    return {table: list(found[table].values()) for table in TABLES if table in found}


def _with_organisation(service: Record) -> Record:
    if "organization" in service:
        return service
    name = text_of(service, "name")
    id = id_of(text_of(service, "id"), "organization")
    own: Record = {"id": id, "name": name, "description": name}
    return {**service, "organization_id": id, "organization": own}


def _flatten(record: Record, table: str, found: dict[str, dict[str, Record]]) -> None:
    row: Record = {}
    own = text_of(record, "id")
    for key, value in record.items():
        below = inner(TABLES[table].keys[key])
        if below is None:
            row[key] = value
        elif isinstance(value, dict):
            row.setdefault(_INSIDE.get(below, ""), value.get("id"))
            _flatten(value, below, found)
        else:
            for each in value if isinstance(value, list) else ():
                if isinstance(each, dict):
                    _flatten({**each, **_owner(each, table, below, own)}, below, found)
    row.pop("", None)
    found.setdefault(table, {}).setdefault(own, row)


def _owner(record: Record, table: str, below: str, id: str) -> Record:
    column = _OWNERS.get(table, "")
    return {column: id} if column in TABLES[below].keys and column not in record else {}


# ---- files


def csv_text(table: str, rows: Iterable[Record]) -> str:
    """The rows as a CSV file (RFC 4180, UTF-8), with the columns that any of them uses."""
    rows = list(rows)
    columns = [key for key in TABLES[table].keys if any(key in row for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Value) -> str:
    text = "" if value is None else str(value)
    # A quote before it makes it text; a text that has such a quote of its own gets one more.
    return f"'{text}" if _FORMULA.match(text) else text


_TYPES = {"number": "number", "age": "number", "latitude": "number", "longitude": "number"}


def datapackage(tables: Mapping[str, Iterable[Record]]) -> str:
    """The `datapackage.json` that says which files there are, with their columns and types."""
    resources = [_resource(table, list(rows)) for table, rows in tables.items()]
    package = {
        "profile": "tabular-data-package",
        "name": "human-services-data",
        "title": "Services for women, in the Human Services Data Specification (HSDS)",
        "resources": resources,
    }
    return f"{json.dumps(package, indent=1, ensure_ascii=False)}\n"


def _resource(table: str, rows: list[Record]) -> dict[str, object]:
    keys = TABLES[table].keys
    fields = [
        {"name": key, "type": _TYPES.get(kind, "string")}
        for key, kind in keys.items()
        if any(key in row for row in rows)
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": TABLES[table].file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id"},
    }


# The UK profile calls some of its files otherwise.
FILES: Mapping[str, str] = {
    **{table.file: name for name, table in TABLES.items()},
    "address.csv": "address",
    "attribute.csv": "attribute",
    "schedule.csv": "schedule",
    "urls.csv": "url",
    "service_at_locations.csv": "service_at_location",
}


def read_csv(data: bytes, file: str) -> list[Record]:
    """The rows of one CSV file, numbers as numbers and without empty cells.

    Raises RefusedError when it is no UTF-8 or no CSV, for a column that is there twice, and for
    a row that is longer than the first, and more than 100,000 rows.
    """
    table = FILES[file]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(file, "it is not UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Record] = []
    try:
        columns = next(reader, [])
        if len(set(columns)) < len(columns):
            raise refuse(f"{file}, line 1", "a column is there twice")
        for cells in reader:
            where = f"{file}, line {reader.line_num}"
            if len(found) == MOST_ROWS:
                raise refuse(where, f"there are more than {MOST_ROWS} rows; split it")
            if len(cells) > len(columns):
                raise refuse(where, "this row has more cells than the first has names")
            pairs = zip(columns, cells, strict=False)
            found.append({
                name: _read(text, TABLES[table].keys.get(name, ""), where)
                for name, text in pairs if text != "" or name in TABLES[table].required
            })  # fmt: skip
    except csv.Error:
        raise refuse(f"{file}, line {reader.line_num}", "this is not CSV") from None
    return found


def _read(text: str, kind: str, where: str) -> Value:
    if len(text) > MOST_CELL:
        raise refuse(where, f"a cell has more than {MOST_CELL} characters")
    if kind in _TYPES and re.fullmatch(r"-?\d{1,9}(?:\.\d{1,12})?", text, re.ASCII):
        return float(text) if "." in text else int(text)
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


# ---- and back


def services_of(rows: Rows) -> list[Record]:
    """The services of a folder of tables, each with all that belongs to it.

    Raises RefusedError for an id that is there twice in a table, and for a row that names another
    which is not there.
    """
    by_id = {table: _by_id(table, found) for table, found in rows.items()}
    for table, found in rows.items():
        for number, row in enumerate(found):
            _check_links(row, table, number, by_id)
    nest = _Nest(by_id, _owned(rows))
    return [nest.whole(row, "service") for row in rows.get("service", ())]


def _by_id(table: str, rows: list[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for number, row in enumerate(rows):
        id = text_of(row, "id")
        where = f"{TABLES[table].file}, row {number + 1}"
        if not id:
            raise refuse(where, "it has no id")
        if id in found:
            raise refuse(where, f"the id '{id[:60]}' is there twice")
        found[id] = row
    return found


def _check_links(
    row: Record, table: str, number: int, by_id: Mapping[str, Mapping[str, Record]]
) -> None:
    for other, column in (*_OWNERS.items(), *_INSIDE.items()):
        link = text_of(row, column) if column in TABLES[table].keys else ""
        if link and column != "link_id" and other in TABLES and link not in by_id.get(other, {}):
            where = f"{TABLES[table].file}, row {number + 1}"
            raise refuse(where, f"{column} is '{link[:60]}', and there is no such {other}")


def _owned(rows: Rows) -> dict[tuple[str, str], list[Record]]:
    """The rows of each table by the record they belong to, under (table, id of that record)."""
    found: dict[tuple[str, str], list[Record]] = {}
    for table, listed in rows.items():
        for row in listed:
            for owner in _owners(row, table):
                found.setdefault((table, owner), []).append(row)
    return found


def _owners(row: Record, table: str) -> Iterator[str]:
    columns = ("link_id", "resource_id") if table in _LINKED else tuple(_OWNERS.values())
    for column in columns:
        if column in TABLES[table].keys and (owner := text_of(row, column)):
            yield owner


@dataclass(slots=True)
class _Nest:
    """Puts rows into the rows they belong to; `left` says how many more it will."""

    by_id: Mapping[str, Mapping[str, Record]]
    owned: Mapping[tuple[str, str], list[Record]]
    left: int = MOST_NESTED

    def whole(self, row: Record, table: str, above: tuple[str, ...] = ()) -> Record:
        """A row with the rows that belong to it.

        `above` are the tables it is in. None is entered twice, so rows that name each other in a
        circle end; and many rows that share many others are refused before they fill the memory.
        """
        self.left -= 1
        if self.left < 0:
            raise refuse("the folder", f"its rows belong together in more than {MOST_NESTED} ways")
        found: Record = dict(row)
        within = (*above, table)
        for key, kind in TABLES[table].keys.items():
            below = inner(kind)
            if below is None or below in within:
                continue
            if kind[0] == "@":
                inside = self.by_id.get(below, {}).get(text_of(row, _INSIDE.get(below, "")))
                found |= {key: self.whole(inside, below, within)} if inside else {}
            elif table != "organization" or below == "organization_identifier":
                listed = self.owned.get((below, text_of(row, "id")), ())
                found |= (
                    {key: [self.whole(each, below, within) for each in listed]} if listed else {}
                )
        return found
