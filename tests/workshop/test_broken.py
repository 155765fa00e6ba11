"""Every rule of scripts, shown by a script that breaks it and nothing else."""

from pathlib import Path

import pytest

from bot.workshop.scripts import RULES
from tests.expectations import expected
from tests.workshop.examples import problems_of, small

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_broken_script_gets_exactly_its_sentences(rule, world, moment):
    example = BROKEN / f"{rule}.yaml"
    problems = problems_of(example, small(world), moment)
    assert [str(problem).partition(":")[2] for problem in problems] == expected(example)
    assert rule in {problem.rule for problem in problems}


def test_every_rule_has_a_broken_script():
    assert {path.stem for path in BROKEN.iterdir()} == set(RULES)
