"""Care: all its rules together, on the shipped flows and on texts that try to break it."""

import pytest

from bot.flows import care
from bot.flows.care import check_care
from bot.flows.checks import RULES as CHECKED
from bot.flows.loader import load_flows
from bot.locales.word_checks import check_words
from tests.flows.examples import COMPANIONS, cared, document, loaded
from tests.flows.talks import ASK, rules, talk
from tests.locales.examples import message
from tests.locales.polish import ENGLISH

HOSTILE = [
    "{}", "{0}", "{x.__class__}", "%s", "%(x)s", "%n", "<b>", "<script>", "</ask>", "&lt;",
    "\u202eabc", "a\u200bb", "\u2066x\u2069", "\ufeff", "$", "$$", "${x}", "\\n", "a|b", "?",
    "\U0001f6a8", "x" * 5000, "۹۹۹", "'; --", "[a](b)", "#", "`id`",
]  # fmt: skip


def test_the_companions_are_clean():
    flows = [path.read_text(encoding="utf-8") for path in sorted(COMPANIONS.glob("*.yaml"))]
    assert [str(one) for one in cared(loaded(*flows))] == []


def test_a_plain_talk_is_clean():
    assert rules(talk(f"one: {ASK}")) == []


def test_without_a_first_flow_there_are_no_cards():
    flows, _ = load_flows([document("flow: a\nsteps: {b: {return: true}}")])
    assert check_care(flows, (ENGLISH,), ()) == ([], frozenset())


def test_care_shares_no_rule_with_the_checks_that_stop_the_start():
    assert care.RULES.keys().isdisjoint(CHECKED)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_breaks_the_rules_or_is_read_as_anything_but_text(text):
    """Signs that formats, pages and shells know are plain signs here, wherever they stand."""
    quoted = "'" + text.replace("'", "''") + "'"
    steps = (
        f"one: {{ask: {quoted}, why: {quoted}, retry: {quoted}, parse: uk_outcode,"
        f" choices: {{a: {{label: {quoted}, also: {quoted}, for_other: {quoted}}}, b: B}}}}\n"
        f"two: {{say: {quoted}, for_other: {quoted}}}\nthree: {ASK}"
    )
    found = cared(talk(steps))
    assert found == sorted(found)
    check_words([message(text)], (ENGLISH,))


def test_problems_come_sorted_by_place():
    found = cared(talk(f"one: {ASK}\ntwo: {{say: It is private.}}\nthree: {ASK}", bye="Bye."))
    assert found == sorted(found)
    assert len({problem.rule for problem in found}) == 2
