"""The simulator: walks every path of the flows on the real engine.

The raw paths are millions. Two talks that stand at the same step, with the same answers still to
be read on some way forward and the same way back, can only go on alike; one of them is walked.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import engine
from bot.conversation.plan import (
    Asked,
    Chosen,
    Move,
    NothingFound,
    NotUnderstood,
    Outcome,
    Plan,
    PlannedStep,
)
from bot.flows.model import Kind
from bot.sessions.model import Session

Samples = Mapping[str, Sequence[str]]  # by source or parser: values worth trying


@dataclass(frozen=True, slots=True)
class Stride:
    """One move on the walk. `after` is what the engine made of it."""

    before: Session
    move: Move
    after: Outcome


@dataclass(frozen=True, slots=True)
class Ahead:
    """What still matters after each waiting step: see `flows.graph.reads_after`, `asked_again`."""

    reads: Mapping[str, frozenset[str]]  # steps whose answers may still be read
    again: Mapping[str, frozenset[str]]  # questions that may come up a second time


def walk(plan: Plan, ahead: Ahead, samples: Samples, language: str = "en") -> Iterator[Stride]:
    """Every move from every place that can be told apart, breadth first.

    `samples` stands in for choices that come from data and for typed values.
    """
    first = engine.start(plan, language).session
    waiting = deque([first] if first else [])
    seen = {_key(plan, ahead, session) for session in waiting}
    while waiting:
        session = waiting.popleft()
        for move in moves(plan, session, samples):
            outcome = engine.step(plan, session, move)
            yield Stride(session, move, outcome)
            after = outcome.session
            if after is None or outcome.repeated or after.misses:
                continue
            key = _key(plan, ahead, after)
            if key not in seen:
                seen.add(key)
                waiting.append(after)


def _key(plan: Plan, ahead: Ahead, session: Session) -> tuple[object, ...]:
    """Two sessions with one key go on alike. The order counts: arriving again forgets by order.

    Inside an interrupt only what is read there counts: out of it, the talk is back where it stood,
    and every such place is walked by itself.
    """
    reads = ahead.reads.get(session.at, frozenset())
    again = ahead.again.get(session.at, frozenset())
    answers = tuple(
        (name, answer if name in reads or _decides_choices(plan.steps[name]) else "")
        for name, answer in session.trail
        if name in reads or name in again or _decides_choices(plan.steps[name])
    )
    return (session.at, session.stack, answers)


def _decides_choices(planned: PlannedStep) -> bool:
    """Whether choices of later steps depend on the answer: where she is decides what is near."""
    return planned.source is not None and planned.source.fills == "council"


def moves(plan: Plan, session: Session, samples: Samples) -> list[Move]:
    """Everything she can do at this step, with a sample for what has no end."""
    planned = plan.steps[session.at]
    found: list[Move] = [Chosen(values) for values in _answers(plan, planned, session, samples)]
    found += [Asked(intent) for intent in plan.intents]
    found.append(NotUnderstood())
    if planned.step.empty:
        found.append(NothingFound())
    return found


def _answers(
    plan: Plan, planned: PlannedStep, session: Session, samples: Samples
) -> list[tuple[str, ...]]:
    options = plan.options(session)
    if planned.step.choices_from:
        wanted = samples.get(planned.step.choices_from.text)
        options = tuple(option for option in options if wanted is None or option in wanted)
    options = tuple(dict.fromkeys((*options, *planned.effects)))  # typed-only ones too
    typed = samples.get(planned.step.parse.text, ()) if planned.step.parse else ()
    single: list[tuple[str, ...]] = [(value,) for value in (*options, *typed)]
    if planned.step.many is None:
        return single
    together = tuple(option for option in options if not _alone(planned, option))
    return [*single, together] if len(together) > 1 else single


def _alone(planned: PlannedStep, option: str) -> bool:
    return any(choice.id == option and choice.alone for choice in planned.step.choices)


def ends_or_waits(plan: Plan, outcome: Outcome) -> bool:
    """Whether the outcome is an end, or stands at a step that waits."""
    if outcome.session is None:
        return outcome.ended is not None
    return plan.steps[outcome.session.at].step.kind in {Kind.ASK, Kind.RESULTS}
