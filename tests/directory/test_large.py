"""A large directory: every fault is found, nothing else is, and no file is too large to refuse.

How long the checks of 5,000 entries take is measured by `benchmarks/directory_checks.py`.
"""

from collections import Counter

import pytest

from bot.directory.checks import check_directory
from bot.directory.loader import ENTRY_BYTES, read_services
from bot.documents import MAX_BYTES
from tests.directory.entries import TODAY, entry, shipped_places

EACH = 10  # of so many entries one has a fault
COUNCILS = ("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton")

# Rule → what is right (before) and wrong (after); `{n}` is the number of the entry, `{word}` the same in letters.
PLANTED = {
    "not-a-choice": ("status: active", "status: actve"),
    "unknown-key": ("who: women", "woh: women"),
    "hours-line": ("Mo-Fr 09:00-17:00", "Mon to Fri 9:00-17:00"),
    "not-a-date": ("on: 2026-11-01", "on: 2026-11-31"),
    "missing": ("summary: {en: A place to talk.}\n", ""),
    "duplicate-key": ("who: women", "who: women\nwho: women"),
    "yaml": ("name: Centre {word}", "name: Centre: {word}"),
    "age-order": ("age: {from: 18, to: 90}", "age: {from: 90, to: 18}"),
    "insecure-link": ("https://example.org", "http://example.org"),
    "link-in-text": ("A place to talk.", "A place to talk at www.example.org now."),
}
WHOLE = """schema: 1
id: centre-{n}
name: Centre {word}
status: active
kind: [womens_centre]
who: women
summary: {en: A place to talk.}
verified: {on: 2026-11-01, by: editor, how: phone}
area: {councils: [{council}]}
contact:
  - {type: phone, number: "0121 3{n}", answers: ["Mo-Fr 09:00-17:00"]}
  - {type: website, url: "https://example.org"}
worker: {female: on_request}
age: {from: 18, to: 90}
"""


def written(number, rule):
    """One entry, with the fault of a rule or without any."""
    text = WHOLE
    if rule:
        assert PLANTED[rule][0] in text
        text = text.replace(*PLANTED[rule], 1)
    council = COUNCILS[number % len(COUNCILS)]
    # A name with a long number in it is refused, so the number is spelled with letters.
    word = f"{number:06}".translate(str.maketrans("0123456789", "abcdefghij")).title()
    return (
        text.replace("{n}", f"{number:06}").replace("{word}", word).replace("{council}", council)
    )


def plant(folder, count):
    """Write so many entries; the rule that must be named for each faulty file."""
    faults = {}
    for number in range(count):
        rule = None
        if number % EACH == 3:
            rule = list(PLANTED)[len(faults) % len(PLANTED)]
            faults[f"services/centre-{number:06}.yaml"] = rule
        (folder / f"centre-{number:06}.yaml").write_text(written(number, rule), encoding="utf-8")
    return faults


def checked(folder):
    services, problems = read_services(folder, "services")
    return services, [*problems, *check_directory(services, shipped_places(), TODAY)]


@pytest.mark.parametrize("count", [800, pytest.param(5000, marks=pytest.mark.soak)])
def test_of_many_faults_in_many_entries_each_is_named_once_and_nothing_else(tmp_path, count):
    faults = plant(tmp_path, count)
    services, problems = checked(tmp_path)
    found = [(one.path, one.rule) for one in problems if one.path != "directory/services"]
    assert sorted(found) == sorted(faults.items())
    assert Counter(faults.values()) == dict.fromkeys(PLANTED, count // EACH // len(PLANTED))
    assert len(services) == count - sum(rule not in LATER for rule in faults.values())


# Faults that leave an entry readable; the others leave no entry.
LATER = {"age-order", "insecure-link", "link-in-text", "duplicate-key"}


def test_entries_that_share_two_numbers_are_compared_once():
    contact = "[{type: phone, number: 0121 303 0000}, {type: phone, number: 0121 303 0001}]"
    services = [entry(contact=contact), entry(id="b-centre", name="B Centre", contact=contact)]
    found = check_directory(services, shipped_places(), TODAY)
    assert [one.rule for one in found].count("duplicate") == 1


def test_a_duplicate_is_found_among_very_many_that_share_a_number():
    names = {f"centre-{number}": f"{number:04}"[::-1] * 5 for number in range(800)}
    services = [
        entry(id=id, name=f'"{name}"') for id, name in (names | {"twin": "0770" * 5}).items()
    ]
    found = check_directory(services, shipped_places(), TODAY)
    duplicates = [one.sentence for one in found if one.rule == "duplicate"]
    assert len(duplicates) >= 1


@pytest.mark.parametrize("size", [ENTRY_BYTES + 1, MAX_BYTES + 1, 10 * 1000 * 1000])
def test_an_entry_above_64_kib_is_refused_in_one_line(tmp_path, size):
    path = tmp_path / "centre-000001.yaml"
    path.write_text(written(1, None).ljust(size, "#"), encoding="utf-8")
    services, problems = read_services(tmp_path, "services")
    assert services == ()
    assert [str(one) for one in problems] == [
        "services/centre-000001.yaml:1:1: error: this file is larger than 64 KiB; split it [too-large]"
    ]


def test_an_entry_of_64_kib_is_read(tmp_path):
    text = written(1, None)
    (tmp_path / "centre-000001.yaml").write_text(text.ljust(ENTRY_BYTES, "#"), encoding="utf-8")
    services, problems = read_services(tmp_path, "services")
    assert [service.id for service in services] == ["centre-000001"]
    assert problems == []
