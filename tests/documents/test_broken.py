"""Every rule of the document reader, shown by a file that breaks it."""

from pathlib import Path

import pytest

from bot import documents
from tests.expectations import expected

BROKEN = Path(__file__).parent / "broken"


def problems_of(path: Path) -> list[str]:
    """Read the file and, as a loader would, its keys."""
    document, problems = documents.read_file(path, path.name)
    report = documents.Report(path.name, problems)
    if document.root is not None:
        fields = documents.Fields(document.root, report, "the example")
        fields.required("name")
        fields.whole("count")
        fields.choice("kind", ("left", "right"))
        fields.scalars("parts")
        fields.mapping("block")
        fields.done()
    return [str(problem).removeprefix(f"{path.name}:") for problem in sorted(report.problems)]


@pytest.mark.parametrize("rule", sorted(documents.RULES))
def test_a_broken_file_gets_exactly_its_sentence(rule):
    path = BROKEN / f"{rule}.yaml"
    said = path / "README" if path.is_dir() else path
    assert problems_of(path) == expected(said)
    assert any(f"[{rule}]" in line for line in expected(said))


def test_every_rule_has_a_broken_file():
    assert {path.stem for path in BROKEN.iterdir()} == set(documents.RULES)
