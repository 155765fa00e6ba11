"""The engine: all flows as one state machine, and one act of hers as one move in it.

`start` and `step` are pure: a session goes in, an outcome with the next session comes out. No
clock, no disk, no network, no words: the outcome names steps, and wording finds the words.

One machine serves every talk. A turn is a slotted object made for one act, fired through
`machine.events[name].trigger(turn, turn)` and thrown away, so an error leaves the session as it
was. The machine never gets a string to call: `transitions` would import and run it.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from logging import WARNING, getLogger

from transitions import Machine, State

from bot.conversation.folding import fold
from bot.conversation.moving import begin, choose, open_turn, pack, pass_on, resume, run_on
from bot.conversation.plan import (
    EMPTY,
    START,
    Asked,
    Chosen,
    Effect,
    Move,
    NotUnderstood,
    Outcome,
    Parser,
    Plan,
    PlannedStep,
    Source,
    Turn,
)
from bot.conversation.replaying import migrate, replay, settle
from bot.flows.expressions import Condition, compile_test, qualifier
from bot.flows.model import Choice, Flow, Flows, Kind, Step
from bot.needs import Needs
from bot.sessions.model import Answer, Session, interrupt_in

# At INFO this library writes the name of her step into the log.
getLogger("transitions").setLevel(WARNING)

Guard = Callable[[Turn], bool]
Way = tuple[list[Guard], str]  # guards that must all hold, and the step they lead to


# ---- compiling


def compile_flows(
    flows: Flows, sources: Mapping[str, Source], parsers: Mapping[str, Parser]
) -> Plan:
    """One machine for all flows. The flows have passed `check`: every name in them is known."""
    steps = {
        f"{flow.id}.{step.id}": _plan_step(flow, step, sources, parsers)
        for flow in flows.by_id.values()
        for step in flow.steps
    }
    machine = Machine(
        model=None,
        states=[START, *steps],
        initial=START,
        auto_transitions=False,
        queued=False,
        ignore_invalid_triggers=True,  # no way from here: False, never an exception
    )
    compiler = _Compiler(flows, steps, machine)
    compiler.add_all()
    return Plan(
        events=machine.events,
        steps=steps,
        intents={intent.id: intent for intent in flows.everywhere},
        fingerprint=flows.fingerprint,
        renamed=_renamed_steps(flows),
        other=_other(flows.by_id[flows.start]),
    )


def _other(start: Flow) -> Condition:
    """When the talk is only about someone else; never, where the flows do not say."""
    if start.for_other is None:
        return lambda _: False
    facts = {fact.id: fact.test for fact in start.facts}
    return compile_test(start.for_other, facts, qualifier(start.id))


def _plan_step(
    flow: Flow, step: Step, sources: Mapping[str, Source], parsers: Mapping[str, Parser]
) -> PlannedStep:
    return PlannedStep(
        name=f"{flow.id}.{step.id}",
        step=step,
        effects={choice.id: _effect(step, choice) for choice in step.choices},
        source=sources[step.choices_from.text] if step.choices_from else None,
        parser=parsers[step.parse.text] if step.parse else None,
        renamed={old.text: choice.id for choice in step.choices for old in choice.was},
        drawn=tuple(choice.id for choice in step.choices if not choice.typed_only),
        alone=frozenset(choice.id for choice in step.choices if choice.alone),
        asides=frozenset(choice.id for choice in step.choices if _leads_aside(flow, choice)),
        waits=step.waits,
    )


def _leads_aside(flow: Flow, choice: Choice) -> bool:
    target = flow.step(choice.next.text) if choice.next else None
    return target is not None and target.aside


def _effect(step: Step, choice: Choice) -> Effect:
    return Effect(
        must=frozenset(name.text for name in choice.must),
        prefer=frozenset(name.text for name in choice.prefer),
        avoid=frozenset(name.text for name in choice.avoid),
        tags=frozenset(name.text for name in choice.tags),
        sensitive=step.sensitive and not choice.open,
    )


def _renamed_steps(flows: Flows) -> dict[str, str]:
    return {
        flow.full(old.text): f"{flow.id}.{step.id}"
        for flow in flows.by_id.values()
        for step in flow.steps
        for old in step.was
    }


class _Compiler:
    """Adds the transitions of every step. Their order is their priority; the last is unconditional."""

    def __init__(self, flows: Flows, steps: Mapping[str, PlannedStep], machine: Machine) -> None:
        self.flows = flows
        self.steps = steps
        self.machine = machine
        self.guards = {name: self._guard(name) for name in steps}

    def add_all(self) -> None:
        self._add("advance", START, self._into(self.flows.start))
        for flow in self.flows.by_id.values():
            for index, step in enumerate(flow.steps):
                self._add_step(flow, index, step)
        waiting: list[str | Enum | State] = [
            name for name, planned in self.steps.items() if planned.waits
        ]
        for intent in self.flows.everywhere:
            if intent.call:
                for guards, target in self._into(intent.call.text):
                    self.machine.add_transition(
                        f"call:{intent.id}", waiting, target, conditions=[*guards]
                    )

    def _add_step(self, flow: Flow, index: int, step: Step) -> None:
        name = f"{flow.id}.{step.id}"
        if step.waits:
            self._add_waiting(flow, index, step)
        elif step.kind is Kind.CALL and step.call:
            self._add("advance", name, self._into(step.call.text))
        elif step.kind is Kind.RETURN:
            for site, ways in self._call_sites(flow.id):
                self._add("advance", name, ways, _returning_to(site))
        elif step.kind is not Kind.END:
            self._add("advance", name, self._after(flow, index))

    def _add_waiting(self, flow: Flow, index: int, step: Step) -> None:
        name = f"{flow.id}.{step.id}"
        after = self._after(flow, index)
        for choice in step.choices:
            if choice.next:
                self._add("answer", name, self._to(flow, choice.next.text), _chose(choice.id))
        self._add("answer", name, after)
        if step.skippable:
            self._add("skip", name, after)
        if step.empty:
            self._add("empty", name, self._to(flow, step.empty.text))

    def _add(self, event: str, name: str, ways: Iterable[Way], *first: Guard) -> None:
        for guards, target in ways:
            self.machine.add_transition(event, name, target, conditions=[*first, *guards])

    def _into(self, flow_id: str) -> list[Way]:
        return self._chain(self.flows.by_id[flow_id], 0)

    def _to(self, flow: Flow, step_id: str) -> list[Way]:
        place = next(i for i, step in enumerate(flow.steps) if step.id == step_id)
        return self._chain(flow, place)

    def _after(self, flow: Flow, index: int) -> list[Way]:
        step = flow.steps[index]
        return self._to(flow, step.next.text) if step.next else self._chain(flow, index + 1)

    def _chain(self, flow: Flow, index: int) -> list[Way]:
        """The step at `index` if it is to be asked, else the one after it, and so on."""
        ways: list[Way] = []
        for step in flow.steps[index:]:
            name = f"{flow.id}.{step.id}"
            guards = self.guards[name]
            ways.append((guards, name))
            if not guards:
                break
        return ways

    def _guard(self, name: str) -> list[Guard]:
        planned = self.steps[name]
        guards: list[Guard] = []
        if planned.step.only_if is not None:
            flow = self.flows.by_id[name.split(".", maxsplit=1)[0]]
            facts = {fact.id: fact.test for fact in flow.facts}
            test = compile_test(planned.step.only_if, facts, qualifier(flow.id))
            guards.append(lambda turn: test(turn.answers))
        if planned.source and not planned.parser and not planned.effects:
            # One choice is no question: it is passed over.
            options = planned.source.options
            guards.append(lambda turn: len(options(turn.answers, turn.shown)) > 1)
        return guards

    def _call_sites(self, flow_id: str) -> list[tuple[str, list[Way]]]:
        return [
            (f"{flow.id}.{step.id}", self._after(flow, index))
            for flow in self.flows.by_id.values()
            for index, step in enumerate(flow.steps)
            if step.call and step.call.text == flow_id
        ]


def _chose(choice: str) -> Guard:
    return lambda turn: choice in turn.values


def _returning_to(site: str) -> Guard:
    return lambda turn: bool(turn.stack) and turn.stack[-1] == site


# ---- turns


def start(
    plan: Plan, language: str, *, chosen: bool = False, council: str | None = None
) -> Outcome:
    """A new talk at its first question. `chosen`: the language question is answered already.

    `council` is given as her answer once the question about the place comes up.
    """
    turn, ended = begin(plan, language)
    planned = plan.steps[turn.state]
    if chosen and planned.source and planned.source.fills == "language":
        choose(plan, turn, (language,))
        ended = run_on(plan, turn)
    outcome = _outcome(plan, turn, ended, number=1)
    if council is None or outcome.session is None:
        return outcome
    asked = [(name, council) for name, step in plan.steps.items() if _asks_for(step, council)]
    return outcome._replace(session=outcome.session._replace(pending=tuple(asked)))


def _asks_for(planned: PlannedStep, council: str) -> bool:
    """Whether the step asks which council, with this one among the choices from the beginning."""
    fills = planned.source is not None and planned.source.fills == "council"
    return fills and planned.from_source(council, {}, ())


def step(plan: Plan, session: Session, move: Move) -> Outcome:
    """One move of hers. A session of before a flow was edited is brought over first."""
    if session.fingerprint != plan.fingerprint or session.at not in plan.steps:
        session = migrate(plan, session)
    if isinstance(move, Chosen):
        return _chosen(plan, session, move)
    if isinstance(move, Asked):
        return _asked(plan, session, move.intent)
    if isinstance(move, NotUnderstood):
        return _missed(plan, session)
    return _fire(plan, session, "empty", EMPTY)


def present(plan: Plan, session: Session) -> Outcome:
    """The card for where the session stands, without a move."""
    return _same(plan, session)


def _chosen(plan: Plan, session: Session, move: Chosen) -> Outcome:
    old = move.step is not None and (move.step, move.turn) != (session.at, session.turn)
    turn = open_turn(session)
    if old or not choose(plan, turn, move.values):
        # Typed answers that do not go together are asked for again.
        return _same(plan, session, repeated=True) if move.step else _missed(plan, session)
    outcome = _outcome(plan, turn, settle(plan, turn, session), session)
    planned = plan.steps[session.at]
    if planned.source is None or planned.source.fills != "reported":
        return outcome
    named = planned.from_source(turn.values[0], {}, session.shown)
    return outcome._replace(reported=turn.values[0]) if named else outcome


def _asked(plan: Plan, session: Session, intent_id: str) -> Outcome:
    intent = plan.intents.get(intent_id)
    if intent is None:
        return _same(plan, session, repeated=True)
    if intent.end:
        return Outcome(None, ended=intent.end.text)
    if intent.call:
        return _interrupt(plan, session, intent.id)
    if intent.do == "back":
        return _back(plan, session)
    if plan.steps[session.at].step.skippable:
        return _fire(plan, session, "skip", None)
    return _same(plan, session, repeated=True)


def _fire(plan: Plan, session: Session, event: str, recorded: Answer) -> Outcome:
    """A move that is no choice: it is recorded, the machine moves, the run-on follows."""
    turn = open_turn(session)
    if not pass_on(plan, turn, event, recorded):
        return _same(plan, session, repeated=True)
    return _outcome(plan, turn, settle(plan, turn, session), session)


def _interrupt(plan: Plan, session: Session, intent: str) -> Outcome:
    """Leave the question standing, go into the interrupt. A second interrupt replaces the first."""
    turn = open_turn(session)
    first = interrupt_in(turn.stack)
    if first is None:
        turn.stack.append(f"!{turn.state}")
    else:
        del turn.stack[first + 1 :]
    plan.events[f"call:{intent}"].trigger(turn, turn)
    return _outcome(plan, turn, run_on(plan, turn), session)


def _back(plan: Plan, session: Session) -> Outcome:
    turn = open_turn(session)
    if resume(turn):
        return _outcome(plan, turn, None, session)
    replayed = replay(plan, _without_last(plan, session), session.language)[0]
    replayed.shown = session.shown
    return _outcome(plan, replayed, None, session)


def _without_last(plan: Plan, session: Session) -> list[tuple[str, Answer]]:
    """The trail without the last thing she did, and always with what she answered aside.

    What nobody pressed, and a step aside that is over, would be a dead press to go back to.
    """
    trail = list(session.trail)
    at_aside = plan.steps[session.at].step.aside
    for place in range(len(trail) - 1, -1, -1):
        name, answer = trail[place]
        planned = plan.steps[name]
        if planned.step.aside:
            continue
        del trail[place]
        if answer != EMPTY and (at_aside or answer not in planned.asides):
            break
    return trail


def _outcome(
    plan: Plan, turn: Turn, ended: str | None, before: Session | None = None, number: int = 0
) -> Outcome:
    if ended is not None:
        said, other = tuple(turn.said), plan.other(turn.answers)
        return Outcome(None, ended=ended, said=said, for_other=other)
    session = pack(plan, turn, before.turn + 1 if before else number)
    if before and before.pending:
        answered = {name for name, _ in session.trail}
        left = tuple(pair for pair in before.pending if pair[0] not in answered)
        session = session._replace(pending=left)
    return Outcome(session, _needs_at(plan, session))


def _missed(plan: Plan, session: Session) -> Outcome:
    return _same(plan, session._replace(misses=session.misses + 1))


def _same(plan: Plan, session: Session, *, repeated: bool = False) -> Outcome:
    return Outcome(session, _needs_at(plan, session), repeated=repeated)


def _needs_at(plan: Plan, session: Session) -> Needs | None:
    return fold(plan, session) if plan.steps[session.at].step.rests_on_needs else None
