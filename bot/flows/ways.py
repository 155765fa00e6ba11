"""The ways between steps, as the engine takes them.

Steps go by their full name, `flow.step`. A step that has an
`only_if`, or whose only choices come from a source, may be passed over for the one after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bot.flows.expressions import all_tests, qualifier
from bot.flows.model import START, Flow, Flows, Kind, Step
from bot.flows.rules import facts_of


class Way(StrEnum):
    """Why an edge is there."""

    MOVE = "move"  # an answer, a jump, the order of the file
    CALL = "call"  # into a flow
    OVER = "over"  # from a call to what comes after it, as if the called flow were one step
    RETURN = "return"  # out of a called flow
    INTERRUPT = "interrupt"  # into a flow by a word that works everywhere
    RESUME = "resume"  # out of it, to the question that was left standing


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from `source` to `target`.

    `label` is a choice's id, `answer`, `skip`, `empty`, `next`, `call`, `return`, the id of a
    word for everywhere, or `resume`. `reads` are the full names of the steps whose answers
    decide whether this way is taken; `first` is the step that would come if none were passed over.
    """

    source: str
    target: str
    label: str
    way: Way = Way.MOVE
    reads: frozenset[str] = frozenset()
    first: str = field(default="", compare=False)


def all_edges(flows: Flows) -> list[Edge]:
    """Every way, those over a call among them, flow by flow in file order.

    A name that is not known leads nowhere.
    """
    return list(_Edges(flows))


class Landing(NamedTuple):
    """A step that may come next, the answers that decide it, and where the passing over began."""

    step: str
    reads: frozenset[str] = frozenset()
    first: str = ""


class _Edges:
    """Finds the edges of all flows."""

    def __init__(self, flows: Flows) -> None:
        self.flows = flows
        start = flows.by_id.get(START)
        self.intents = start.everywhere if start else ()
        self.waiting = [
            f"{flow.id}.{step.id}"
            for flow in flows.by_id.values()
            for step in flow.steps
            if step.waits
        ]

    def __iter__(self) -> Iterator[Edge]:
        for flow in self.flows.by_id.values():
            for index, step in enumerate(flow.steps):
                yield from self.leaving(flow, index, step)

    def leaving(self, flow: Flow, index: int, step: Step) -> Iterator[Edge]:
        name = f"{flow.id}.{step.id}"
        if step.waits:
            yield from self.answered(flow, index, name)
            yield from self.interrupted(name)
        elif step.kind is Kind.CALL and step.call:
            yield from _to(name, "call", self.into(step.call.text), Way.CALL)
            yield from _to(name, "next", after(flow, index), Way.OVER)
        elif step.kind is Kind.RETURN:
            yield from self.returned(flow, name)
        elif step.kind is not Kind.END:
            yield from _to(name, "next", after(flow, index))

    def answered(self, flow: Flow, index: int, name: str) -> Iterator[Edge]:
        step = flow.steps[index]
        for choice in step.choices:
            if choice.next:
                yield from _to(name, choice.id, _landings_at(flow, choice.next.text))
        if goes_on(step):
            yield from _to(name, "answer", after(flow, index))
        if step.skippable:
            yield from _to(name, "skip", after(flow, index))
        if step.empty:
            yield from _to(name, "empty", _landings_at(flow, step.empty.text))

    def interrupted(self, name: str) -> Iterator[Edge]:
        for intent in self.intents:
            if intent.call:
                yield from _to(name, intent.id, self.into(intent.call.text), Way.INTERRUPT)

    def returned(self, flow: Flow, name: str) -> Iterator[Edge]:
        for caller in self.flows.by_id.values():
            for index, step in enumerate(caller.steps):
                if step.call and step.call.text == flow.id:
                    yield from _to(name, "return", after(caller, index), Way.RETURN)
        if any(intent.call and intent.call.text == flow.id for intent in self.intents):
            yield from _to(name, "resume", map(Landing, self.waiting), Way.RESUME)

    def into(self, flow_id: str) -> list[Landing]:
        flow = self.flows.by_id.get(flow_id)
        return landings(flow, 0) if flow else []


def _to(source: str, label: str, found: Iterable[Landing], way: Way = Way.MOVE) -> Iterator[Edge]:
    for target, reads, first in found:
        yield Edge(source, target, label, way, reads, first)


def goes_on(step: Step) -> bool:
    """Whether some answer to a waiting step leads to what comes after it, not to a choice's own."""
    if step.choices_from or step.parse or not step.choices:
        return True
    return any(choice.next is None for choice in step.choices)


def optional(step: Step) -> bool:
    """Whether a step may be passed over: by its condition, or for want of two choices."""
    return bool(step.only_if or (step.choices_from and not step.parse and not step.choices))


def after(flow: Flow, index: int) -> list[Landing]:
    """The steps that may come after the one at `index` when no choice says otherwise."""
    target = flow.steps[index].next
    return _landings_at(flow, target.text) if target else landings(flow, index + 1)


def _landings_at(flow: Flow, step_id: str) -> list[Landing]:
    place = next((i for i, step in enumerate(flow.steps) if step.id == step_id), len(flow.steps))
    return landings(flow, place)


def landings(flow: Flow, index: int) -> list[Landing]:
    """The step at `index` and, as long as one may be passed over, the one after it."""
    found: list[Landing] = []
    reads: frozenset[str] = frozenset()
    for step in flow.steps[index:]:
        reads |= read_by(flow, step)
        name = f"{flow.id}.{step.id}"
        found.append(Landing(name, reads, found[0].first if found else name))
        if not optional(step):
            break
    return found


def read_by(flow: Flow, step: Step) -> frozenset[str]:
    """The full names of the steps whose answers decide whether `step` is asked."""
    if step.only_if is None:
        return frozenset()
    full = qualifier(flow.id)
    return frozenset(full(test.step.text) for test in all_tests(step.only_if, facts_of(flow)))


def successors(found: Iterable[Edge], *ways: Way) -> dict[str, list[str]]:
    """The edges of these ways as a plain graph."""
    graph: dict[str, list[str]] = {}
    for edge in found:
        if edge.way in ways:
            graph.setdefault(edge.source, []).append(edge.target)
    return graph
