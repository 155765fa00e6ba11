"""The JSON Schema of an entry, made from the shape, so that editors complete, explain and warn.

Draft 7, which is what editors of YAML read. The schema takes what the loader takes: a bare number
is text where text is wanted, `yes` and `no` are words, and one value may stand for a list of one.
Where only the loader can tell (a day that does not exist, a range that ends when it starts) the
schema lets it pass; it never refuses what `linnet check` allows.
"""

import json
from collections.abc import Callable, Mapping

from bot.directory.hovers import BLOCK_HOVERS, FORMS, HOVERS
from bot.directory.languages import LANGUAGES
from bot.directory.loader import ID
from bot.directory.place_checks import POSTCODE
from bot.directory.reading import parts
from bot.directory.shape import CONTACT_VALUES, REQUIRED, SHAPE, Value

# A part of a schema, as `json` writes it.
Schema = dict[str, object]

# Everything that YAML does not read as a list, a block or nothing: `0800 123`, 999, 1.5, true.
_ANY_TEXT: Schema = {
    "type": ["string", "number", "boolean"],
    "pattern": r"\S",
    "patternErrorMessage": FORMS["text"],
}


def schema_text() -> str:
    """The schema as it stands in `directory/service.schema.json`: the same bytes every time."""
    return json.dumps(service_schema(), ensure_ascii=False, indent=1) + "\n"


def service_schema() -> Schema:
    """The schema of a whole entry."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A service of the Linnet directory",
        "description": "One file is one service. What you leave out counts as not known.",
        **_block(""),
        "definitions": {
            "words": _words(),
            "language": _language(()),
            **{name: _language((name,)) for name in SHAPE["languages.interpreter"].choices},
        },
    }


def _block(prefix: str) -> Schema:
    """The schema of the keys directly under `prefix` (`""`, `worker.`, `contact[].`)."""
    names = parts(prefix)
    required = [name for name in names if f"{prefix}{name}" in REQUIRED]
    schema: Schema = {
        "type": "object",
        "properties": {name: _part(f"{prefix}{name}", part) for name, part in names.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    if prefix == "contact[].":
        schema["allOf"] = [_contact(kind, keys) for kind, keys in CONTACT_VALUES.items()]
    return schema


def _part(key: str, part: object) -> Schema:
    if part == "block":
        return {"description": BLOCK_HOVERS[key], **_block(f"{key}.")}
    if part == "list":
        hover = BLOCK_HOVERS[f"{key}[]"]
        return {"description": hover, "type": "array", "items": _block(f"{key}[].")}
    value = SHAPE[key]
    return {"description": HOVERS[key], **(_FORMS.get(key) or _MAKERS[value.kind](value))}


def _contact(kind: str, keys: tuple[str, ...]) -> Schema:
    """A contact of this type has the key that holds its number, link or words."""
    wanted: list[Schema] = [{"required": [key]} for key in keys]
    return {
        "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
        "then": wanted[0] if len(wanted) == 1 else {"anyOf": wanted},
    }


def _text_like(pattern: str, form: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": FORMS[form]}


def _some(one: Schema) -> Schema:
    """A list of such values, or a single one."""
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _words() -> Schema:
    texts = {code: {"description": name, **_ANY_TEXT} for code, name in LANGUAGES.items()}
    return {
        "type": "object",
        "properties": texts,
        "required": ["en"],
        "additionalProperties": False,
    }


_LONG, _SHORT = "(?:0[13578]|1[02])", "(?:0[469]|11)"  # months with 31 and with 30 days
_IN_MONTH = f"(?:{_LONG}-(?:0[1-9]|[12][0-9]|3[01])|{_SHORT}-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
_WHOLE_DAY = f"[0-9]{{4}}-{_IN_MONTH}"
_DATE = f"[0-9]{{4}}|[0-9]{{4}}-(?:0[1-9]|1[0-2])|{_WHOLE_DAY}"
_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_WEEKDAY}(?:-{_WEEKDAY}|\[[1-5](?:,[1-5])*\])?"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIMES = f"{_TIME}-(?:{_TIME}|24:00)"
_LINE = f"24/7|{_DAYS}(?:,{_DAYS})* {_TIMES}(?:,{_TIMES})*"

_WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": 999}
_LINE_TEXT = _text_like(_LINE, "lines")


def _date(_: Value) -> Schema:
    # A bare year is a number in YAML.
    return {
        **_text_like(_DATE, "date"),
        "type": ["string", "integer"],
        "minimum": 1000,
        "maximum": 9999,
    }


def _language(words: tuple[str, ...]) -> Schema:
    """A language code, or one of the words that stand for any language."""
    names = [*LANGUAGES.values(), *("Any language" for _ in words)]
    return {"enum": [*LANGUAGES, *words], "enumDescriptions": names}


def _languages(value: Value) -> Schema:
    name = value.choices[0] if value.choices else "language"
    return _some({"$ref": f"#/definitions/{name}"})


def _lines_or_choice(value: Value) -> Schema:
    one: Schema = {"enum": list(value.choices)}
    alone: Schema = {"type": "array", "items": one, "minItems": 1, "maxItems": 1}
    lines: Schema = {"type": "array", "items": _LINE_TEXT}
    return {"anyOf": [one, lines, _LINE_TEXT, alone]}


_MAKERS: Mapping[str, Callable[[Value], Schema]] = {
    "text": lambda _: _ANY_TEXT,
    "texts": lambda _: _some(_ANY_TEXT),
    "words": lambda _: {"$ref": "#/definitions/words"},
    "choice": lambda value: {"enum": list(value.choices)},
    "choices": lambda value: _some({"enum": list(value.choices)}),
    "languages": _languages,
    "date": _date,
    "whole": lambda _: _WHOLE,
    "wholes": lambda _: _some(_WHOLE),
    "lines": lambda _: _some(_LINE_TEXT),
    "lines_or_choice": _lines_or_choice,
    "days": lambda _: _some(_text_like(rf"{_WHOLE_DAY}(?:\.\.{_WHOLE_DAY})?", "days")),
}

_ID_TEXT: Schema = {**_text_like(ID.pattern, "id"), "type": ["string", "integer", "boolean"]}
_LINK: Schema = _text_like(r"[hH][tT][tT][pP][sS]?://\S+", "link")

# Keys whose text has a form of its own; each form is the one that the checks ask for.
_FORMS: Mapping[str, Schema] = {
    # A bare 1 is a number and "1" is text; the loader takes both.
    "schema": {"type": ["integer", "string"], "pattern": "^1$", "minimum": 1, "maximum": 1, "default": 1},
    "id": _ID_TEXT,
    "places[].id": _ID_TEXT,
    "places[].postcode": _text_like(POSTCODE.pattern, "postcode"),
    "organisation.website": _LINK,
    "contact[].url": _LINK,
    "contact[].address": _text_like(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", "email"),
}  # fmt: skip
