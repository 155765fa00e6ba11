"""Promises: what must hold at every move of every talk, looked at stride by stride."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.conversation import engine
from bot.conversation.plan import Asked, Chosen, NotUnderstood, Plan
from bot.conversation.replaying import migrate
from bot.flows.model import Flows
from bot.problems import Problem
from bot.sessions.model import Session, interrupt_in, pack, unpack
from bot.simulator import Place, Stride, ends_or_waits
from bot.workshop.coverage import problem

# What is promised, by the rule that a breach is reported under.
PROMISES: Mapping[str, str] = {
    "fault": "no move makes the engine fail",
    "no-wait": "after every move the talk waits at one question or list, or it is over",
    "moved-by-nothing": "typed words that mean nothing change nothing",
    "back-changes": "'back' after an answer brings back exactly what stood before",
    "replay-differs": "the same answers given again lead to the same question",
    "packing-differs": "a session that is kept and loaded again is the same",
    "leave-stays": "a word that wipes ends the talk at once",
    "urgent-late": "urgent help shows words of safety at once",
    "urgent-astray": "out of urgent help the same question stands again",
    "interrupt-astray": "out of an interrupt the same question stands again, with every answer",
}


class Promises:
    """Holds every stride against the promises; one problem for each promise and step it fails at."""

    def __init__(self, flows: Flows, plan: Plan) -> None:
        self._flows = flows
        self._plan = plan
        self._broken: dict[tuple[str, str], Problem] = {}
        self._replayed: set[Place] = set()
        self._returned: set[object] = set()

    @property
    def problems(self) -> Sequence[Problem]:
        """What was broken so far, by file and place."""
        return sorted(self._broken.values())

    def __call__(self, stride: Stride) -> None:
        """Look at one stride. A check that fails itself is a broken promise too."""
        try:
            for rule in self._breaches(stride):
                self._note(stride, rule)
        except Exception:  # noqa: BLE001  # what a session is led to must not end the walk
            self._note(stride, "fault")

    def _note(self, stride: Stride, rule: str) -> None:
        name = stride.before.at
        sentence = f"after {_told(stride)} this is broken: {PROMISES[rule]}"
        self._broken.setdefault((rule, name), problem(self._flows, name, sentence, rule))

    def _breaches(self, stride: Stride) -> Iterator[str]:
        if stride.fault:
            yield "fault"
            return
        if not ends_or_waits(self._plan, stride.after):
            yield "no-wait"
            return
        for look in _LOOKS:
            yield from look(self._plan, stride)
        if self._is_new_way(stride):
            yield from _back(self._plan, stride)
        session = stride.after.session
        if session and stride.reached is not None and stride.reached not in self._replayed:
            self._replayed.add(stride.reached)
            yield from _replayed(self._plan, session)

    def _is_new_way(self, stride: Stride) -> bool:
        """Whether no talk went from here to there before, or none gave this answer at this step.

        Going back replays the whole talk, so it is not done for each of very many equal strides.
        """
        if not isinstance(stride.move, Chosen):
            return False
        ways = {(stride.start, stride.reached), (stride.before.at, stride.move.values)}
        new = not ways <= self._returned
        self._returned |= ways
        return new


def _told(stride: Stride) -> str:
    move = stride.move
    if isinstance(move, Chosen):
        return f"'{', '.join(move.values)}'"
    return f"'{move.intent}'" if isinstance(move, Asked) else "no answer"


Look = Callable[[Plan, Stride], Iterator[str]]


def _nothing(plan: Plan, stride: Stride) -> Iterator[str]:
    session = stride.after.session
    if isinstance(stride.move, NotUnderstood) and (
        session is None or _stand(session) != _stand(stride.before)
    ):
        yield "moved-by-nothing"


def _packed(plan: Plan, stride: Stride) -> Iterator[str]:
    session = stride.after.session
    if session is not None and unpack(pack(session)) != session:
        yield "packing-differs"


def _back(plan: Plan, stride: Stride) -> Iterator[str]:
    before, session = stride.before, stride.after.session
    forward = session is not None and len(session.trail) == len(before.trail) + 1
    if session is None or not forward or before.stack != _calls(before):
        return
    if plan.steps[before.at].step.aside:
        return
    back = engine.step(plan, session, Asked("back")).session
    if "back" in plan.intents and (back is None or _stand(back) != _stand(before)):
        yield "back-changes"


def _replayed(plan: Plan, session: Session) -> Iterator[str]:
    """As after an edit that changes nothing: every answer given again, inside an interrupt too."""
    again = migrate(plan, session._replace(fingerprint=""))
    # A question aside that was skipped leaves nothing to keep.
    trail = tuple(
        (name, answer)
        for name, answer in session.trail
        if answer or not plan.steps[name].step.aside
    )
    if _stand(again) != _stand(session._replace(trail=trail)) or again.pending:
        yield "replay-differs"


def _leave(plan: Plan, stride: Stride) -> Iterator[str]:
    intent = plan.intents.get(stride.move.intent) if isinstance(stride.move, Asked) else None
    if intent and intent.end and stride.after.session is not None:
        yield "leave-stays"


def _urgent(plan: Plan, stride: Stride) -> Iterator[str]:
    session = stride.after.session
    if stride.move != Asked("urgent") or plan.intents["urgent"].call is None:
        return
    if session is None or not _speaks_of_safety(plan, session):
        yield "urgent-late"
        return
    back = engine.step(plan, session, Asked("back")).session
    under = _under(stride.before)
    if back is None or (back.at, back.trail) != (under, stride.before.trail):
        yield "urgent-astray"


def _speaks_of_safety(plan: Plan, session: Session) -> bool:
    texts = [plan.steps[name].step.text for name in (*session.said, session.at)]
    return any(text is not None and text.safety for text in texts)


def _out_of_interrupt(plan: Plan, stride: Stride) -> Iterator[str]:
    """Inside it no answer is kept; where it ends, the question that was left stands."""
    before, session = stride.before, stride.after.session
    if before.stack == _calls(before) or session is None:
        return
    resumed = session.stack == _calls(session)
    at_home = session.at == _under(before) and session.stack == _calls(before)
    if session.trail != before.trail or (resumed and not at_home):
        yield "interrupt-astray"


def _calls(session: Session) -> tuple[str, ...]:
    """The calls that are open under any interrupt."""
    return session.stack[: interrupt_in(session.stack)]


def _under(session: Session) -> str:
    """The question that stands, or that an interrupt left standing."""
    first = interrupt_in(session.stack)
    return session.at if first is None else session.stack[first][1:]


def _stand(session: Session) -> tuple[object, ...]:
    return session.at, session.trail, session.stack


_LOOKS: Sequence[Look] = (_nothing, _packed, _leave, _urgent, _out_of_interrupt)
