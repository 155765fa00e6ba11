"""The shape of a flow: steps, choices, facts and the words that work everywhere.

All of it is frozen data made by `bot.flows.loader`. Every name that points somewhere keeps its
`Mark`, so that a check can say where the mistake is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.problems import Mark


class Kind(StrEnum):
    """What a step does. Only `ASK` and `RESULTS` wait for her; the others run on."""

    ASK = "ask"
    RESULTS = "results"
    SAY = "say"
    CALL = "call"
    RETURN = "return"
    END = "end"
    ROUTE = "next"


WAITING = frozenset({Kind.ASK, Kind.RESULTS})


@dataclass(frozen=True, slots=True)
class Text:
    """English words to translate; `text` is the msgid, `path` says where it stands in its file.

    `path` is dotted and never changes with the wording: `steps.area.ask`,
    `steps.area.choices.anywhere.label`, `everywhere.back.words`. `safety` marks words that fall
    back to English rather than be shown half translated.
    """

    text: str
    path: str
    mark: Mark
    safety: bool = False
    note: str = ""  # for the translator


@dataclass(frozen=True, slots=True)
class Name:
    """A word that points at something else: a step, a flow, a need, a parser, a source."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Test:
    """`step == choice`, `step in [a, b]`, `step has a`, `step is known`, …

    `operator` is one of `==`, `!=`, `in`, `has`, `has_any`, `known`, `unknown`. An unanswered or
    skipped step is unknown: every test but `unknown` is then false.
    """

    step: Name
    operator: str
    values: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class FactTest:
    """A bare fact name, true when the fact is."""

    fact: Name


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of `part`."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one part is."""

    parts: tuple["Expression", ...]


Expression = Test | FactTest | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a step. `must`, `prefer`, `avoid` name needs of `directory/needs.yaml`."""

    id: str
    label: Text
    mark: Mark
    next: Name | None = None
    for_other: Text | None = None  # the label where the talk is only about someone else
    also: Text | None = None  # typed words that mean this choice, split by '|'
    must: tuple[Name, ...] = ()
    prefer: tuple[Name, ...] = ()
    avoid: tuple[Name, ...] = ()
    tags: tuple[Name, ...] = ()  # what the matcher and the card must know: danger, discreet, …
    alone: bool = False  # it stands with no other
    open: bool = False  # of a sensitive question: it tells nothing of her
    typed_only: bool = False  # not drawn: only she who knows the word can choose it
    was: tuple[Name, ...] = ()  # ids it had before

    def words(self, *, for_other: bool) -> Text:
        """What stands on the choice; `for_other`: the talk is only about someone else."""
        return (self.for_other if for_other else None) or self.label


@dataclass(frozen=True, slots=True)
class Many:
    """How many choices may stand together; `most` None means as many as there are."""

    least: int
    most: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Which fields are filled follows from `kind`."""

    id: str
    kind: Kind
    mark: Mark
    text: Text | None = None  # the words of `ask` or `say`, the heading of `results`
    for_other: Text | None = None  # said instead where the talk is only about someone else
    why: Text | None = None  # one line under the question: why it is asked
    retry: Text | None = None  # said when typed text was not understood
    choices: tuple[Choice, ...] = ()
    choices_from: Name | None = None  # a registered source of choices, for example `languages`
    many: Many | None = None
    parse: Name | None = None  # a registered parser of typed text, for example `uk_outcode`
    only_if: Expression | None = None
    next: Name | None = None
    call: Name | None = None
    results: Name | None = None  # what to look up: `services`, `helplines`, `open_this_week`
    shows: Name | None = None  # what is made from her answers: `script` or `takeaway`
    empty: Name | None = None  # where to go when nothing near her is found
    end: Name | None = None  # the reason, for example `done`
    wipe: bool = False  # with `end`: forget the session
    contacts: tuple[Name, ...] = ()  # directory entries whose contacts stand under the words
    # What it asks for is never counted and never told as fitting; no answer is ever logged.
    sensitive: bool = False
    skippable: bool = True
    aside: bool = False  # its answer stands also when she goes back over other questions
    plain: bool = False  # drawn with no controls, so that nothing shows what the chat is
    was: tuple[Name, ...] = ()  # ids it had before, `flow.step` where it was in another flow

    @property
    def rests_on_needs(self) -> bool:
        """Whether the card shows something that her answers decide."""
        return self.results is not None or self.shows is not None

    @property
    def waits(self) -> bool:
        """Whether the talk stops here until she answers."""
        return self.kind in WAITING

    def words(self, *, for_other: bool) -> Text | None:
        """What the step says; `for_other`: the talk is only about someone else."""
        return (self.for_other if for_other else None) or self.text


@dataclass(frozen=True, slots=True)
class Fact:
    """A named condition, worked out from the answers, never stored."""

    id: str
    test: Expression
    mark: Mark


@dataclass(frozen=True, slots=True)
class Intent:
    """A word that works in every step of every flow. Exactly one of `do`, `call`, `end` is set."""

    id: str
    label: Text
    words: Text  # typed words, split by '|'
    mark: Mark
    do: str | None = None  # back | skip
    call: Name | None = None  # a flow that interrupts; afterwards the same question stands again
    end: Name | None = None
    wipe: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """One file of steps, in file order; the first step is the start."""

    id: str
    path: str
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...] = ()
    everywhere: tuple[Intent, ...] = ()
    for_other: Expression | None = None  # when the talk is only about someone else
    mark: Mark = field(default_factory=Mark)

    def step(self, id: str) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.id == id), None)

    def full(self, old: str) -> str:
        """The full name behind an old name of a step; one with a dot names the flow it was in."""
        return old if "." in old else f"{self.id}.{old}"


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows by id. `start` is where a talk begins; `everywhere` comes from that flow.

    `fingerprint` changes with ids, kinds, order and conditions, never with words, so a better
    text or a new translation leaves the sessions of the moment alone.
    """

    by_id: Mapping[str, Flow]
    start: str
    fingerprint: str

    @property
    def everywhere(self) -> tuple[Intent, ...]:
        """The words that work in every step."""
        return self.by_id[self.start].everywhere


# The flow a talk begins with, and the one that may hold `everywhere` and `for_other`.
START = "welcome"
