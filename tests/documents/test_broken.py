"""Every rule of the readers of documents and fields, shown by a file that breaks it."""

from pathlib import Path

import pytest

from bot import documents, fields
from bot.problems import Report
from tests.expectations import expected

BROKEN = Path(__file__).parent / "broken"
RULES = {**documents.RULES, **fields.RULES}


def problems_of(path: Path) -> list[str]:
    """Read the file and, as a loader would, its keys."""
    document, problems = documents.read_file(path, path.name)
    report = Report(path.name, problems)
    if document.root is not None:
        read = fields.Fields(document.root, report, "the example")
        read.required("name")
        read.whole("count")
        read.choice("kind", ("left", "right"))
        read.scalars("parts")
        read.mapping("block")
        read.done()
    return [str(problem).removeprefix(f"{path.name}:") for problem in sorted(report.problems)]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_broken_file_gets_exactly_its_sentence(rule):
    path = BROKEN / f"{rule}.yaml"
    said = path / "README" if path.is_dir() else path
    assert problems_of(path) == expected(said)
    assert any(f"[{rule}]" in line for line in expected(said))


def test_every_rule_has_a_broken_file():
    assert {path.stem for path in BROKEN.iterdir()} == set(RULES)
