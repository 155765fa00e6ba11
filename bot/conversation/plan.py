"""The plan: all flows compiled, the moves she can make, and what comes of one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.flows.model import Intent, Step
from bot.needs import Needs
from bot.sessions.model import Answer, Session, interrupt_in

EMPTY = "!empty"  # stands in the trail where a look-up found nothing near her
START = "!start"  # where a turn stands before the first step; no step can have this name

Answers = Mapping[str, Answer]


class Event(Protocol):
    """One event of the machine, fired on a turn."""

    def trigger(self, model: "Turn", turn: "Turn") -> bool:
        """Move `turn` along the first way whose guards hold; False when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A named source of choices.

    `options` gives choice ids, in order, for the answers so far and the ids of the services that
    the last list showed. `knows` says whether a value that is not offered just now is still an
    answer: a place she hid is no longer in any list.
    """

    options: Callable[[Answers, tuple[str, ...]], Sequence[str]]
    fills: str  # language | council | hidden | reported
    knows: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Parser:
    """A named reader of typed text: its value, or None. Applied to its own value it changes nothing."""

    read: Callable[[str], str | None]
    fills: str  # outcode


@dataclass(frozen=True, slots=True)
class Chosen:
    """She answered. From a button `step` and `turn` say which card it was on; typed answers have none.

    `more` says that what she typed holds more than the answer that was found in it.
    """

    values: tuple[str, ...]
    step: str | None = None
    turn: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """She used a word or button that works everywhere."""

    intent: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """She typed something that means nothing here. The text itself does not come this far."""


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The look-up of the present results step found nothing near her."""


Move = Chosen | Asked | NotUnderstood | NothingFound


class Outcome(NamedTuple):
    """What came of one act. `session` None: the talk is over and must be forgotten.

    `needs` is set at a step whose card rests on them: a list of services, a script. `repeated` means an old or doubled button: nothing changed,
    the present card is drawn again.
    """

    session: Session | None
    needs: Needs | None = None
    ended: str | None = None
    said: tuple[str, ...] = ()  # when it ended: steps whose words are the last ones
    for_other: bool = False  # when it ended: whether it was only about someone else
    repeated: bool = False
    reported: str = ""  # the service with which she says something is wrong; kept nowhere


@dataclass(frozen=True, slots=True)
class Effect:
    """What choosing one answer asks of a service. `sensitive`: it is not to be seen or counted."""

    must: frozenset[str]
    prefer: frozenset[str]
    avoid: frozenset[str]
    tags: frozenset[str]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with everything the engine needs to know about it worked out once."""

    name: str  # flow.step
    step: Step
    effects: Mapping[str, Effect]  # by choice id, in file order
    source: Source | None
    parser: Parser | None
    renamed: Mapping[str, str]  # choice ids of before → today
    drawn: tuple[str, ...]  # ids of the written choices that are shown
    alone: frozenset[str]  # written choices that stand with no other
    asides: frozenset[str]  # written choices that lead to a question asked aside
    waits: bool

    def options(self, answers: Answers, shown: tuple[str, ...]) -> tuple[str, ...]:
        """Choice ids in the order they are shown."""
        if self.source is None:
            return self.drawn
        return (*self.source.options(answers, shown), *self.drawn)

    def from_source(self, value: str, answers: Answers, shown: tuple[str, ...]) -> bool:
        """Whether the value is one that the source of choices gives, or knows."""
        if self.source is None:
            return False
        return value in self.source.options(answers, shown) or self.source.knows(value)


@dataclass(frozen=True, slots=True)
class Plan:
    """All flows, compiled. Read-only and shared by every talk."""

    events: Mapping[str, Event]  # of the one machine, by name
    steps: Mapping[str, PlannedStep]
    intents: Mapping[str, Intent]
    fingerprint: str
    renamed: Mapping[str, str]  # step names of before → today
    other: Callable[[Answers], bool]  # whether these answers are only about someone else

    def for_other(self, session: Session) -> bool:
        """Whether the talk is only about someone else's drinking or use, and not her own."""
        return self.other(dict(session.trail))

    def today(self, name: str) -> str:
        """What a step of before is called now."""
        return self.renamed.get(name, name)

    def options(self, session: Session) -> tuple[str, ...]:
        """Choice ids of the step that waits, in the order they are shown."""
        return self.steps[session.at].options(dict(session.trail), session.shown)


class Turn:
    """The model of one firing: made from a session, packed back after success."""

    __slots__ = ("answers", "language", "said", "shown", "stack", "state", "trail", "values")

    def __init__(
        self,
        state: str,
        language: str,
        trail: Iterable[tuple[str, Answer]] = (),
        stack: Iterable[str] = (),
        shown: tuple[str, ...] = (),
    ) -> None:
        self.state = state
        self.language = language
        self.trail: list[tuple[str, Answer]] = list(trail)
        self.answers: dict[str, Answer] = dict(self.trail)
        self.stack: list[str] = list(stack)
        self.said: list[str] = []
        self.shown = shown
        self.values: tuple[str, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether an interrupt stands between her and the question she was at."""
        return interrupt_in(self.stack) is not None
