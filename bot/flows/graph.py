"""The flows as a graph: its edges, and how long an answer matters in it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.flows.model import Flows, Kind, Step
from bot.flows.reach import dominators, reachable
from bot.flows.ways import Edge, Way, all_edges, landings, successors


def edges(flows: Flows) -> list[Edge]:
    """Every way the engine can take, flow by flow in file order."""
    return [edge for edge in all_edges(flows) if edge.way is not Way.OVER]


def starts(flows: Flows) -> list[list[str]]:
    """The steps that may come first: in a talk, then for each word for everywhere in its flow."""
    start = flows.by_id.get(flows.start)
    if start is None:
        return []
    called = [intent.call.text for intent in start.everywhere if intent.call]
    entered = [start, *(flows.by_id[id] for id in called if id in flows.by_id)]
    return [[landing.step for landing in landings(flow, 0)] for flow in entered]


# ---- how long an answer matters


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies between a waiting step and the waiting steps after it."""

    waiting: frozenset[str]  # where the talk may wait next
    touched: frozenset[str]  # these, and the steps run through on the way
    reads: frozenset[str]  # full names of the answers that decide on the way
    kept: frozenset[str]  # of `waiting`, those where the answers of before still stand
    sets: frozenset[str]  # the question itself: arriving at it, its answer is not there


def questions(
    flows: Flows, source_reads: Mapping[str, Collection[str]], found: Collection[Edge]
) -> dict[str, Ahead]:
    """The talk from question to question, by the full name of each waiting step.

    Interrupts are left out: they come back to the same question, and their answers are not kept.
    `source_reads` says which answers a source of choices looks at, by its name. `found` are all
    edges of these flows.
    """
    view = _View(
        steps=_steps(flows),
        taken=_by_source(found, Way.MOVE, Way.CALL, Way.RETURN),
        unavoidable=_unavoidable(flows, found),
        forgetting=_forgetting(flows, found),
        source_reads=source_reads,
    )
    return {name: _ahead(name, view) for name, step in view.steps.items() if step.waits}


def reads_after(
    flows: Flows, source_reads: Mapping[str, Collection[str]] | None = None
) -> dict[str, frozenset[str]]:
    """For each waiting step, the steps whose answers may still be read on some way forward.

    Read means by `only_if`, by the facts it uses, or by a source of choices, as `source_reads`
    says. All names are full. While an interrupt stands, those of the question under it count too.
    """
    found = all_edges(flows)
    talk = questions(flows, source_reads or {}, found)
    # An interrupt may come at any question, so what one reads matters everywhere.
    inside = in_interrupts(found)
    anywhere = frozenset[str]().union(*(edge.reads for edge in found if edge.target in inside))
    reads = {name: ahead.reads for name, ahead in talk.items()}
    return _onward(talk, reads, anywhere, _aside(flows))


def asked_again(flows: Flows) -> dict[str, frozenset[str]]:
    """For each waiting step, the questions that may come up a second time on some way forward.

    Coming up again forgets all later answers, so it matters whether such a question was answered
    and before which others, not what the answer was. Two talks at one step go on alike when they
    agree, in this order, in the answers of `reads_after` and in which of these were answered.
    """
    talk = questions(flows, {}, all_edges(flows))
    graph = {name: ahead.kept for name, ahead in talk.items()}
    asks = [name for name, step in _steps(flows).items() if step.kind is Kind.ASK]
    later = {name: reachable(graph, [name]) for name in asks}
    again = {
        name: frozenset(ask for ask in ahead.kept if name in later.get(ask, ()))
        for name, ahead in talk.items()
    }
    return _onward(talk, again, frozenset(), frozenset())


