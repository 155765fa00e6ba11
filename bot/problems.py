"""Problems in data: what an author can put right, and where it stands.

They are collected, never raised, so that one look shows all of them.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an author can put right: where it is, what it is, and the rule that found it."""

    path: str
    line: int
    column: int
    level: Level
    sentence: str
    rule: str

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}:{self.column}: {self.level}: {self.sentence} [{self.rule}]"
        )


@dataclass(slots=True)
class Report:
    """Collects the problems of one file; nothing is raised at the first one."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, mark: Mark, rule: str, sentence: str, level: Level = "error") -> None:
        """Note a problem at `mark`."""
        self.problems.append(Problem(self.path, mark.line, mark.column, level, sentence, rule))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest of `known`, or nothing when none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
