"""Which ways between steps can be taken at all: those whose conditions do not shut each other out.

A way is left out only for a reason that always holds: it is passed over by a step that is never
passed over there, or no answers make its conditions true together. What cannot be told stays in.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from bot.flows.conditions import MAX_COMBINATIONS, MAX_MENTIONED, answers_of
from bot.flows.expressions import Answer, Answers, all_tests, compile_test, qualifier
from bot.flows.graph import Ahead, edges, in_interrupts, questions
from bot.flows.model import Flow, Flows, Kind, Step
from bot.flows.reach import reachable
from bot.flows.rules import facts_of
from bot.flows.ways import Edge, Way, all_edges, successors


@dataclass(frozen=True, slots=True)
class Resting:
    """Whether a question that rests on a source of choices alone is passed over for want of two.

    `passed` is what may come of it, `unknown` what comes of it while none of `reads` is known: the
    questions, by full name, whose answers decide the choices.
    """

    passed: Collection[bool]
    unknown: bool = False
    reads: Collection[str] = ()


PassedOver = Mapping[str, Resting]  # by source
Demand = tuple[Callable[[Answers], bool], bool]  # a condition, and what it must come to

MOST_PASSED = 12  # steps passed over on one way; beyond them it cannot be told in good time
_NOT_CHOSEN = frozenset({"skip", "empty"})


def possible(flows: Flows, sources: PassedOver) -> list[Edge]:
    """The ways of the engine that some talk may take, flow by flow in file order.

    Of a source that is not among `sources` it is taken that it may have any choices.
    """
    view = _View.of(flows, sources)
    return [edge for edge in edges(flows) if view.allows(edge)]


@dataclass(frozen=True, slots=True)
class _View:
    """What all ways are looked at with. Steps go by their full names."""

    flows: Flows
    sources: PassedOver
    places: Mapping[str, tuple[Flow, int]]
    standing: Mapping[str, frozenset[str]]  # by question: the steps that may come with its answer
    later: Mapping[str, frozenset[str]]  # by question: questions that may be answered after it
    talk: frozenset[str]  # steps that may stand in no interrupt
    inside: frozenset[str]  # steps that may stand in one

    @classmethod
    def of(cls, flows: Flows, sources: PassedOver) -> "_View":
        found = all_edges(flows)
        ahead = questions(flows, {}, found)
        kept = {name: one.kept for name, one in ahead.items()}
        # What was answered aside is not forgotten by coming to a question again.
        every = {name: one.waiting for name, one in ahead.items()}
        aside = {
            f"{flow.id}.{step.id}"
            for flow in flows.by_id.values()
            for step in flow.steps
            if step.aside
        }
        later = {
            name: reachable(every, one.waiting) if name in aside else reachable(kept, one.kept)
            for name, one in ahead.items()
        }
        graph = successors(found, Way.MOVE, Way.CALL, Way.OVER)
        start = flows.by_id[flows.start]
        first = [f"{start.id}.{step.id}" for step in start.steps]
        return cls(
            flows,
            sources,
            {
                f"{flow.id}.{step.id}": (flow, index)
                for flow in flows.by_id.values()
                for index, step in enumerate(flow.steps)
            },
            {name: _touched(ahead, {name, *later[name]}) for name in ahead},
            {name: frozenset(later[name]) for name in ahead},
            frozenset(reachable(graph, first)),
            frozenset(in_interrupts(found)),
        )

    def allows(self, edge: Edge) -> bool:
        if edge.way is Way.RESUME:
            return edge.target in self.talk
        passed = self._passed(edge)
        if len(passed) > MOST_PASSED:
            return True
        if any(True not in self._may_be_passed(edge, step) for step in passed):
            return False
        if False not in self._by_source(edge, edge.target):
            return False
        return self._can_hold(edge, passed)

    def _step(self, name: str) -> Step:
        flow, index = self.places[name]
        return flow.steps[index]

    def _passed(self, edge: Edge) -> list[str]:
        """The steps that are passed over on the way."""
        flow, first = self.places[edge.first or edge.target]
        _, target = self.places[edge.target]
        return [f"{flow.id}.{step.id}" for step in flow.steps[first:target]]

    def _by_source(self, edge: Edge, name: str) -> Collection[bool]:
        """Whether a step may be passed over because its source has no two choices there."""
        step = self._step(name)
        if step.choices_from is None or step.parse or step.choices:
            return (False,)
        resting = self.sources.get(step.choices_from.text, Resting((True, False)))
        if resting.reads and all(self._is_unknown(edge, read) for read in resting.reads):
            return (resting.unknown,)
        return resting.passed

    def _is_unknown(self, edge: Edge, name: str) -> bool:
        return list(self._domain(edge, name, ())) == [None]

    def _may_be_passed(self, edge: Edge, name: str) -> Collection[bool]:
        return (True, False) if self._step(name).only_if else self._by_source(edge, name)

    # ---- conditions

    def _can_hold(self, edge: Edge, passed: Collection[str]) -> bool:
        """Whether some answers make the target asked, all before it passed over, and the source."""
        wanted = {name: False for name in passed if self._is_decided(edge, name)}
        if self._step(edge.target).only_if:
            wanted[edge.target] = True
        if self._still_holds(edge.source):
            wanted[edge.source] = True
        mentioned: dict[str, set[str]] = {}
        for name in wanted:
            for step, values in self._mentioned(name):
                mentioned.setdefault(step, set()).update(values)
        domains = [list(self._domain(edge, name, some)) for name, some in mentioned.items()]
        wide = any(len(some) > MAX_MENTIONED for some in mentioned.values())
        if wide or prod(len(domain) for domain in domains) > MAX_COMBINATIONS:
            return True
        demands = [(self._condition(name), outcome) for name, outcome in wanted.items()]
        return any(
            _meets(demands, dict(zip(mentioned, answers, strict=True)))
            for answers in product(*domains)
        )

    def _is_decided(self, edge: Edge, name: str) -> bool:
        """Whether only its condition can make a step passed over."""
        decided = self._step(name).only_if is not None
        return decided and True not in self._by_source(edge, name)

    def _still_holds(self, name: str) -> bool:
        """Whether a step's own condition, true when it came, is true when it is left.

        Coming to a question again forgets what was answered after it, so its condition counts only
        where what it reads can not have been answered later.
        """
        step = self._step(name)
        if step.only_if is None:
            return False
        reads = {read for read, _ in self._mentioned(name)}
        return step.kind is not Kind.ASK or reads.isdisjoint({name, *self.later[name]})

    def _mentioned(self, name: str) -> Iterator[tuple[str, set[str]]]:
        flow, index = self.places[name]
        test, full = flow.steps[index].only_if, qualifier(flow.id)
        for one in all_tests(test, facts_of(flow)) if test else ():
            yield full(one.step.text), {value.text for value in one.values}

    def _condition(self, name: str) -> Callable[[Answers], bool]:
        flow, index = self.places[name]
        test = flow.steps[index].only_if
        if test is None:
            return lambda _: True
        return compile_test(test, facts_of(flow), qualifier(flow.id))

    def _domain(self, edge: Edge, name: str, mentioned: Collection[str]) -> Iterator[Answer]:
        """The answers that a question may have when the way is taken."""
        flow, _ = self.places[name]
        every = answers_of(self.flows, flow, name, mentioned)
        if edge.source in self.inside:
            yield from every
        elif name == edge.source:
            yield from self._just_given(edge, every)
        elif edge.source in self.standing.get(name, ()):
            yield from every
        else:
            yield None

    def _just_given(self, edge: Edge, every: Iterator[Answer]) -> Iterator[Answer]:
        """The answers that lead this way; where nothing is found an answer is known, and no choice."""
        if edge.label in _NOT_CHOSEN:
            yield None if edge.label == "skip" else ""
            return
        step = self._step(edge.source)
        if step.choices and edge.label in {choice.id for choice in step.choices}:
            # Others may stand beside it; a set of choices that a condition names may not show it.
            yield from every if step.many else (edge.label,)
            return
        jumps = {choice.id for choice in step.choices if choice.next}
        yield from (one for one in every if one is not None and one not in jumps)


def _touched(ahead: Mapping[str, Ahead], names: Collection[str]) -> frozenset[str]:
    """These questions and the steps run through after them, until one forgets what was answered."""
    run_on = (ahead[name].touched - ahead[name].waiting for name in names)
    return frozenset[str]().union(*run_on, names)


def _meets(demands: Collection[Demand], answers: Answers) -> bool:
    return all(condition(answers) is outcome for condition, outcome in demands)
