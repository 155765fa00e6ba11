"""Moving: what one act does to a turn, step by step through the plan.

These functions change the turn they are given, which lives for one act only.
"""

from bot.conversation.plan import START, Plan, PlannedStep, Turn
from bot.exceptions import LinnetError
from bot.flows.model import Kind, Step
from bot.sessions.model import Answer, Session, interrupt_in

RUN_ON_LIMIT = 50  # steps that do not wait, in one turn; `check` proves there is no endless run


class StuckError(LinnetError):
    """A flow has no way on from a step. `check` refuses such a flow before it is ever run."""


def begin(plan: Plan, language: str) -> tuple[Turn, str | None]:
    """A turn at the first question that is to be asked, and the reason if there is none."""
    turn = Turn(START, language)
    if not plan.events["advance"].trigger(turn, turn):
        raise StuckError
    return turn, run_on(plan, turn)


def choose(plan: Plan, turn: Turn, values: tuple[str, ...]) -> bool:
    """Give an answer to the step that waits; False when it is none of its answers."""
    planned = plan.steps[turn.state]
    answer = _valid(planned, values, turn)
    if answer is None:
        return False
    turn.values = values
    if planned.source and planned.source.fills == "language" and isinstance(answer, str):
        turn.language = answer
    if not turn.interrupted:
        _record(turn, planned, answer)
    if not plan.events["answer"].trigger(turn, turn):
        raise StuckError
    return True


def stand_by(plan: Plan, turn: Turn, name: str, answer: Answer) -> None:
    """Keep an answer given aside without standing at its question, if it is one of its answers."""
    planned = plan.steps[name]
    values = (answer,) if isinstance(answer, str) else answer or ()
    valid = _valid(planned, values, turn)
    if valid is not None:
        _record(turn, planned, valid)


def _valid(planned: PlannedStep, values: tuple[str, ...], turn: Turn) -> Answer:
    """The answer to keep, or None: a list on a one-answer step is no answer."""
    if planned.step.many is None:
        return _single(planned, values[0], turn) if len(values) == 1 else None
    options = planned.options(turn.answers, turn.shown)
    chosen = [option for option in options if option in values]
    if len(chosen) < len(values):
        chosen += [
            value for value in dict.fromkeys(values) if _known(planned, value, turn, chosen)
        ]
    many = planned.step.many
    if not many.least <= len(chosen) == len(set(values)):
        return None
    if many.most is not None and len(chosen) > many.most:
        return None
    contradicts = len(chosen) > 1 and not planned.alone.isdisjoint(chosen)
    return None if contradicts else tuple(chosen)


def _known(planned: PlannedStep, value: str, turn: Turn, chosen: list[str]) -> bool:
    """Whether a value that is not offered just now is still an answer."""
    given = value in planned.effects or planned.from_source(value, turn.answers, turn.shown)
    return value not in chosen and given


def _single(planned: PlannedStep, value: str, turn: Turn) -> Answer:
    if value in planned.effects or planned.from_source(value, turn.answers, turn.shown):
        return value
    return planned.parser.read(value) if planned.parser else None


def pass_on(plan: Plan, turn: Turn, event: str, recorded: Answer) -> bool:
    """Move on without a choice; False when this step has no such way."""
    planned, interrupted = plan.steps[turn.state], turn.interrupted
    turn.values = ()
    moved = event in plan.events and plan.events[event].trigger(turn, turn)
    if moved and not interrupted:
        _record(turn, planned, recorded)
    return moved


def _record(turn: Turn, planned: PlannedStep, answer: Answer) -> None:
    if planned.step.aside and planned.name in turn.answers:
        answer = _added(planned, turn.answers[planned.name], answer)
        turn.trail = [pair for pair in turn.trail if pair[0] != planned.name]
    turn.trail.append((planned.name, answer))
    turn.answers[planned.name] = answer


def _added(planned: PlannedStep, before: Answer, answer: Answer) -> Answer:
    """What stands aside after one more answer: all of it, until she takes it back herself.

    Skipping takes nothing back. Harm prevented: hiding a second place must not show the first.
    """
    if not isinstance(answer, tuple) or not isinstance(before, tuple):
        return before if answer is None else answer
    if not planned.alone.isdisjoint(answer):
        return answer
    kept = (value for value in before if value not in planned.alone)
    return tuple(dict.fromkeys((*kept, *answer)))


def run_on(plan: Plan, turn: Turn) -> str | None:
    """Go through the steps that do not wait. Returns the reason when the talk ends."""
    advance = plan.events["advance"]
    for _ in range(RUN_ON_LIMIT):
        planned = plan.steps[turn.state]
        step = planned.step
        if planned.waits:
            _rewind(plan, turn, step)
            return None
        if step.end:
            return step.end.text
        if step.kind is Kind.RETURN and turn.stack and turn.stack[-1][0] == "!":
            resume(turn)
            return None
        _enter(turn, step)
        returning = step.kind is Kind.RETURN
        if not advance.trigger(turn, turn):
            raise StuckError
        if returning:
            turn.stack.pop()
    raise StuckError


def _enter(turn: Turn, step: Step) -> None:
    if step.kind is Kind.SAY:
        turn.said.append(turn.state)
    elif step.kind is Kind.CALL:
        turn.stack.append(turn.state)


def resume(turn: Turn) -> bool:
    """Out of the interrupt, back to the question that was left standing; False where none stands."""
    first = interrupt_in(turn.stack)
    if first is None:
        return False
    turn.state = turn.stack[first][1:]
    del turn.stack[first:]
    return True


def _rewind(plan: Plan, turn: Turn, step: Step) -> None:
    """Arriving again at an answered question forgets that answer and all later ones.

    Otherwise an answer she took back would still decide what she is shown. Answers given aside
    stand: a place that she hid must not come back because she changed her mind about something
    else. Arriving at such a question again forgets nothing: what she chooses there is added.
    """
    if turn.state not in turn.answers or step.kind is not Kind.ASK or turn.interrupted:
        return
    if step.aside:
        return
    place = next(i for i, (name, _) in enumerate(turn.trail) if name == turn.state)
    later = turn.trail[place + 1 :]
    turn.trail[place:] = [pair for pair in later if plan.steps[pair[0]].step.aside]
    turn.answers = dict(turn.trail)


def open_turn(session: Session) -> Turn:
    """A turn that starts where the session stands."""
    return Turn(session.at, session.language, session.trail, session.stack, session.shown)


def pack(plan: Plan, turn: Turn, number: int) -> Session:
    """The session that the turn leaves behind; `number` is the turn's number."""
    return Session(
        fingerprint=plan.fingerprint,
        at=turn.state,
        language=turn.language,
        turn=number,
        trail=tuple(turn.trail),
        stack=tuple(turn.stack),
        said=tuple(turn.said),
        shown=turn.shown,
    )
