"""Drafting: a whole entry that can be read, and comments that are never taken for facts."""

import re

from bot.directory.drafting import draft, quoted
from bot.directory.interview import whole
from bot.directory.loader import load_service
from bot.directory.reading import parts, read_block
from bot.directory.shape import SHAPE, Value
from bot.documents import read
from bot.problems import Report

SAID = {"name": quoted("A Hub"), "area.councils": "[dudley]"}
PHONE = {"contact[].type": "phone", "contact[].number": quoted("0121 303 0000")}


def loaded(text):
    document, unread = read(text.encode(), "directory/services/a-hub.yaml")
    service, problems = load_service(document)
    return service, [*unread, *problems]


def names(prefix=""):
    """Every name that stands in an entry, however deep."""
    for name, part in parts(prefix).items():
        yield name
        if not isinstance(part, Value):
            yield from names(f"{prefix}{name}{'[]' if part == 'list' else ''}.")


def test_a_draft_is_an_entry_that_can_be_read():
    service, problems = loaded(draft(whole([SAID, PHONE], "a-hub")))
    assert problems == []
    assert service is not None
    assert (service.name, service.status, service.councils) == ("A Hub", "draft", ("dudley",))
    assert [contact.value for contact in service.contacts] == ["0121 303 0000"]


def test_every_key_of_the_format_stands_in_it_as_often_as_it_is_one():
    text = draft(whole([SAID], "a-hub"))
    found = re.findall(r"^[ #-]*([a-z_]+):", text.partition("schema:")[2], re.M)
    assert sorted(["schema", *found]) == sorted(names())


def test_every_word_of_a_closed_list_stands_in_it():
    text = draft({})
    for key, value in SHAPE.items():
        for choice in value.choices:
            assert re.search(rf"\b{choice}\b", text), (key, choice)


def test_taking_only_the_signs_away_states_nothing():
    said = whole([SAID, PHONE], "a-hub")
    lines = draft(said).splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("schema:"))
    bare = [re.sub(r"^( *)# ", r"\1", line) for line in lines[head:]]
    document, unread = read("\n".join(bare).encode(), "x.yaml")
    assert unread == []
    assert document.root is not None
    stated = {key for key, found in read_block(document.root, Report("x")).values.items() if found}
    answered = {re.sub(r"\[\]", "[0]", key) for key in said} - {"summary"} | {"summary.en"}
    assert stated == answered - {"kind"}  # an empty list so far


def test_text_is_safe_whatever_is_in_it():
    for name in ('a: "b" # c', "- x", "{y}", "tab\there", "ü'`"):
        service, problems = loaded(draft(whole([SAID | {"name": quoted(name)}], "a-hub")))
        assert service is not None or "odd-character" in {one.rule for one in problems}
        assert service is None or service.name == name


def test_no_line_is_too_long_to_read():
    assert max(map(len, draft({}).splitlines())) <= 99
