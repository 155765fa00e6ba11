"""Cards: what stands together on her screen, from one question to the next.

A card is every `say` on the way and the step that waits. Conditions that exclude each other never
meet on one card.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.flows.conditions import Assumed, can_hold
from bot.flows.expressions import all_tests, qualifier
from bot.flows.model import Choice, Flow, Flows, Kind, Name, Step, Test, Text
from bot.flows.rules import facts_of
from bot.flows.ways import optional
from bot.problems import Mark

MOST_RUN_ON = 50  # steps that do not wait, as the engine allows
MOST_CARDS = 200  # after one answer; more differ only in what one of them lacks

SKIP, ANSWER, EMPTY, START = "skip", "answer", "empty", "start"


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with its flow, told apart by its full name, `flow.step`."""

    name: str
    flow: Flow = field(compare=False, repr=False)
    step: Step = field(compare=False, repr=False)


def placed(flow: Flow, step: Step) -> Placed:
    """The step of that flow under its full name."""
    return Placed(f"{flow.id}.{step.id}", flow, step)


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    `source` is the question that was left, None where a talk or a word for everywhere begins;
    `way` is the id of the choice or of the word, or one of `start`, `answer`, `skip`, `empty`.
    `asked` is None where the talk `ends`, and where an interrupt goes back to its question.
    `stack` are the calls that `asked` stands in, as far as they are known.
    """

    source: Placed | None
    way: str
    said: tuple[Placed, ...]
    asked: Placed | None
    ends: bool = False
    stack: "Stack" = field(default=(), compare=False, repr=False)

    @property
    def steps(self) -> tuple[Placed, ...]:
        """Every step whose words stand on it, in order."""
        return (*self.said, self.asked) if self.asked else self.said

    def texts(self) -> Iterator[tuple[Placed, Text]]:
        """Every text of those steps, in order: the words, the other words, the reason."""
        for one in self.steps:
            step = one.step
            for text in (step.text, step.for_other, step.why):
                if text:
                    yield one, text

    @property
    def choice(self) -> Choice | None:
        """The choice that led here, or None."""
        choices = self.source.step.choices if self.source else ()
        return next((choice for choice in choices if choice.id == self.way), None)

    @property
    def shows_contacts(self) -> bool:
        """Whether a way to reach somebody stands on it: an entry's, or those of the helplines."""
        lines = self.asked is not None and self.asked.step.results is not None
        return lines or any(one.step.contacts for one in self.steps)


Stack = tuple[tuple[Flow, int], ...]  # the calls that are open: flow, and the place of its step


