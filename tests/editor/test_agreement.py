"""The editor and `linnet check` agree about every key of the shape and the traps of YAML."""

from collections import defaultdict

import pytest

from bot.directory.checks import check_entry
from bot.directory.findings import Around
from bot.directory.loader import load_service
from bot.directory.shape import SHAPE
from bot.documents import read
from tests.directory.entries import TODAY, shipped_places
from tests.editor.test_language_server import HERE, WHOLE

# What YAML 1.1, YAML 1.2, JSON and people read in different ways.
TRAPS = (
    *("yes", "no", "Yes", "true", "null", "~", "''", "[]", "{}", "12", "'12'", "1.5", "09:00"),
    *("2026", "2026-11", "2026-11-01", "[12, 14]", "some words", "[en, pa]", "Mo-Fr 09:00-17:00"),
    *("[closed]", "{en: x}", "[[a]]", "[{a: b}]", "&x yes"),
)
# A number that YAML can write in another way: only the loader sees how it was written.
SPELLED = ("+441213030000", "08002000247", "0x1F", "017", "0o17", "1e3", "-5", "!!str yes")
_TOGETHER = 200  # documents open at one time

# What a block needs beside the key that is tried.
BESIDE = {
    "places": {"id": "a", "address": "shown"},
    "sessions": {"what": "group"},
    "checks": {"on": "2026-01-01", "by": "editor", "how": "visit"},
    "sources": {"where": "a list", "gives": "all"},
    "verified": {"by": "editor", "how": "visit"},
    "summary": {"en": "A place."},
}
TYPES = {"url": "webchat", "address": "email", "say_where": "walk_in"}


def beside(name, key):
    if name != "contact":
        return BESIDE.get(name, {})
    kind = TYPES.get(key, "phone")
    return {"type": kind} | ({"number": "0121 303 0000"} if kind == "phone" else {})


def with_value(key, value):
    """The whole entry with this value under a key of the shape."""
    first, dot, inner = key.partition(".")
    name, is_list = first.removesuffix("[]"), first.endswith("[]")
    kept = [line for line in WHOLE.splitlines() if not line.startswith(f"{name}:")]
    if name == "contact":
        kept = [line for line in kept if not line.startswith("  - ")]
    if not dot:
        return "\n".join([kept[0], f"{name}: {value}", *kept[1:], ""])
    block = {**beside(name, inner), inner: value}
    starts = ["  - " if is_list else "  ", *["    " if is_list else "  "] * len(block)]
    said = [f"{start}{one}: {it}" for start, (one, it) in zip(starts, block.items(), strict=False)]
    return "\n".join([kept[0], f"{name}:", *said, *kept[1:], ""])


def judged(text):
    """Whether the reading of an entry refuses it, and whether `linnet check` as a whole does."""
    document, problems = read(text.encode(), "services/a-centre.yaml")
    service, found = load_service(document)
    if service is None or problems or found:
        return True, True
    around = Around(shipped_places(), TODAY)
    return False, any(one.level == "error" for one in check_entry(service, around))


def verdicts(server, values):
    """For each key and value: refused by the editor, by the reading, by the whole check."""
    tried = [(key, value, with_value(key, value)) for key in SHAPE for value in values]
    for start in range(0, len(tried), _TOGETHER):
        part = [(*one, server.open(HERE, one[2])) for one in tried[start : start + _TOGETHER]]
        for key, value, text, uri in part:
            yield key, value, bool(server.told(uri)), *judged(text)
            server.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def by_value(pairs):
    found = defaultdict(list)
    for key, value in pairs:
        found[value].append(key)
    return dict(found)


def test_each_kind_of_key_is_tried_with_a_value_that_it_takes():
    taken = {
        value.kind for key, value in SHAPE.items()
        if not all(judged(with_value(key, trap))[0] for trap in TRAPS)
    }  # fmt: skip
    assert {"text", "texts", "words", "choice", "languages", "date", "whole", "wholes"} <= taken
    assert {"lines", "lines_or_choice"} <= taken


@pytest.fixture(scope="module")
def tried(server):
    return list(verdicts(server, TRAPS))


def test_the_editor_never_underlines_what_the_check_allows(tried):
    assert (
        by_value((key, value) for key, value, *said in tried if said == [True, False, False]) == {}
    )


def test_the_editor_underlines_what_cannot_be_read(tried):
    assert by_value((key, value) for key, value, *said in tried if said[:2] == [False, True]) == {}


def test_the_editor_never_underlines_a_spelling_that_the_check_allows(server):
    found = verdicts(server, SPELLED)
    assert (
        by_value((key, value) for key, value, *said in found if said == [True, False, False]) == {}
    )
