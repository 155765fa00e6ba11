"""Flows for tests: companions to stand beside an example, and closed lists to check against."""

import re
from pathlib import Path
from shutil import copy

from bot.documents import Document, read
from bot.flows.care import check_care
from bot.flows.checks import check_flows
from bot.flows.loader import load_flows, read_flows
from bot.flows.model import Flows
from bot.locales.tongues import Tongue
from bot.needs import Need, Vocabulary
from bot.problems import Mark, Problem
from tests.locales.polish import ENGLISH, polish

COMPANIONS = Path(__file__).parent / "companions"
_FLOW = r"^flow: (\w+)"
_AS = r"^# as: (\S+)"
_WITH = r"^# with: (\S+)"
NEEDS = ("creche", "pram", "woman_worker", "own_community", "someone_else", "pregnancy")
DAY_AND_NIGHT = frozenset({"a-line"})
VOCABULARY = Vocabulary(
    {id: Need(id, id, f"{id}?", (), (), Mark()) for id in NEEDS},
    frozenset({"danger", "discreet"}),
)


def loaded(*texts: str) -> Flows:
    """The flows of these YAML texts; whatever is wrong with them fails the test."""
    flows, problems = load_flows(document(text, f"{n}.yaml") for n, text in enumerate(texts))
    assert not problems, [str(problem) for problem in problems]
    return flows


def document(text: str, path: str = "flow.yaml") -> Document:
    """A YAML text, read; it must be good YAML."""
    found, problems = read(text.encode(), path)
    assert not problems, [str(problem) for problem in problems]
    return found


def checked(flows: Flows) -> list[Problem]:
    """What `check_flows` says against the closed lists of the examples."""
    return check_flows(
        flows,
        VOCABULARY,
        parsers={"uk_outcode"},
        sources={"councils", "languages"},
        contacts={"a-line", "b-line"},
        slots={"council"},
    )


def cared(flows: Flows, *others: Tongue) -> list[Problem]:
    """What `check_care` says in English and the other languages."""
    return check_care(flows, (ENGLISH, *others), DAY_AND_NIGHT)[0]


def _line(text: str, pattern: str) -> str | None:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else None


def problems_in(example: Path, folder: Path, *, care: bool = False) -> list[Problem]:
    """Everything said about one example, read from `folder` beside the companions it needs.

    `care` looks at the rules of care too, which most examples of other rules break. It is called after its flow, or what its line `# as:` says. The first flow needs only `urgent`
    beside it; a line `# with:` names a folder of more companions.
    """
    text = example.read_text(encoding="utf-8")
    flow, renamed, more = (_line(text, pattern) for pattern in (_FLOW, _AS, _WITH))
    name = renamed or f"{flow}.yaml"
    companions = [COMPANIONS / "urgent.yaml"]
    if name != "welcome.yaml":
        companions += COMPANIONS.glob("*.yaml")
    if more:
        companions += (COMPANIONS / more).iterdir()
    for companion in companions:
        copy(companion, folder)
    (folder / name).write_text(text, encoding="utf-8")
    flows, problems = read_flows(folder, "flows")
    problems += checked(flows)
    return sorted(problems + cared(flows, *polish(text)) if care else problems)
