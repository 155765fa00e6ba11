"""The page of rules says what there is: every rule and every test it names exists."""

import re

import pytest

from bot.flows import care
from bot.locales import checks, ledger, word_checks
from tests.demands import CATALOGUES, CONVERSATION, LANGUAGE
from tests.rules_page import PAGE, ROOT, all_rules, page

ROWS = CONVERSATION + LANGUAGE + CATALOGUES


def test_the_page_is_as_the_program_is():
    """`python -m tests.rules_page` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_all_demands_stand_in_it():
    assert [row.id for row in CONVERSATION] == [f"C{n}" for n in range(1, 41)]
    assert [row.id for row in LANGUAGE] == [str(n) for n in range(1, 29)]
    assert [row.id for row in CATALOGUES] == [f"L{n}" for n in range(1, 22)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_demand_is_held_by_rules_and_tests_that_exist(row):
    assert row.rules or row.tests
    assert set(row.rules.split()) <= set(all_rules())
    for test in row.tests.split():
        file, _, name = test.partition("::")
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {name}\(", source, re.MULTILINE), test


def test_every_rule_of_care_answers_a_demand():
    asked = {rule for row in ROWS for rule in row.rules.split()}
    assert {*care.RULES, *word_checks.RULES, *checks.RULES, *ledger.RULES} - asked == set()
