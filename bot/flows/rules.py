"""What a rule of `check` is: its id, what it means, and a small function that finds breaches."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.flows.model import Expression, Flow, Flows, Step
from bot.needs import Vocabulary
from bot.problems import Level, Mark, Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules look at: the flows, and every closed list that they name things of."""

    flows: Flows
    vocabulary: Vocabulary
    parsers: Collection[str]
    sources: Collection[str]
    contacts: Collection[str]  # ids of directory entries
    slots: Collection[str]  # what may stand behind a '$' in a text

    def steps(self) -> Iterator[tuple[Flow, Step]]:
        """Every step with its flow, in file order."""
        for flow in self.flows.by_id.values():
            for step in flow.steps:
                yield flow, step


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule: the file, the place in it, and a sentence with a remedy."""

    path: str
    mark: Mark
    sentence: str


Seen = TypeVar("Seen")  # what a rule looks at: `Checked`, or more than that


@dataclass(frozen=True, slots=True)
class Rule(Generic[Seen]):
    """One rule. `id` never changes; `meaning` is one sentence; `find` yields every breach."""

    id: str
    meaning: str
    find: Callable[[Seen], Iterable[Finding]]
    level: Level = "error"


def run(rules: Iterable[Rule[Seen]], checked: Seen) -> list[Problem]:
    """Every breach of every rule, rule by rule."""
    return [
        Problem(
            found.path, found.mark.line, found.mark.column, rule.level, found.sentence, rule.id
        )
        for rule in rules
        for found in rule.find(checked)
    ]


def conditions(flow: Flow) -> Iterator[Expression]:
    """Every condition written in a flow: of its facts, its steps, and of `for_other`."""
    for fact in flow.facts:
        yield fact.test
    if flow.for_other:
        yield flow.for_other
    for step in flow.steps:
        if step.only_if:
            yield step.only_if


def facts_of(flow: Flow) -> dict[str, Expression]:
    """The facts of a flow by id."""
    return {fact.id: fact.test for fact in flow.facts}
