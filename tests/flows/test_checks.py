"""All checks together: clean flows, and the rules about names and choices."""

from pathlib import Path

import pytest

from bot.documents import read_file
from bot.flows.checks import RULES, check_flows
from bot.flows.loader import load_flows, read_flows
from bot.locales.rendering import SLOTS
from bot.needs import load_vocabulary
from tests.flows.examples import COMPANIONS, checked, document, loaded

SHIPPED = Path(__file__).parents[2]
FLOWS = [path.read_text(encoding="utf-8") for path in sorted(COMPANIONS.glob("*.yaml"))]


def test_the_companions_are_clean():
    assert checked(loaded(*FLOWS)) == []


def test_the_shipped_flows_are_clean():
    flows, unread = read_flows(SHIPPED / "flows", "flows")
    needs, _ = read_file(SHIPPED / "directory" / "needs.yaml", "directory/needs.yaml")
    problems = check_flows(
        flows,
        load_vocabulary(needs)[0],
        parsers={"uk_outcode"},
        sources={"languages", "councils", "councils_of_area", "services_near", "services_shown"},
        contacts={path.stem for path in (SHIPPED / "directory" / "services").rglob("*.yaml")},
        slots=SLOTS,
    )
    assert [str(problem) for problem in (*unread, *problems)] == []


def test_without_a_first_flow_names_are_still_looked_at():
    flows, _ = load_flows([document("flow: a\nsteps: {b: {next: c}}")])
    assert [problem.rule for problem in checked(flows)] == ["unknown-step"]


def test_problems_come_sorted_by_place():
    flows = loaded(*FLOWS, "flow: a\nsteps: {b: {call: c}, d: {next: e}, f: {parse: g, ask: h}}")
    found = checked(flows)
    assert found == sorted(found)
    assert len({problem.rule for problem in found}) == 4


@pytest.mark.parametrize("way", ["next: x", "choices: {c: {label: C, next: x}}", "empty: x"])
def test_every_jump_must_lead_to_a_step(way):
    text = f"flow: about\nsteps:\n  b: {{results: services, {way}}}\n  on: {{return: true}}\n"
    found = checked(loaded(text, *FLOWS[1:]))
    assert "unknown-step" in [problem.rule for problem in found]


def test_a_word_for_everywhere_must_call_a_flow():
    flows = loaded(FLOWS[2].replace("call: urgent", "call: urgnt"), *FLOWS[:2])
    assert [problem.rule for problem in checked(flows)] == ["unknown-flow"]


def test_results_need_choices_because_they_cannot_be_skipped():
    text = "flow: about\nsteps:\n  b: {results: services}\n  on: {return: true}\n"
    found = checked(loaded(text, *FLOWS[1:]))
    assert [problem.rule for problem in found] == ["nothing-to-choose"]


@pytest.mark.parametrize("kind", ["must", "prefer", "avoid"])
def test_every_need_must_be_known(kind):
    text = FLOWS[0].replace("alcohol: Alcohol", f"alcohol: {{label: A, {kind}: [creche, x]}}")
    assert [problem.rule for problem in checked(loaded(text, *FLOWS[1:]))] == ["unknown-feature"]


def test_urgent_must_call():
    wrong = FLOWS[2].replace("call: urgent", "do: skip")
    found = [problem.rule for problem in checked(loaded(wrong, *FLOWS[:2]))]
    assert found == ["no-way-out", "unreachable"]


@pytest.mark.parametrize(
    "many", ["{min: 1, max: 1}", "{min: 2}", "{min: 0}", "{max: 2}", "{min: 2, max: 2}"]
)
def test_a_range_that_can_be_met_is_left_alone(many):
    assert checked(loaded(FLOWS[0].replace("{min: 1}", many), *FLOWS[1:])) == []


def test_a_source_may_give_as_many_as_are_asked_for():
    text = FLOWS[0].replace("{min: 1}", "{min: 5}\n    choices_from: councils")
    assert checked(loaded(text, *FLOWS[1:])) == []


def test_a_parser_with_words_for_a_second_try_is_left_alone():
    text = FLOWS[0].replace("many: {min: 1}", "parse: uk_outcode\n    retry: Sorry?")
    assert checked(loaded(text, *FLOWS[1:])) == []


def test_old_names_that_nobody_has_are_left_alone():
    text = FLOWS[0].replace("alcohol: Alcohol", "alcohol: {label: A, was: [drink, drink]}")
    text = text.replace("many:", "was: [why]\n    many:")
    assert checked(loaded(text, *FLOWS[1:])) == []


def test_an_old_name_in_another_flow_may_be_free_and_may_not_stand():
    text = FLOWS[0].replace("many:", "was: [elsewhere.before]\n    many:")
    assert checked(loaded(text, *FLOWS[1:])) == []
    flows = loaded(*FLOWS)
    flow = next(flow for flow in flows.by_id.values() if f"flow: {flow.id}\n" not in FLOWS[0])
    text = text.replace("elsewhere.before", f"{flow.id}.{flow.steps[0].id}")
    assert [found.rule for found in checked(loaded(text, *FLOWS[1:]))] == ["bad-was"]


def test_every_rule_has_a_name_in_small_letters():
    assert all(rule.replace("-", "").islower() for rule in RULES)
