"""Checks of conditions: names and values that exist, and tests that can come out both ways."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from math import prod

from bot.flows.expressions import FACT_DEPTH, Answer, all_tests, compile_test, leaves, qualifier
from bot.flows.model import Expression, Fact, FactTest, Flow, Flows, Many, Name, Step, Test
from bot.flows.reach import cycles
from bot.flows.rules import Checked, Finding, Rule, conditions, facts_of
from bot.problems import Mark, did_you_mean

MAX_TESTS = 200  # of one condition with all its facts inside it
MAX_COMBINATIONS = 5_000
MAX_MENTIONED = 12  # choices of one step; every set of them is tried

Misreading = tuple[str, Name, str]  # the rule, the word that is wrong, the sentence


def step_named(flows: Flows, flow: Flow, name: str) -> Step | None:
    """The step that `name` means inside `flow`: `area` there, `about.what` elsewhere."""
    flow_id, dot, step_id = name.rpartition(".")
    place = flows.by_id.get(flow_id) if dot else flow
    return place.step(step_id) if place else None


def place_of(leaf: Test | FactTest) -> Mark:
    """Where the name that a test begins with is written."""
    return leaf.step.mark if isinstance(leaf, Test) else leaf.fact.mark


def misreadings(flows: Flows, flow: Flow, leaf: Test | FactTest) -> Iterator[Misreading]:
    """What is wrong with one test: its name, its operator or its choices."""
    if isinstance(leaf, FactTest):
        yield from _misread_fact(flows, flow, leaf.fact)
        return
    step = step_named(flows, flow, leaf.step.text)
    if step is None:
        yield _no_step(flows, flow, leaf.step)
    elif not step.waits:
        sentence = f"step '{step.id}' asks nothing, so it never has an answer"
        yield "wrong-test", leaf.step, sentence
    elif leaf.operator not in {"known", "unknown"}:
        yield from _misread_answer(step, leaf)


def _misread_fact(flows: Flows, flow: Flow, name: Name) -> Iterator[Misreading]:
    facts = facts_of(flow)
    if name.text in facts:
        return
    if step_named(flows, flow, name.text):
        sentence = f"'{name.text}' is a step; write '{name.text} is known' or compare its answer"
        yield "wrong-test", name, sentence
    else:
        near = did_you_mean(name.text, [*facts, *(step.id for step in flow.steps)])
        yield "unknown-name", name, f"there is no step or fact '{name.text}'{near}"


def _no_step(flows: Flows, flow: Flow, name: Name) -> Misreading:
    if name.text in facts_of(flow):
        return "wrong-test", name, f"'{name.text}' is a fact; write it alone, or 'not {name.text}'"
    known = [step.id for step in flow.steps if step.waits]
    known += [f"{other.id}.{step.id}" for other in flows.by_id.values() for step in other.steps]
    near = did_you_mean(name.text, known)
    return "unknown-name", name, f"there is no step or fact '{name.text}'{near}"


def _misread_answer(step: Step, test: Test) -> Iterator[Misreading]:
    several = test.operator in {"has", "has_any"}
    if several and not step.many:
        sentence = f"'{step.id}' has one answer; use '==' or 'in', not '{test.operator}'"
        yield "wrong-test", test.step, sentence
    elif step.many and not several:
        sentence = (
            f"'{step.id}' has several answers; use 'has' or 'has_any', not '{test.operator}'"
        )
        yield "wrong-test", test.step, sentence
    elif not _open(step):
        known = [choice.id for choice in step.choices]
        for value in test.values:
            if value.text not in known:
                near = did_you_mean(value.text, known)
                sentence = f"step '{step.id}' has no choice '{value.text}'{near}"
                yield "unknown-choice", value, sentence


def _open(step: Step) -> bool:
    """Whether a step may have answers that are not written in its file."""
    return bool(step.choices_from or step.parse)


def _misread(rule: str) -> Callable[[Checked], Iterator[Finding]]:
    def find(checked: Checked) -> Iterator[Finding]:
        for flow in checked.flows.by_id.values():
            for leaf in chain.from_iterable(leaves(test) for test in conditions(flow)):
                for id, name, sentence in misreadings(checked.flows, flow, leaf):
                    if id == rule:
                        yield Finding(flow.path, name.mark, sentence)

    return find


def _fact_cycle(checked: Checked) -> Iterator[Finding]:
    for flow in checked.flows.by_id.values():
        marks = {fact.id: fact.mark for fact in flow.facts}
        for way in cycles(_fact_graph(flow)):
            round = " -> ".join([*way, way[0]])
            yield Finding(flow.path, marks[way[0]], f"{round} is a fact inside itself; untie it")


def _fact_graph(flow: Flow) -> dict[str, list[str]]:
    return {
        fact.id: [leaf.fact.text for leaf in leaves(fact.test) if isinstance(leaf, FactTest)]
        for fact in flow.facts
    }


def _tangled(checked: Checked) -> Iterator[Finding]:
    for flow in checked.flows.by_id.values():
        tangled = [fact for fact in flow.facts if _is_tangled(fact, flow)]
        # The facts that use this one are tangled only because of it.
        for fact in tangled[:1]:
            sentence = (
                f"fact '{fact.id}' is more than {FACT_DEPTH} facts deep or {MAX_TESTS} tests long"
                " with the facts inside it; make it simpler"
            )
            yield Finding(flow.path, fact.mark, sentence)


def _is_tangled(fact: Fact, flow: Flow) -> bool:
    if cycles(_fact_graph(flow)):
        return False
    depths = list(islice(_depths(fact.test, facts_of(flow), 1), MAX_TESTS + 1))
    return len(depths) > MAX_TESTS or max(depths) > FACT_DEPTH


def _depths(test: Expression, facts: Mapping[str, Expression], depth: int) -> Iterator[int]:
    """How deep each test lies, with the facts written out; not followed past the limit."""
    for leaf in leaves(test):
        if isinstance(leaf, Test) or leaf.fact.text not in facts or depth > FACT_DEPTH:
            yield depth
        else:
            yield from _depths(facts[leaf.fact.text], facts, depth + 1)


# ---- can it come out both ways?


def _comes_only_to(outcome: bool, sentence: str) -> Callable[[Checked], Iterator[Finding]]:
    """Finds conditions that come to `outcome` whatever she answers: they cannot come to the other.

    A fact is only a part of one.
    """

    def find(checked: Checked) -> Iterator[Finding]:
        flows = checked.flows
        for flow in flows.by_id.values():
            # A condition that cannot be read right is reported for that, and for nothing else.
            if not _can_be_read(flows, flow):
                continue
            tests: list[Expression | None] = [flow.for_other]
            tests += [step.only_if for step in flow.steps]
            for test in tests:
                if test and not can_hold(flows, [Assumed(flow, test, holds=not outcome)]):
                    yield Finding(flow.path, place_of(next(leaves(test))), sentence)

    return find


def _can_be_read(flows: Flows, flow: Flow) -> bool:
    all_leaves = chain.from_iterable(leaves(test) for test in conditions(flow))
    misread = any(True for leaf in all_leaves for _ in misreadings(flows, flow, leaf))
    return not (
        misread or cycles(_fact_graph(flow)) or any(_is_tangled(f, flow) for f in flow.facts)
    )


@dataclass(frozen=True, slots=True)
class Assumed:
    """A condition as it is written in `flow`, and whether it holds."""

    flow: Flow
    test: Expression
    holds: bool = True


def can_hold(flows: Flows, assumed: Sequence[Assumed]) -> bool:
    """Whether there are answers with which all of this is so.

    True when there are too many to try: then nothing is known.
    """
    mentioned: dict[str, set[str]] = {}
    for one in assumed:
        full = qualifier(one.flow.id)
        for test in all_tests(one.test, facts_of(one.flow)):
            values = mentioned.setdefault(full(test.step.text), set())
            values.update(value.text for value in test.values)
    if any(len(values) > MAX_MENTIONED for values in mentioned.values()):
        return True
    answers = [
        list(answers_of(flows, assumed[0].flow, name, values))
        for name, values in mentioned.items()
    ]
    if prod(len(some) for some in answers) > MAX_COMBINATIONS:
        return True
    wanted = [
        (compile_test(one.test, facts_of(one.flow), qualifier(one.flow.id)), one.holds)
        for one in assumed
    ]
    tried = (dict(zip(mentioned, one, strict=True)) for one in product(*answers))
    return any(all(holds(one) is so for holds, so in wanted) for one in tried)


def answers_of(
    flows: Flows, flow: Flow, name: str, mentioned: Collection[str]
) -> Iterator[Answer]:
    """Answers a step may have, as far as the mentioned choices can tell them apart."""
    yield None  # skipped, or never asked
    step = step_named(flows, flow, name)
    if step is None:
        return
    others = [choice.id for choice in step.choices if choice.id not in mentioned]
    more = MAX_COMBINATIONS if _open(step) else len(others)
    if step.many:
        yield from _sets(step, step.many, sorted(mentioned), more)
        return
    yield from sorted(mentioned)
    if more or step.empty:
        yield ""


def _sets(
    step: Step, many: Many, mentioned: Sequence[str], more: int
) -> Iterator[tuple[str, ...]]:
    """Every set of the mentioned choices that can stand together, with others if need be."""
    alone = {choice.id for choice in step.choices if choice.alone}
    most = len(mentioned) + more if many.most is None else many.most
    sizes = range(len(mentioned) + 1)
    for chosen in chain.from_iterable(combinations(mentioned, size) for size in sizes):
        together = len(chosen) == 1 or alone.isdisjoint(chosen)
        if together and len(chosen) <= most and len(chosen) + more >= many.least:
            yield chosen


RULES: tuple[Rule[Checked], ...] = (
    Rule("unknown-name", "a condition names no step and no fact", _misread("unknown-name")),
    Rule("wrong-test", "a condition asks a step what it cannot answer", _misread("wrong-test")),
    Rule("unknown-choice", "a condition names no choice of its step", _misread("unknown-choice")),
    Rule("fact-cycle", "a fact is defined by itself", _fact_cycle),
    Rule("tangled-fact", "a fact holds too many facts or tests", _tangled),
    Rule(
        "never-asked",
        "a condition is false whatever she answers",
        _comes_only_to(False, "this is never true, whatever she answers; put it right"),
    ),
    Rule(
        "always-true",
        "a condition is true whatever she answers",
        _comes_only_to(True, "this is always true; leave 'only_if' out"),
        "warning",
    ),
)
