"""Walks an entry beside the shape: every value is read as the kind its key must have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Literal

from bot.directory import hours
from bot.directory.languages import LANGUAGES
from bot.directory.shape import REQUIRED, SHAPE, Value
from bot.directory.stated import Stated
from bot.documents import Mapping as Block
from bot.documents import Scalar
from bot.fields import Fields, one_of
from bot.problems import Mark, Report

RULES: Mapping[str, str] = {
    "wrong-type": "A value has another form than its key must have.",
    "empty": "A key has nothing behind it.",
    "missing": "An entry does not have what every entry must have.",
    "unknown-key": "A key is not part of the entry format.",
    "not-a-choice": "A value is not on the closed list of its key.",
    "not-a-language": "A language code is not one that we know.",
    "not-a-date": "A date is not written YYYY-MM-DD, YYYY-MM or YYYY, or there is no such day.",
    "not-a-number": "A number is not a whole number that makes sense here.",
    "not-a-day-range": "Days are not written 2026-12-24..2027-01-02, or end before they start.",
    "hours-line": "A line of opening hours cannot be read without doubt.",
    "odd-character": "A text has characters that cannot be seen or that turn it around.",
}

Part = Value | Literal["block", "list"]
Read = Callable[[Fields, str, Value], tuple[Scalar, ...] | None]


@cache
def parts(prefix: str) -> Mapping[str, Part]:
    """What may stand directly under `prefix` (`""`, `worker.`, `contact[].`), in shape order."""
    found: dict[str, Part] = {}
    for key, value in SHAPE.items():
        if key.startswith(prefix):
            name, dot, _ = key.removeprefix(prefix).partition(".")
            found[name.removesuffix("[]")] = _part(name, value if not dot else None)
    return found


def _part(name: str, value: Value | None) -> Part:
    return value or ("list" if name.endswith("[]") else "block")


# How a message calls the thing it is about.
_CALLED = {
    "": "this entry",
    "places[].": "a place",
    "contact[].": "a contact",
    "sessions[].": "a session",
    "sources[].": "a source",
    "changes[].": "a change",
}


def read_block(node: Block, report: Report, prefix: str = "", at: str = "") -> Stated:
    """Read one block of an entry and all that is in it.

    `prefix` is its place in the shape, `at` its full key with numbers. Values that cannot be used
    are left out and reported.
    """
    called = _CALLED.get(prefix) or f"'{prefix.removesuffix('.')}'"
    fields, stated = Fields(node, report, called), Stated()
    for name, part in parts(prefix).items():
        _require(fields, prefix, name, called)
        if part == "block":
            _read_inner(fields, stated, prefix, at, name)
        elif part == "list":
            _read_list(fields, stated, prefix, at, name)
        else:
            _read_value(fields, stated, part, at, name)
    fields.done()
    return stated


def _require(fields: Fields, prefix: str, name: str, called: str) -> None:
    if (why := REQUIRED.get(f"{prefix}{name}")) and not fields.has(name):
        fields.report.add(fields.mark, "missing", f"{called} has no '{name}'; {why}")


def _read_inner(fields: Fields, stated: Stated, prefix: str, at: str, name: str) -> None:
    if block := fields.mapping(name):
        inner = read_block(block, fields.report, f"{prefix}{name}.", f"{at}{name}.")
        stated.values |= inner.values


def _read_list(fields: Fields, stated: Stated, prefix: str, at: str, name: str) -> None:
    blocks = fields.mappings(name)
    for index, block in enumerate(blocks):
        key = f"{at}{name}[{index}]"
        stated.blocks[key] = block.mark
        inner = read_block(block, fields.report, f"{prefix}{name}[].", f"{key}.")
        stated.values |= inner.values


def _read_value(fields: Fields, stated: Stated, value: Value, at: str, name: str) -> None:
    if fields.node(name) is None:  # asked for all the same, so that it can be suggested
        return
    if value.kind == "words":
        stated.values |= _words(fields, at, name)
    elif (found := _READERS[value.kind](fields, name, value)) is not None:
        stated.values[f"{at}{name}"] = found


# Invisible and direction-turning characters can make a shown name or number read as another.
# ZWNJ and ZWJ stay: several of our languages are spelled with them.
_ODD = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


# What other readers of YAML take for nothing; a woman must not be shown the word.
_NOTHING = frozenset({"~", "null", "Null", "NULL"})


def _clean(scalar: Scalar, name: str, report: Report) -> Scalar | None:
    """The scalar without spaces around it, or None and a problem."""
    if not scalar.text.strip() or (scalar.plain and scalar.text in _NOTHING):
        why = f"'{name}' is empty; write something or leave the key out"
        report.add(scalar.mark, "empty", why)
        return None
    if odd := _ODD.search(scalar.text):
        why = f"'{name}' has the hidden character U+{ord(odd[0]):04X}; type the text again"
        report.add(scalar.mark, "odd-character", why)
        return None
    return replace(scalar, text=scalar.text.strip())


def _single(fields: Fields, name: str) -> Scalar | None:
    found = fields.scalar(name)
    return _clean(found, name, fields.report) if found else None


def _several(fields: Fields, name: str) -> tuple[Scalar, ...]:
    cleaned = (_clean(found, name, fields.report) for found in fields.scalars(name))
    return tuple(found for found in cleaned if found)


def _text(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...] | None:
    found = _single(fields, name)
    return (found,) if found else None


def _texts(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...]:
    return _several(fields, name)


def _choice(fields: Fields, name: str, value: Value) -> tuple[Scalar, ...] | None:
    found = _single(fields, name)
    if found and one_of(found, name, value.choices, fields.report):
        return (found,)
    return None


def _choices(fields: Fields, name: str, value: Value) -> tuple[Scalar, ...]:
    found = _several(fields, name)
    return tuple(one for one in found if one_of(one, name, value.choices, fields.report))


def _languages(fields: Fields, name: str, value: Value) -> tuple[Scalar, ...]:
    found = _several(fields, name)
    return tuple(
        one for one in found if one.text in value.choices or _language(one, fields.report)
    )


def _language(found: Scalar, report: Report) -> bool:
    if found.text in LANGUAGES:
        return True
    named = {name.casefold(): code for code, name in LANGUAGES.items()}
    word = found.text.casefold()
    near = [name for name in named if name.startswith(word)] or get_close_matches(word, named)
    code = named[near[0]] if near else None
    hint = f"did you mean '{code}' ({LANGUAGES[code]})?" if code else "see ISO 639"
    report.add(found.mark, "not-a-language", f"'{found.text}' is not a language code; {hint}")
    return False


def _words(fields: Fields, at: str, name: str) -> dict[str, tuple[Scalar, ...]]:
    block = fields.mapping(name)
    if block is None:
        return {}
    inner = Fields(block, fields.report, f"'{name}'")
    if not inner.has("en"):
        fields.report.add(block.mark, "missing", f"'{name}' has no 'en'; English is always there")
    found: dict[str, tuple[Scalar, ...]] = {}
    for code, _ in block.entries:
        if _language(code, fields.report) and (text := _single(inner, code.text)):
            found[f"{at}{name}.{code.text}"] = (text,)
    return found


_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _date(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...] | None:
    found = _single(fields, name)
    if found and not is_date(found.text):
        why = f"'{found.text}' is not a date; write YYYY-MM-DD, or YYYY-MM or YYYY"
        fields.report.add(found.mark, "not-a-date", why)
        return None
    return (found,) if found else None


def _number(found: Scalar, name: str, report: Report) -> bool:
    fits = isinstance(found.value, int) and not isinstance(found.value, bool)
    if fits and 0 <= int(found.value) <= 999:
        return True
    why = f"'{found.text}' is not a number for '{name}'; write a whole number from 0 to 999"
    report.add(found.mark, "not-a-number", why)
    return False


def _whole(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...] | None:
    found = _single(fields, name)
    return (found,) if found and _number(found, name, fields.report) else None


def _wholes(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...]:
    found = _several(fields, name)
    return tuple(one for one in found if _number(one, name, fields.report))


def _line(found: Scalar, report: Report) -> bool:
    parsed = hours.parse(found.text)
    if not isinstance(parsed, hours.Refused):
        return True
    # Inside quotes a character may take two places, so only a plain value has a column to point at.
    column = found.mark.column + (parsed.at if found.plain else 0)
    report.add(Mark(found.mark.line, column), "hours-line", parsed.sentence)
    return False


def _lines(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...]:
    return tuple(one for one in _several(fields, name) if _line(one, fields.report))


def _lines_or_choice(fields: Fields, name: str, value: Value) -> tuple[Scalar, ...]:
    found = _several(fields, name)
    if len(found) == 1 and found[0].text in value.choices:
        return found
    if len(found) == 1 and found[0].text.isalpha():
        one_of(found[0], name, (*value.choices, "hours lines"), fields.report)
        return ()
    return tuple(one for one in found if _line(one, fields.report))


def _days(fields: Fields, name: str, _: Value) -> tuple[Scalar, ...]:
    return tuple(one for one in _several(fields, name) if _day_range(one, fields.report))


def _day_range(found: Scalar, report: Report) -> bool:
    first, last = day_range(found.text)
    whole = all(len(day) == 10 and is_date(day) for day in (first, last))
    if whole and first <= last:
        return True
    why = "these days end before they start" if whole else f"'{found.text}' are not days"
    report.add(
        found.mark,
        "not-a-day-range",
        f"{why}; write one day, or the first and last like 2026-12-24..2027-01-02",
    )
    return False


def day_range(text: str) -> tuple[str, str]:
    """The first and last day of `2026-12-24..2027-01-02`; a single day is both."""
    first, _, last = text.partition("..")
    return first, last or first


_READERS: Mapping[str, Read] = {
    "text": _text,
    "texts": _texts,
    "choice": _choice,
    "choices": _choices,
    "languages": _languages,
    "date": _date,
    "whole": _whole,
    "wholes": _wholes,
    "lines": _lines,
    "lines_or_choice": _lines_or_choice,
    "days": _days,
}
