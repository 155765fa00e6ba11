"""Checks of the ways through the flows: every step is reached, and every way comes to an end."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.flows.conditions import place_of, step_named
from bot.flows.expressions import all_tests, leaves, qualifier
from bot.flows.graph import Ahead, in_interrupts, questions, starts
from bot.flows.model import START, Expression, Flow, Kind, Name, Step
from bot.flows.reach import Graph, cycles, reachable, turned
from bot.flows.rules import Checked, Finding, Rule, facts_of
from bot.flows.ways import Edge, Way, goes_on, landings, optional, successors
from bot.problems import Mark

CALL_DEPTH = 4  # calls open at once; each keeps its place in her session

_INSIDE = (Way.MOVE, Way.OVER)  # the ways that stay in one flow


@dataclass(frozen=True, slots=True)
class Routed:
    """What these rules look at: what the others do, and all edges of the flows."""

    checked: Checked
    edges: tuple[Edge, ...]


# ---- what can come before what


def _reads_future(routed: Routed) -> Iterator[Finding]:
    checked = routed.checked
    talk = questions(checked.flows, {}, routed.edges)
    kept = {name: ahead.kept for name, ahead in talk.items()}
    later: dict[str, set[str]] = {}
    anytime = in_interrupts(routed.edges)
    for flow, step in checked.steps():
        full = qualifier(flow.id)
        for place, read in _reads(flow, step.only_if) if step.only_if else ():
            found = step_named(checked.flows, flow, read)
            name = full(read)
            # An interrupt may come at any time, so also after the question it reads.
            if not (found and found.waits) or (full(step.id) in anytime and name not in anytime):
                continue
            if name not in later:
                later[name] = _touched(talk, reachable(kept, [name]))
            if full(step.id) not in later[name]:
                sentence = f"'{read}' is never answered before this step; ask it earlier"
                yield Finding(flow.path, place, sentence)


def _touched(talk: Mapping[str, Ahead], names: Collection[str]) -> set[str]:
    """The steps that may come after one of these questions, up to the next one."""
    return {step for name in names for step in talk[name].touched}


def _reads(flow: Flow, condition: Expression) -> Iterator[tuple[Mark, str]]:
    """The steps a condition reads, each with the place of the word that leads to it."""
    for leaf in leaves(condition):
        for read in dict.fromkeys(test.step.text for test in all_tests(leaf, facts_of(flow))):
            yield place_of(leaf), read


def _unreachable(routed: Routed) -> Iterator[Finding]:
    flows = routed.checked.flows
    graph = successors(routed.edges, Way.MOVE, Way.CALL, Way.OVER, Way.INTERRUPT)
    found = reachable(graph, [name for first in starts(flows) for name in first])
    for flow in flows.by_id.values():
        first = f"{flow.id}.{flow.steps[0].id}"
        if first not in found:
            sentence = f"nothing calls the flow '{flow.id}'; call it somewhere, or delete it"
            yield Finding(flow.path, flow.mark, sentence)
            found |= reachable(graph, [first])
        for step in flow.steps:
            if f"{flow.id}.{step.id}" not in found:
                sentence = f"nothing leads to step '{step.id}'; lead to it, or delete it"
                yield Finding(flow.path, step.mark, sentence)


# ---- every way comes to an end


def _loose_end(routed: Routed) -> Iterator[Finding]:
    ending = _comes_to_an_end(routed)
    for flow in routed.checked.flows.by_id.values():
        last = flow.steps[-1]
        if _runs_off(last):
            yield Finding(flow.path, last.mark, _off_sentence(last))
            continue
        stuck = [step for step in flow.steps if f"{flow.id}.{step.id}" not in ending]
        for step in stuck[:1]:
            sentence = f"from step '{step.id}' no way comes to an 'end' or a 'return'; add one"
            yield Finding(flow.path, step.mark, sentence)


def _runs_off(last: Step) -> bool:
    if last.kind in {Kind.RETURN, Kind.END}:
        return optional(last)
    on = goes_on(last) or last.skippable or not last.waits
    return optional(last) or (on and last.next is None)


def _off_sentence(last: Step) -> str:
    if optional(last):
        return (
            f"when step '{last.id}' is passed over nothing comes after it; put an 'end' or a"
            " 'return' last"
        )
    return f"after step '{last.id}' there is no next step; put an 'end' or a 'return' last"


def _comes_to_an_end(routed: Routed) -> set[str]:
    """The steps from which the talk can end, or the flow can return to its caller."""
    steps = [(f"{flow.id}.{step.id}", step) for flow, step in routed.checked.steps()]
    ends = [name for name, step in steps if step.kind is Kind.END]
    returns = [name for name, step in steps if step.kind is Kind.RETURN]
    inside = turned(successors(routed.edges, *_INSIDE))
    anywhere = turned(successors(routed.edges, Way.MOVE, Way.OVER, Way.CALL))
    return reachable(anywhere, ends) | reachable(inside, returns)


def _endless(routed: Routed) -> Iterator[Finding]:
    for way in cycles(_silent(routed)):
        flow_id, _, step_id = way[0].partition(".")
        flow = routed.checked.flows.by_id[flow_id]
        step = flow.step(step_id)
        round = " -> ".join(name.partition(".")[2] for name in [*way, way[0]])
        sentence = f"{round} never waits for an answer; put a question in between"
        yield Finding(flow.path, step.mark if step else flow.mark, sentence)


def _silent(routed: Routed) -> dict[str, list[str]]:
    """The ways between steps that do not wait, over those calls that come back without waiting."""
    checked = routed.checked
    steps = {f"{flow.id}.{step.id}": step for flow, step in checked.steps()}
    quiet = [e for e in routed.edges if not steps[e.source].waits and not steps[e.target].waits]
    passing: set[str] = set()
    while True:
        graph = successors((e for e in quiet if _passes(steps[e.source], passing)), *_INSIDE)
        through = {flow.id for flow in checked.flows.by_id.values() if _returns(flow, graph)}
        if through <= passing:
            return graph
        passing |= through


def _passes(step: Step, passing: Collection[str]) -> bool:
    return step.call is None or step.call.text in passing


def _returns(flow: Flow, graph: Graph) -> bool:
    """Whether some way along `graph` leads from the flow's start to a return of its own."""
    found = reachable(graph, [landing.step for landing in landings(flow, 0)])
    own = {f"{flow.id}.{step.id}" for step in flow.steps if step.kind is Kind.RETURN}
    return not own.isdisjoint(found)


