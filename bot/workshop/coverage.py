"""Coverage: the ways, steps and choices of the flows that a walk never came to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.flows.feasible import PassedOver, possible
from bot.flows.model import Flows, Step
from bot.flows.ways import Edge
from bot.problems import Mark, Problem
from bot.workshop.survey import Survey, Triple


def place(flows: Flows, name: str) -> tuple[str, Mark]:
    """The file and place of a step, by its full name."""
    flow_id, _, step_id = name.partition(".")
    flow = flows.by_id[flow_id]
    step = flow.step(step_id)
    return flow.path, step.mark if step else flow.mark


def problem(flows: Flows, name: str, sentence: str, rule: str) -> Problem:
    """A problem at a step."""
    path, mark = place(flows, name)
    return Problem(path, mark.line, mark.column, "error", sentence, rule)


def wanted(flows: Flows, sources: PassedOver, seen: Collection[str]) -> list[Edge]:
    """The ways that a walk should take, of the steps it came to."""
    return [edge for edge in possible(flows, sources) if edge.source in seen]


def triple(edge: Edge) -> Triple:
    """A way as the survey notes it."""
    return edge.source, edge.label, edge.target


def uncovered(flows: Flows, survey: Survey, edges: Iterable[Edge]) -> Iterator[Problem]:
    """Each way that was never taken, each step never come to, each choice never made."""
    for edge in edges:
        if triple(edge) not in survey.triples:
            sentence = (
                f"the way from '{edge.source}' by '{edge.label}' to '{edge.target}' was never"
                " taken; look at the conditions on it"
            )
            path, mark = _place_of(flows, edge)
            yield Problem(path, mark.line, mark.column, "error", sentence, "never-taken")
    yield from never_reached(flows, survey.steps, survey.chosen)


def never_reached(
    flows: Flows, steps: Collection[str], chosen: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """The steps that are not among `steps`, and of those that are the choices not `chosen`."""
    for left in missed(flows, steps, chosen):
        rule, sentence = "never-chosen", f"choice '{left.choice}' of '{left.step}' was never made"
        if not left.choice:
            rule = "never-reached"
            sentence = f"step '{left.step}' was never come to; lead to it, or delete it"
        yield Problem(left.path, left.mark.line, left.mark.column, "error", sentence, rule)


@dataclass(frozen=True, slots=True)
class Missed:
    """A step, or one choice of it, that was not come to."""

    path: str
    mark: Mark
    step: str
    choice: str = ""

    def __str__(self) -> str:
        what = f"{self.step}, {self.choice}" if self.choice else self.step
        return f"{self.path}:{self.mark.line}:{self.mark.column}: {what}"


def missed(
    flows: Flows, steps: Collection[str], chosen: Collection[tuple[str, str]]
) -> Iterator[Missed]:
    """In file order: each step that is not among `steps`, else its choices not among `chosen`."""
    for flow in flows.by_id.values():
        for step in flow.steps:
            name = f"{flow.id}.{step.id}"
            if name not in steps:
                yield Missed(flow.path, step.mark, name)
                continue
            for choice in step.choices:
                if (name, choice.id) not in chosen:
                    yield Missed(flow.path, choice.mark, name, choice.id)


def _place_of(flows: Flows, edge: Edge) -> tuple[str, Mark]:
    path, mark = place(flows, edge.source)
    return path, _mark_of(_step(flows, edge.source), edge.label) or mark


def _step(flows: Flows, name: str) -> Step | None:
    flow_id, _, step_id = name.partition(".")
    return flows.by_id[flow_id].step(step_id)


def _mark_of(step: Step | None, label: str) -> Mark | None:
    choices = step.choices if step else ()
    return next((choice.mark for choice in choices if choice.id == label), None)
