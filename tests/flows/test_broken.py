"""Every rule of flows, shown by a file that breaks it and nothing else."""

from pathlib import Path

import pytest

from bot.flows import care, checks, loader
from tests.expectations import expected
from tests.flows.examples import problems_in

BROKEN = Path(__file__).parent / "broken"
RULES = {**loader.RULES, **checks.RULES, **care.RULES}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_broken_flow_gets_exactly_its_sentences(rule, tmp_path):
    example = BROKEN / f"{rule}.yaml"
    found = [
        str(problem).partition(":")[2]
        for problem in problems_in(example, tmp_path, care=rule in care.RULES)
    ]
    assert found == expected(example)
    assert any(f"[{rule}]" in line for line in found)


def test_every_rule_has_a_broken_flow():
    assert {path.stem for path in BROKEN.iterdir()} == set(RULES)


def test_loader_and_checks_share_no_rule():
    assert len(RULES) == len(loader.RULES) + len(checks.RULES) + len(care.RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_says_in_one_line_what_it_means(rule):
    assert RULES[rule][0].islower() or RULES[rule][0] == "'"
    assert "\n" not in RULES[rule]
