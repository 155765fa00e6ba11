"""What the conditions of `only_if` and `facts` mean: what they read, and closures over answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.flows.model import AllOf, AnyOf, Expression, FactTest, Not, Test

FACT_DEPTH = 8  # facts inside facts

Answer = str | tuple[str, ...] | None
Answers = Mapping[str, Answer]  # by full step name, `flow.step`; None: she skipped it
Condition = Callable[[Answers], bool]


def leaves(expression: Expression) -> Iterator[Test | FactTest]:
    """The tests and fact names of a condition, from left to right."""
    match expression:
        case Test() | FactTest():
            yield expression
        case Not():
            yield from leaves(expression.part)
        case AllOf() | AnyOf():
            for part in expression.parts:
                yield from leaves(part)


def all_tests(expression: Expression, facts: Mapping[str, Expression]) -> Iterator[Test]:
    """Every test a condition makes, its own and those of the facts it uses, each fact once."""
    left, seen = [expression], set[str]()
    while left:
        for leaf in leaves(left.pop()):
            if isinstance(leaf, Test):
                yield leaf
            elif leaf.fact.text in facts and leaf.fact.text not in seen:
                seen.add(leaf.fact.text)
                left.append(facts[leaf.fact.text])


def qualifier(flow: str) -> Callable[[str], str]:
    """Turns a step's name as written in `flow` into its full name: `area` into `triage.area`."""
    return lambda name: name if "." in name else f"{flow}.{name}"


def compile_test(
    expression: Expression, facts: Mapping[str, Expression], names: Callable[[str], str]
) -> Condition:
    """Turn a condition into a closure over answers; it always ends and never raises.

    `facts` are the flow's own, by id; they are built in. `names` gives the full name of a step.
    A step without an answer makes every test but `is unknown` false. A fact that does not exist,
    stands inside itself or lies too deep is false: the checks report it, here it only has to end.
    """
    return _Compiler(facts, names, {}, []).closure(expression)


@dataclass(frozen=True, slots=True)
class _Compiler:
    facts: Mapping[str, Expression]
    names: Callable[[str], str]
    done: dict[str, Condition]
    open: list[str]  # the facts being built, outermost first

    def closure(self, expression: Expression) -> Condition:
        match expression:
            case FactTest():
                return self.fact(expression.fact.text)
            case Test():
                values = frozenset(value.text for value in expression.values)
                return _BUILDERS[expression.operator](self.names(expression.step.text), values)
            case Not():
                return _not(self.closure(expression.part))
            case AllOf():
                return _all_of(tuple(map(self.closure, expression.parts)))
            case AnyOf():
                return _any_of(tuple(map(self.closure, expression.parts)))

    def fact(self, id: str) -> Condition:
        if id in self.done:
            return self.done[id]
        if id not in self.facts or id in self.open or len(self.open) >= FACT_DEPTH:
            return _never
        self.open.append(id)
        self.done[id] = self.closure(self.facts[id])
        self.open.pop()
        return self.done[id]


def _never(_answers: Answers) -> bool:
    return False


def _not(part: Condition) -> Condition:
    return lambda answers: not part(answers)


def _all_of(parts: tuple[Condition, ...]) -> Condition:
    def holds(answers: Answers) -> bool:
        for part in parts:  # noqa: SIM110  # a generator costs three times as much
            if not part(answers):
                return False
        return True

    return holds


def _any_of(parts: tuple[Condition, ...]) -> Condition:
    def holds(answers: Answers) -> bool:
        for part in parts:  # noqa: SIM110  # a generator costs three times as much
            if part(answers):
                return True
        return False

    return holds


def _is_one_of(step: str, values: frozenset[str]) -> Condition:
    return lambda answers: answers.get(step) in values


def _is_other(step: str, values: frozenset[str]) -> Condition:
    return lambda answers: (found := answers.get(step)) is not None and found not in values


def _holds_one_of(step: str, values: frozenset[str]) -> Condition:
    def holds(answers: Answers) -> bool:
        found = answers.get(step)
        # Only a tuple is searched: in plain text, 'any' would be found inside 'anywhere'.
        return isinstance(found, tuple) and not values.isdisjoint(found)

    return holds


def _is_known(step: str, _values: frozenset[str]) -> Condition:
    return lambda answers: answers.get(step) is not None


def _is_unknown(step: str, _values: frozenset[str]) -> Condition:
    return lambda answers: answers.get(step) is None


_BUILDERS: Mapping[str, Callable[[str, frozenset[str]], Condition]] = {
    "==": _is_one_of,
    "in": _is_one_of,
    "!=": _is_other,
    "has": _holds_one_of,
    "has_any": _holds_one_of,
    "known": _is_known,
    "unknown": _is_unknown,
}