def _onward(
    talk: Mapping[str, Ahead],
    used: Mapping[str, frozenset[str]],
    anywhere: frozenset[str],
    aside: frozenset[str],
) -> dict[str, frozenset[str]]:
    """What is `used` at a step or on some way forward, without the answers not given yet.

    An answer given `aside` stands also where a question that comes again forgets all others.
    """
    found = dict.fromkeys(talk, anywhere)
    changed = True
    while changed:
        changed = False
        for name, ahead in talk.items():
            later = used[name].union(*(found[after] for after in ahead.kept))
            later = later.union(*(found[after] & aside for after in ahead.waiting))
            more = (later - ahead.sets) | anywhere
            changed = changed or more != found[name]
            found[name] = more
    return found


def _steps(flows: Flows) -> dict[str, Step]:
    return {f"{flow.id}.{step.id}": step for flow in flows.by_id.values() for step in flow.steps}


def _by_source(found: Iterable[Edge], *ways: Way) -> dict[str, list[Edge]]:
    out: dict[str, list[Edge]] = {}
    for edge in found:
        if edge.way in ways:
            out.setdefault(edge.source, []).append(edge)
    return out


@dataclass(frozen=True, slots=True)
class _View:
    """What all steps are looked at with."""

    steps: Mapping[str, Step]
    taken: Mapping[str, list[Edge]]
    unavoidable: Mapping[str, frozenset[str]]  # for each step, those that all ways to it pass
    forgetting: frozenset[str]  # questions that forget their answer when they come up again
    source_reads: Mapping[str, Collection[str]]


def _ahead(name: str, view: _View) -> Ahead:
    """Run on from `name` to the next waiting steps.

    A question that every way to `name` has led through is not kept: arriving there again forgets
    its answer and all later ones, so everything is as it was the first time.
    """
    ran = _run_on(name, view)
    touched = frozenset(edge.target for edge in ran)
    waiting = frozenset(target for target in touched if view.steps[target].waits)
    passed = view.unavoidable.get(name, frozenset())
    looked_at = (view.steps[target].choices_from for target in touched)
    return Ahead(
        waiting=waiting,
        touched=touched,
        reads=frozenset[str]().union(
            *(edge.reads for edge in ran),
            *(view.source_reads.get(source.text, ()) for source in looked_at if source),
        ),
        kept=waiting - (passed & view.forgetting),
        sets=view.forgetting & {name},
    )


def _run_on(root: str, view: _View) -> list[Edge]:
    ran = list(view.taken.get(root, ()))
    seen: set[str] = set()
    for edge in ran:  # grows while it is walked
        if edge.target not in seen and not view.steps[edge.target].waits:
            ran += view.taken.get(edge.target, ())
        seen.add(edge.target)
    return ran


def _forgetting(flows: Flows, found: Collection[Edge]) -> frozenset[str]:
    """The questions whose answers are always kept, and so forgotten when they come up again.

    Not those that may stand in an interrupt: there nothing is kept, and what was answered before
    it stays.
    """
    steps = _steps(flows).items()
    asks = (name for name, step in steps if step.kind is Kind.ASK and not step.aside)
    return frozenset(asks) - in_interrupts(found)


def _aside(flows: Flows) -> frozenset[str]:
    return frozenset(name for name, step in _steps(flows).items() if step.aside)


def in_interrupts(found: Collection[Edge]) -> set[str]:
    """The steps that may stand in an interrupt; `found` are all edges."""
    graph = successors(found, Way.MOVE, Way.CALL, Way.OVER)
    return reachable(graph, [edge.target for edge in found if edge.way is Way.INTERRUPT])


_ROOT = ""  # no step is called this


def _unavoidable(flows: Flows, found: Iterable[Edge]) -> dict[str, frozenset[str]]:
    """For each step, the steps that all ways to it lead through.

    Ways go over a call and not through it, so that a flow with two callers does not seem to lead
    from one into the other. Flows reached only by an interrupt are looked at one by one.
    """
    graph = successors(found, Way.MOVE, Way.CALL, Way.OVER)
    all_of: dict[str, frozenset[str]] = {}
    for first in starts(flows):
        if first[0] not in all_of:
            all_of = dominators({**graph, _ROOT: first}, _ROOT) | all_of
    return all_of