@dataclass(frozen=True, slots=True)
class _State:
    """Where a walk from one card to the next has come to."""

    flow: Flow
    index: int
    stack: Stack
    said: tuple[Placed, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    run: int = 0


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks from a question to the cards after it. What was worked out once is kept."""

    flows: Flows
    known: dict[object, bool] = field(default_factory=dict, repr=False)
    reads: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)
    # Kept so that the tests in them stay the same: they are told apart by their ids.
    ways: dict[str, list["_WayOut"]] = field(default_factory=dict, repr=False)

    def all(self) -> list[Card]:
        """Every card of every flow, those of the words for everywhere among them."""
        found = [card for first in self.first() for card in first]
        for flow in self.flows.by_id.values():
            for index, step in enumerate(flow.steps):
                if step.waits:
                    found += self.after(placed(flow, step), index, ())
        return list(dict.fromkeys(found))

    def first(self) -> Iterator[list[Card]]:
        """The cards a talk begins with, then those of each word for everywhere."""
        start = self.flows.by_id.get(self.flows.start)
        if start is None:
            return
        yield self._cards(None, START, _State(start, 0, ()))
        for intent in start.everywhere:
            called = self.flows.by_id.get(intent.call.text) if intent.call else None
            if called:
                yield self._cards(None, intent.id, _State(called, 0, ()))

    def after(self, asked: Placed, index: int, stack: Stack) -> list[Card]:
        """The cards that may come after each answer to a question at `index` of its flow."""
        found: list[Card] = []
        if asked.name not in self.ways:
            self.ways[asked.name] = list(_ways_out(asked, index))
        for way, target, test in self.ways[asked.name]:
            if target is not None:
                assumed = (Assumed(asked.flow, test),) if test else ()
                state = _State(asked.flow, target, stack, assumed=assumed)
                found += self._cards(asked, way, state)
        return found

    def _cards(self, source: Placed | None, way: str, state: _State) -> list[Card]:
        found: list[Card] = []
        left = [state]
        while left and len(found) < MOST_CARDS:
            state = left.pop()
            if state.index >= len(state.flow.steps):
                continue
            if state.run > MOST_RUN_ON:
                # Shown as far as it goes, so that it is told to be too long.
                found.append(Card(source, way, state.said, None))
                continue
            ahead: list[_State] = []
            for one in self._forks(state):
                card = self._card(source, way, one)
                if card:
                    found.append(card)
                # Where an interrupt goes back, the flow may also have been called.
                if card is None or not (card.asked or card.ends):
                    ahead += self._onward(one)
            left += reversed(ahead)  # what says more is looked at first
        return found

    def _forks(self, state: _State) -> Iterator[_State]:
        """The step itself and, where it may be passed over, those after it."""
        step = state.flow.steps[state.index]
        if step.only_if is None:
            yield state
        else:
            test = Assumed(state.flow, step.only_if)
            if self._possible(state.assumed, test):
                yield _moved(state, state.index, (*state.assumed, test))
        if optional(step) and state.index + 1 < len(state.flow.steps):
            assumed = state.assumed
            if step.only_if is not None:
                test = Assumed(state.flow, step.only_if, holds=False)
                if not self._possible(assumed, test):
                    return
                assumed = (*assumed, test)
            yield from self._forks(_moved(state, state.index + 1, assumed))

    def _possible(self, assumed: tuple[Assumed, ...], more: Assumed) -> bool:
        """Whether one condition more can be so, beside those that can be so together.

        Only conditions that look at the same answers, straight or through others, can forbid it.
        """
        linked, answers = [more], set(self._read(more))
        left = list(assumed)
        while near := [one for one in left if not answers.isdisjoint(self._read(one))]:
            linked += near
            left = [one for one in left if one not in near]
            answers.update(*(self._read(one) for one in near))
        key = frozenset((one.flow.id, id(one.test), one.holds) for one in linked)
        if key not in self.known:
            self.known[key] = can_hold(self.flows, linked)
        return self.known[key]

    def _read(self, one: Assumed) -> frozenset[str]:
        key = id(one.test)
        if key not in self.reads:
            full, facts = qualifier(one.flow.id), facts_of(one.flow)
            self.reads[key] = frozenset(full(t.step.text) for t in all_tests(one.test, facts))
        return self.reads[key]

    def _card(self, source: Placed | None, way: str, state: _State) -> Card | None:
        step = state.flow.steps[state.index]
        if step.waits:
            return Card(source, way, state.said, placed(state.flow, step), stack=state.stack)
        if step.kind is Kind.END:
            return Card(source, way, state.said, None, ends=True)
        if step.kind is Kind.RETURN and not state.stack and self._interrupts(state.flow):
            return Card(source, way, state.said, None)
        return None

    def _interrupts(self, flow: Flow) -> bool:
        start = self.flows.by_id.get(self.flows.start)
        intents = start.everywhere if start else ()
        return any(intent.call and intent.call.text == flow.id for intent in intents)

    def _onward(self, state: _State) -> Iterator[_State]:
        step = state.flow.steps[state.index]
        said = state.said
        if step.kind is Kind.SAY:
            said = (*said, placed(state.flow, step))
        if step.kind is Kind.CALL and step.call:
            called = self.flows.by_id.get(step.call.text)
            if called:
                stack = (*state.stack, (state.flow, state.index))
                yield _State(called, 0, stack, said, state.assumed, state.run + 1)
        elif step.kind is Kind.RETURN:
            for caller, index in state.stack[-1:] or self._callers(state.flow):
                target = _after(caller, index)
                if target is not None:
                    yield _State(
                        caller, target, state.stack[:-1], said, state.assumed, state.run + 1
                    )
        else:
            target = _after(state.flow, state.index)
            if target is not None:
                yield _State(state.flow, target, state.stack, said, state.assumed, state.run + 1)

    def _callers(self, flow: Flow) -> Iterator[tuple[Flow, int]]:
        for caller in self.flows.by_id.values():
            for index, step in enumerate(caller.steps):
                if step.call and step.call.text == flow.id:
                    yield caller, index


def _moved(state: _State, index: int, assumed: tuple[Assumed, ...]) -> _State:
    return _State(state.flow, index, state.stack, state.said, assumed, state.run)


def _after(flow: Flow, index: int) -> int | None:
    """The place of the step that comes after the one at `index`, None where there is none."""
    name = flow.steps[index].next
    return place_of_step(flow, name) if name else index + 1


def place_of_step(flow: Flow, name: Name) -> int | None:
    """The place of the step called `name` in its flow, or None."""
    return next((n for n, step in enumerate(flow.steps) if step.id == name.text), None)


_WayOut = tuple[str, int | None, Test | None]  # its name, where it leads, what is then known


def _ways_out(asked: Placed, index: int) -> Iterator[_WayOut]:
    """Every way out of a question, and what is then known of its answer."""
    flow, step = asked.flow, asked.step
    named = Name(asked.name, Mark())
    on = _after(flow, index)
    for choice in step.choices:
        target = place_of_step(flow, choice.next) if choice.next else on
        operator = "has" if step.many else "=="
        yield choice.id, target, Test(named, operator, (Name(choice.id, choice.mark),))
    if step.choices_from or step.parse:
        yield ANSWER, on, Test(named, "known")
    if step.skippable:
        yield SKIP, on, Test(named, "unknown")
    if step.empty:
        yield EMPTY, place_of_step(flow, step.empty), None


def index_of(flow: Flow, step: Step) -> int:
    """The place of a step in its flow."""
    return next(n for n, one in enumerate(flow.steps) if one.id == step.id)
