"""The table of threats is true: every threat has a test that tries it, or says what it waits for."""

import ast
import re

import pytest

from bot.cli import parser
from bot.events import EVENTS
from bot.settings import NAMES
from tests.threats_page import NOT_YET, PAGE, ROOT, THREATS, by_threat, page

LEAST = {"data.md": 5, "hazards.md": 25, "dpia.md": 1, "incidents.md": 0}  # tests named there
PAPERS = tuple(LEAST)
NAMED = re.compile(r"`(?:tests/)?((?:[a-z_]+/)*test_[a-z_]+\.py)(?:::(test_[a-z0-9_]+))?`")


def test_the_page_is_as_the_program_is():
    """`make docs` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_all_threats_of_the_study_stand_in_it():
    assert [threat.number for threat in THREATS] == list(range(1, 19))


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: f"T{threat.number}")
def test_a_threat_is_tried_or_waits(threat):
    """Whoever writes the first test of one that waits takes it out of `NOT_YET`."""
    assert bool(by_threat().get(threat.number)) is not (threat.number in NOT_YET)


def test_no_test_is_named_after_a_threat_that_is_not_there():
    assert set(by_threat()) <= {threat.number for threat in THREATS}


def test_a_named_test_asserts_something():
    """One that only calls another, or nothing, would be a name without a test."""
    for places in by_threat().values():
        for place in places:
            file, _, name = place.partition("::")
            tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
            (found,) = [one for one in ast.walk(tree) if getattr(one, "name", None) == name]
            asserts = [one for one in ast.walk(found) if isinstance(one, ast.Assert)]
            called = {
                one.func.id for one in ast.walk(found)
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
            }  # fmt: skip
            assert asserts, place
            assert not [one for one in called if one.startswith("test_")], place


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_name_tests_that_there_are(paper):
    found = NAMED.findall((ROOT / "docs" / paper).read_text(encoding="utf-8"))
    assert len(found) >= LEAST[paper]
    for file, name in found:
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert not name or re.search(rf"^(async )?def {name}\(", text, re.M), f"{file}::{name}"


@pytest.mark.parametrize("paper", [*PAPERS, "threats.md"])
def test_the_papers_are_linked_from_a_page_that_people_read(paper):
    pages = [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("[as]*.md")]
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert f"docs/{paper}" in text


# ---- what to do when something goes wrong


def spoken():
    """Code in the page of incidents: what stands between backticks, and each line of a block."""
    text = (ROOT / "docs" / "incidents.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```\n(.*?)^ *```", text, re.S | re.M)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [*lines, *re.findall(r"`([^`\n]+)`", text)]


def test_every_command_of_ours_in_the_steps_is_one():
    found = [code.split()[1:] for code in spoken() if code.startswith("linnet ")]
    assert len(found) >= 6
    for words in found:
        parser().parse_args(words)  # ends the program where it is none


def test_every_event_and_setting_in_the_steps_is_one():
    words = {word for code in spoken() for word in code.split()}
    events = {word for word in words if re.fullmatch("[a-z]+(-[a-z]+)+", word)}
    assert {"data-taken", "telegram-token-refused"} <= events
    assert events <= {*EVENTS}
    named = {word.strip('"$') for word in words}
    given = {
        word.removeprefix("LINNET_") for word in named if re.fullmatch("LINNET_[A-Z_]+", word)
    }
    assert {"SECRET_FILE", "STORE"} <= given <= {*NAMES}
