"""Recording: the check is in, and every other byte is as it was."""

import pytest

from bot.directory.model import Check
from bot.directory.recording import flow_of, same_but_for_checks, with_check
from bot.documents import read
from bot.exceptions import UnclearError

CHECK = Check("2026-11-05", "service", "phone", ("contact",))
MADE = "{on: 2026-11-05, by: service, how: phone, groups: [contact]}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n", f"id: a\nchecks:\n  - {MADE}\n"),
        ("id: a", f"id: a\nchecks:\n  - {MADE}\n"),
        ("id: a\r\n", f"id: a\r\nchecks:\r\n  - {MADE}\r\n"),
        ("\ufeffid: a\n", f"\ufeffid: a\nchecks:\n  - {MADE}\n"),
        ("id: a\n# last\n", f"id: a\n# last\nchecks:\n  - {MADE}\n"),
        (
            "checks:\n  - {on: 2026}  # first\n\n# notes\nid: a\n",
            f"checks:\n  - {{on: 2026}}  # first\n  - {MADE}\n\n# notes\nid: a\n",
        ),
        ("checks:\n- on: 2026\n  by: x", f"checks:\n- on: 2026\n  by: x\n- {MADE}\n"),
        ("checks:\n    - on: 2026\nid: a\n", f"checks:\n    - on: 2026\n    - {MADE}\nid: a\n"),
        ("checks: []\nid: a\n", f"checks: [{MADE}]\nid: a\n"),
        ("checks: [{on: 2026}]\n", f"checks: [{{on: 2026}}, {MADE}]\n"),
        ("checks: [{groups: [a]},]\n", f"checks: [{{groups: [a]}}, {MADE}]\n"),
        ("checks:\n  [\n  {on: 2026}\n  ]\n", f"checks:\n  [\n  {{on: 2026}}\n, {MADE}]\n"),
    ],
)
def test_the_check_comes_last_and_the_rest_stays(before, after):
    assert with_check(before, CHECK) == after
    document, problems = read(after.encode(), "x.yaml")
    assert problems == []
    assert document.root is not None


@pytest.mark.parametrize(
    "text",
    [
        "checks: [{on: 2026}]  # see [1]\n",
        "checks: 5\n",
        "{id: a, checks: []}\n",
        "{id: a}\n",
        "\t:\n",
    ],
)
def test_where_there_is_a_doubt_nothing_is_guessed(text):
    with pytest.raises(UnclearError):
        with_check(text, CHECK)


def test_a_test_call_is_written_with_its_end():
    call = Check("2026-11-05", "editor", "test_call", answered="no")
    assert flow_of(call) == "{on: 2026-11-05, by: editor, how: test_call, answered: no}"


def test_only_checks_may_differ():
    one, other, third = (
        read(text.encode(), "x")[0].root
        for text in ("a: [1]\n", "a: [1]\nchecks: []\n", "a: [2]\n")
    )
    assert one is not None
    assert other is not None
    assert third is not None
    assert same_but_for_checks(one, other)
    assert not same_but_for_checks(one, third)
