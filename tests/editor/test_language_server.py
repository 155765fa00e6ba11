"""The schema in a real editor's language server: it completes, explains and underlines."""

import json
import re
from pathlib import Path

import pytest

from bot.directory import reading
from bot.directory.hovers import HOVERS
from bot.directory.loader import load_service
from bot.documents import read
from tests.editor import language_server
from tests.expectations import expected

ROOT = Path(__file__).parents[2]
SERVICES = ROOT / "directory" / "services"
BROKEN = ROOT / "tests" / "directory" / "broken"
HERE = SERVICES / "dudley" / "a-centre.yaml"  # never written; only the editor has it open
WHOLE = """# yaml-language-server: $schema=../../service.schema.json
schema: 1
id: a-centre
name: A Centre
status: active
kind: [womens_centre]
summary: {en: A quiet place to talk.}
verified: {by: editor, how: web_page}
area: {councils: [dudley]}
contact:
  - {type: phone, number: 0121 303 0000}
"""
BELOW = WHOLE.count("\n") + 1  # the first line under it

# Only the loader can tell: days out of order, a hidden character.
LOADER_ONLY = {"odd-character", "not-a-day-range"}


def said(server, more):
    """What the editor says about the whole entry with lines added."""
    return server.problems(HERE, WHOLE + more)


def loads(more):
    """Whether the loader takes the same text."""
    document, problems = read((WHOLE + more).encode(), "services/a-centre.yaml")
    return load_service(document)[0] is not None and not problems


def test_the_lock_names_no_address_and_a_hash_for_every_package():
    lock = json.loads(language_server.LOCK.read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages["node_modules/yaml-language-server"]["version"] == "1.25.0"
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "http" not in language_server.LOCK.read_text(encoding="utf-8")


def test_nothing_is_underlined_in_any_shipped_entry(server):
    paths = sorted(SERVICES.rglob("*.yaml"))
    opened = {path: server.open(path, path.read_text(encoding="utf-8")) for path in paths}
    found = {path.name: server.told(uri) for path, uri in opened.items()}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_shipped_entry_says_where_its_schema_is():
    for path in SERVICES.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == "# yaml-language-server: $schema=../../service.schema.json", path


@pytest.mark.parametrize("rule", sorted(set(reading.RULES) - LOADER_ONLY))
def test_what_the_loader_refuses_is_underlined_on_the_same_line(server, rule):
    path = BROKEN / f"{rule}.yaml"
    text = path.read_text(encoding="utf-8")
    schema = (ROOT / "directory" / "service.schema.json").as_uri()
    found = server.problems(path, f"# yaml-language-server: $schema={schema}\n{text}")
    underlined = {line - 1 for line, _column, _words in found}
    wanted = {int(re.match(r"\d+", line)[0]) for line in expected(path)}
    assert wanted <= underlined, found


def test_a_misspelt_word_is_told_with_its_choices(server):
    found = server.problems(HERE, WHOLE.replace("active", "actve"))
    assert [(line, column) for line, column, _ in found] == [(5, 9)]
    assert '"active"' in found[0][2]
    assert '"closed"' in found[0][2]


def test_a_key_shows_its_hover(server):
    assert HOVERS["status"] in server.hover(HERE, WHOLE, 5, 2)
    assert HOVERS["contact[].number"] in server.hover(HERE, WHOLE, 11, 20)
    text = WHOLE + "sharing:\n  say: {en: We tell nobody.}\n"
    assert HOVERS["sharing.say"] in server.hover(HERE, text, BELOW + 1, 4)


def test_the_words_of_a_key_are_offered(server):
    text = WHOLE + "worker:\n  female: \n"
    offered = server.completions(HERE, text, BELOW + 1, 11)
    # Quotes around a no are for other readers of YAML; ours takes it with and without.
    assert [word.strip('"') for word in offered] == ["guaranteed", "on_request", "no"]


def test_the_keys_that_are_not_there_yet_are_offered(server):
    offered = server.completions(HERE, WHOLE + "\n", BELOW, 1)
    assert {"hours", "worker", "sharing", "discreet_name"} <= set(offered)
    assert not {"status", "contact"} & set(offered)


def test_the_keys_of_a_contact_are_offered(server):
    text = WHOLE + "  - type: webchat\n    \n"
    offered = server.completions(HERE, text, BELOW + 1, 5)
    assert {"url", "answers", "anonymous"} <= set(offered)


TAKEN = [
    "welcomes: sex_work\n",
    "languages: {spoken: [en, pa, no]}\n",
    "worker: {sees_you_alone: yes, tea_first: no}\n",
    "wait: {as_of: 2026-11-01}\n",
    "wait: {as_of: 2026-11}\n",
    "wait: {as_of: 2026}\n",
    "hours: {open: Mo-Fr 09:00-17:00}\n",
    'hours: {open: ["Mo[1,3] 10:00-12:00,13:00-24:00", "24/7"]}\n',
    "hours: {open: []}\n",
    "hours: {bank_holidays: closed, school_holidays: [as_usual]}\n",
    "hours: {bank_holidays: [Mo 10:00-12:00]}\n",
    "hours: {closed_on: 2026-12-24..2027-01-02}\n",
    "organisation: {name: 12, charity_number: 1234567}\n",
    "  - {type: phone, number: 08002000247}\n",
    "  - {type: phone, number: +441213030000}\n",
    "  - {type: phone, number: 999}\n",
    "  - {type: relay, url: https://example.org}\n",
    "residential: {weeks: 12}\n",
    "notes: yes\n",
]
REFUSED = [
    "worker: {sees_you_alone: true}\n",
    "worker: {sees_you_alone: Yes}\n",
    "worker:\n",
    "discreet_name: \n",
    "discreet_name: ''\n",
    "age: {from: eighteen}\n",
    "age: {from: '18'}\n",
    "age: {from: 18.5}\n",
    "age: {from: 1000}\n",
    "hours: {open: Mo-Fr 9:00-17:00}\n",
    "hours: {open: Mo-Fr 09:00-25:00}\n",
    "hours: {open: 09:00}\n",
    "hours: {closed_on: 2026-12}\n",
    "wait: {as_of: 26}\n",
    "wait: {as_of: 2026-13}\n",
    "missed: {say: {pa: x}}\n",
    "missed: {say: We ring.}\n",
    "  - {type: webchat, number: 0121 303 0000}\n",
    "  - {number: 0121 303 0000}\n",
    "  - {type: relay}\n",
    "places: [{id: Main, address: hidden}]\n",
    "welcomes: {sex_work: yes}\n",
    "name: Another\n",
    "welcomes: &all [asylum]\nspecialist_in: !x [asylum]\n",
]


@pytest.mark.parametrize("more", TAKEN)
def test_what_the_loader_takes_is_never_underlined(server, more):
    assert loads(more)
    assert said(server, more) == []


@pytest.mark.parametrize("more", REFUSED)
def test_what_the_loader_refuses_is_underlined(server, more):
    assert not loads(more)
    assert said(server, more) != []
