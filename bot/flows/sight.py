"""Sight: what conditions can see of an answer, which is less than the answer."""

from collections.abc import Callable, Collection, Mapping

from bot.flows.expressions import Answer, Condition, compile_test, leaves, qualifier
from bot.flows.model import Flows, Test

Sees = Callable[[Answer], tuple[bool, ...]]


def sight(flows: Flows, whole: Collection[str] = ()) -> Mapping[str, Sees]:
    """By the full name of a step: whether each test of its answer comes out true.

    Two answers that look the same lead every way alike. Left out are the steps of `whole`, which
    something else than a condition reads, and those asked aside, whose answers grow.
    """
    tests: dict[str, dict[str, Condition]] = {}
    for flow in flows.by_id.values():
        full = qualifier(flow.id)
        conditions = [*(fact.test for fact in flow.facts), *(s.only_if for s in flow.steps)]
        for condition in conditions:
            for leaf in leaves(condition) if condition else ():
                if isinstance(leaf, Test):
                    values = ",".join(value.text for value in leaf.values)
                    same = f"{leaf.operator} {values}"
                    tests.setdefault(full(leaf.step.text), {})[same] = compile_test(leaf, {}, full)
    left_out = {*whole, *_aside(flows)}
    return {
        name: _sees(name, tuple(found.values()))
        for name, found in tests.items()
        if name not in left_out
    }


def _aside(flows: Flows) -> set[str]:
    return {
        f"{flow.id}.{step.id}"
        for flow in flows.by_id.values()
        for step in flow.steps
        if step.aside
    }


def _sees(name: str, tests: tuple[Condition, ...]) -> Sees:
    return lambda answer: tuple(test({name: answer}) for test in tests)
