"""The simulator: walks every path of the flows on the real engine.

The raw paths are millions. Two talks that stand at the same step, with the same answers still to
be read on some way forward and the same way back, can only go on alike; one of them is walked.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import comb

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
from bot.sessions.model import Answer, Session, interrupt_in

Samples = Mapping[str, Sequence[str]]  # by source or parser: values worth trying
Place = tuple[object, ...]  # where talks that can only go on alike stand: the step comes first


@dataclass(frozen=True, slots=True)
class Stride:
    """One move on the walk. `after` is what the engine made of it.

    `start` is where it was made, `reached` where it led; None where it ended the talk, changed
    nothing or failed. `fault` is the kind of exception that the engine raised, else empty.
    """

    before: Session
    move: Move
    after: Outcome
    start: Place = ()
    reached: Place | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What still matters after each waiting step.

    See `reads_after` and `asked_again` of `flows.graph`, and `flows.sight`.
    """

    reads: Mapping[str, frozenset[str]]  # steps whose answers may still be read
    again: Mapping[str, frozenset[str]]  # questions that may come up a second time
    # By step: what conditions can see of an answer; of a step that is not here, all of it.
    seen: Mapping[str, Callable[[Answer], Hashable]] = field(default_factory=dict)


def walk(
    plan: Plan, ahead: Ahead, samples: Samples, language: str = "en", sets: int = 0
) -> Iterator[Stride]:
    """Every move from every place that can be told apart, breadth first, interrupts last.

    `samples` stands in for choices that come from data and for typed values; `sets` is that of
    `moves`. Where no way forward depends on which choices stand together, every set of them is
    given once, and a few wherever else the question comes. An exception of the engine is a stride
    too: it must not end the walk.
    """
    first = engine.start(plan, language).session
    # A walk that is cut short has then at least come to every question.
    waiting, interrupted = deque[tuple[Place, Session]](), deque[tuple[Place, Session]]()
    if first is not None:
        waiting.append((place_of(plan, ahead, first), first))
    seen, whole = {place for place, _ in waiting}, set[str]()
    while waiting or interrupted:
        start, session = (waiting or interrupted).popleft()
        few = session.at in whole and not _decides(plan, ahead, session.at)
        whole.add(session.at)
        for move in moves(plan, session, samples, 0 if few else sets):
            try:
                outcome = engine.step(plan, session, move)
            except Exception as fault:  # noqa: BLE001  # whatever it is, it is what is looked for
                yield Stride(session, move, Outcome(None), start, fault=type(fault).__name__)
                continue
            after = outcome.session
            stays = after is None or outcome.repeated or after.misses > 0
            reached = None if stays or after is None else place_of(plan, ahead, after)
            yield Stride(session, move, outcome, start, reached)
            if after is not None and reached is not None and reached not in seen:
                seen.add(reached)
                (interrupted if _is_interrupted(after) else waiting).append((reached, after))


def place_of(plan: Plan, ahead: Ahead, session: Session) -> Place:
    """Two sessions at one place go on alike. The order counts: arriving again forgets by order.

    In an interrupt no answer is kept or forgotten, and it goes back to a question where the walk
    was before: only what may be read inside it tells two talks there apart.
    """
    inside = _is_interrupted(session)
    reads = ahead.reads.get(session.at, frozenset())
    again = frozenset[str]() if inside else ahead.again.get(session.at, frozenset())
    answers: list[tuple[str, Hashable]] = []
    for name, answer in session.trail:
        if _decides_choices(plan.steps[name]):
            answers.append((name, answer))
        elif name in reads:
            sees = ahead.seen.get(name)
            answers.append((name, sees(answer) if sees else answer))
        elif name in again:
            answers.append((name, ""))
    return (session.at, session.stack, tuple(answers))


def _is_interrupted(session: Session) -> bool:
    return interrupt_in(session.stack) is not None


def _decides(plan: Plan, ahead: Ahead, name: str) -> bool:
    """Whether what is answered at the step decides where some way leads."""
    jumps = any(choice.next for choice in plan.steps[name].step.choices)
    return jumps or any(name in reads for reads in ahead.reads.values())


def _decides_choices(planned: PlannedStep) -> bool:
    """Whether choices of later steps depend on the answer: where she is decides what is near."""
    return planned.source is not None and planned.source.fills == "council"


def moves(plan: Plan, session: Session, samples: Samples, sets: int = 0) -> list[Move]:
    """Everything she can do at this step, with a sample for what has no end.

    Of choices that may stand together: each alone, all of them and all but one, or with `sets`
    every set that may be given, the small ones first, until there are that many.
    """
    planned = plan.steps[session.at]
    options = _options(plan, session, samples)
    answers = _sets(planned, options, sets) if sets and planned.step.many else None
    if answers is None:
        answers = _answers(planned, options, samples)
    found: list[Move] = [Chosen(values) for values in answers]
    found += [Asked(intent) for intent in plan.intents]
    found.append(NotUnderstood())
    if planned.step.empty:
        found.append(NothingFound())
    return found


def sets_left_out(plan: Plan, session: Session, samples: Samples, sets: int) -> int:
    """How many sets of choices the walk leaves out here for want of `sets`."""
    planned = plan.steps[session.at]
    if planned.step.many is None:
        return 0
    _, together = _alone_and_together(planned, _options(plan, session, samples))
    every = sum(comb(len(together), size) for size in _sizes(planned, len(together)))
    return max(0, every - sets)


def _options(plan: Plan, session: Session, samples: Samples) -> tuple[str, ...]:
    planned = plan.steps[session.at]
    options = plan.options(session)
    if planned.step.choices_from:
        wanted = samples.get(planned.step.choices_from.text)
        own = planned.effects
        options = tuple(
            option for option in options if wanted is None or option in wanted or option in own
        )
    return tuple(dict.fromkeys((*options, *planned.effects)))  # typed-only ones too


def _answers(
    planned: PlannedStep, options: tuple[str, ...], samples: Samples
) -> list[tuple[str, ...]]:
    typed = samples.get(planned.step.parse.text, ()) if planned.step.parse else ()
    single: list[tuple[str, ...]] = [(value,) for value in (*options, *typed)]
    if planned.step.many is None:
        return single
    _, together = _alone_and_together(planned, options)
    together = together[: planned.step.many.most]
    if len(together) < 2:
        return single
    # A way between two conditions may need some choices and the lack of another.
    all_but_one = combinations(together, len(together) - 1) if len(together) > 2 else ()
    return [*single, together, *all_but_one]


def _sets(planned: PlannedStep, options: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    alone, together = _alone_and_together(planned, options)
    every = (
        chosen
        for size in _sizes(planned, len(together))
        for chosen in combinations(together, size)
    )
    return [*((one,) for one in alone), *islice(every, most)]


def _alone_and_together(
    planned: PlannedStep, options: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    alone = tuple(option for option in options if option in planned.alone)
    return alone, tuple(option for option in options if option not in planned.alone)


def _sizes(planned: PlannedStep, count: int) -> range:
    many = planned.step.many
    most = count if many is None or many.most is None else min(count, many.most)
    return range(max(1, many.least if many else 1), most + 1)


def ends_or_waits(plan: Plan, outcome: Outcome) -> bool:
    """Whether the outcome is an end, or stands at a step that waits."""
    if outcome.session is None:
        return outcome.ended is not None
    return plan.steps[outcome.session.at].step.kind in {Kind.ASK, Kind.RESULTS}