# ---- calls


def _calls(routed: Routed) -> list[tuple[Flow, Name]]:
    return [(flow, step.call) for flow, step in routed.checked.steps() if step.call]


def _call_graph(routed: Routed) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {}
    for flow, call in _calls(routed):
        graph.setdefault(flow.id, []).append(call.text)
    return graph


def _recursion(routed: Routed) -> Iterator[Finding]:
    for way in cycles(_call_graph(routed)):
        calls = {(flow.id, call.text): (flow, call) for flow, call in _calls(routed)}
        names = [*way, way[0]]
        flow, call = calls[names[0], names[1]]
        sentence = f"{' -> '.join(names)} calls itself; use 'next' to go back inside a flow"
        yield Finding(flow.path, call.mark, sentence)


def _call_depth(routed: Routed) -> Iterator[Finding]:
    graph = _call_graph(routed)
    if cycles(graph):
        return
    level = {START}
    for _ in range(CALL_DEPTH):
        level = {called for flow in level for called in graph.get(flow, ())}
    for flow, call in _calls(routed):
        if flow.id in level:
            sentence = f"this call is the {CALL_DEPTH + 1}th inside another; call it further up"
            yield Finding(flow.path, call.mark, sentence)


def _no_return(routed: Routed) -> Iterator[Finding]:
    graph = successors(routed.edges, *_INSIDE)
    for flow, call in _calls(routed):
        called = routed.checked.flows.by_id[call.text]
        # One that runs off its end is reported there, as a loose end.
        if not _runs_off(called.steps[-1]) and not _returns(called, graph):
            sentence = f"the flow '{call.text}' never comes to a 'return'; give it one"
            yield Finding(flow.path, call.mark, sentence)


def _return_at_top(routed: Routed) -> Iterator[Finding]:
    for flow, step in routed.checked.steps():
        if flow.id == START and step.kind is Kind.RETURN:
            sentence = f"nothing calls the flow '{START}', so it cannot return; write 'end'"
            yield Finding(flow.path, step.mark, sentence)


RULES: tuple[Rule[Routed], ...] = (
    Rule("reads-future", "a condition reads what can only be answered later", _reads_future),
    Rule("unreachable", "nothing leads to a step or a flow", _unreachable),
    Rule("loose-end", "a way runs off the end of a flow, or never comes to an end", _loose_end),
    Rule("endless", "steps lead to each other and none waits for an answer", _endless),
    Rule("recursion", "a flow calls itself, straight or through others", _recursion),
    Rule("call-depth", f"calls lie more than {CALL_DEPTH} deep inside each other", _call_depth),
    Rule("no-return", "a called flow never returns", _no_return),
    Rule("return-at-top", "the first flow returns to nobody", _return_at_top),
)
