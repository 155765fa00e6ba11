"""The small language of `only_if` and `facts`: read from text, and written back.

    either := both ("or" both)*
    both   := part ("and" part)*
    part   := "not" part | "(" either ")" | fact | step test
    test   := "==" choice | "!=" choice | "in" list | "has" choice | "has_any" list
            | "is known" | "is unknown"
    list   := "[" choice ("," choice)* "]"

A name is a step or a fact of the same flow, or `flow.step` for a step elsewhere. There are no
calls, no sums and no loops, so every condition ends and none can raise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from bot.flows.model import AllOf, AnyOf, Expression, FactTest, Name, Not, Test
from bot.problems import Mark

RULES: Mapping[str, str] = {
    "bad-expression": "a condition is not written in the small language of conditions",
}

MAX_LENGTH = 500  # characters
MAX_TERMS = 40
MAX_DEPTH = 12  # brackets and `not` inside each other

KEYWORDS = frozenset({"or", "and", "not", "in", "has", "has_any", "is"})

_ONE = frozenset({"==", "!=", "has"})
_SEVERAL = frozenset({"in", "has_any"})
_STATES = ("known", "unknown")
_TOKEN = re.compile(r"\s*(\w[\w.-]*|==|!=|\S)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a condition cannot be read, and the place of the word that is wrong."""

    mark: Mark
    sentence: str


def parse(text: str, mark: Mark) -> Expression | Mistake:
    """Read one condition; `mark` is the place of its first character. Never raises."""
    if "\n" in text.strip():
        return Mistake(mark, "a condition must stand on one line; name its parts under 'facts'")
    if len(text) > MAX_LENGTH:
        return Mistake(
            mark,
            f"this condition has more than {MAX_LENGTH} characters; name its parts under 'facts'",
        )
    parser = _Parser(text, mark)
    try:
        return parser.whole()
    except _WrongError as wrong:
        return wrong.mistake


class _WrongError(Exception):
    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.sentence)
        self.mistake = mistake


class _Parser:
    """Takes the words of one condition from left to right, one word ahead."""

    def __init__(self, text: str, mark: Mark) -> None:
        self.words = [
            Name(found[1], Mark(mark.line, mark.column + found.start(1)))
            for found in _TOKEN.finditer(text)
        ]
        # Past the last word stands an empty one, so that looking ahead needs no test for the end.
        self.words.append(Name("", Mark(mark.line, mark.column + len(text.rstrip()))))
        self.at = 0
        self.terms = 0

    def whole(self) -> Expression:
        expression = self.either(1)
        if self.next.text:
            self.wrong("'and' or 'or'")
        return expression

    @property
    def next(self) -> Name:
        return self.words[self.at]

    def wrong(self, expected: str) -> NoReturn:
        text = self.next.text
        found = f"found '{text}'" if text else "the condition ends here"
        hint = "; write '==' with two signs" if text == "=" else ""
        raise _WrongError(Mistake(self.next.mark, f"expected {expected} but {found}{hint}"))

    def take(self, text: str) -> bool:
        """Step over the next word if it is `text`."""
        if self.next.text != text:
            return False
        self.at += 1
        return True

    def need(self, text: str) -> None:
        if not self.take(text):
            self.wrong(f"'{text}'")

    def word(self, expected: str) -> Name:
        """Step over a name or a choice."""
        found = self.next
        if found.text in KEYWORDS or not re.match(r"\w", found.text):
            self.wrong(expected)
        self.at += 1
        return found

    def either(self, depth: int) -> Expression:
        parts = [self.both(depth)]
        while self.take("or"):
            parts.append(self.both(depth))
        return AnyOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def both(self, depth: int) -> Expression:
        parts = [self.part(depth)]
        while self.take("and"):
            parts.append(self.part(depth))
        return AllOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def part(self, depth: int) -> Expression:
        self.limit(depth)
        if self.take("not"):
            return Not(self.part(depth + 1))
        if self.take("("):
            inner = self.either(depth + 1)
            self.need(")")
            return inner
        return self.term()

    def limit(self, depth: int) -> None:
        deep, many = depth > MAX_DEPTH, self.terms >= MAX_TERMS
        if deep or many:
            what = f"nested more than {MAX_DEPTH} deep" if deep else f"more than {MAX_TERMS} tests"
            sentence = f"this condition is too long ({what}); name its parts under 'facts'"
            raise _WrongError(Mistake(self.next.mark, sentence))

    def term(self) -> Expression:
        self.terms += 1
        name = self.word("the name of a step or a fact")
        operator = self.next.text
        if operator in _ONE | _SEVERAL:
            self.at += 1
            several = operator in _SEVERAL
            return Test(name, operator, self.choices() if several else (self.word("a choice"),))
        if self.take("is"):
            return Test(name, self.state())
        if operator not in {"", ")", "and", "or"}:
            self.wrong("'has', '==', 'in' or 'is'")
        return FactTest(name)

    def state(self) -> str:
        state = self.next.text
        if state not in _STATES:
            self.wrong("'known' or 'unknown' after 'is'")
        self.at += 1
        return state

    def choices(self) -> tuple[Name, ...]:
        self.need("[")
        found = [self.word("a choice")]
        while self.take(","):
            found.append(self.word("a choice"))
        self.need("]")
        return tuple(found)


def written(expression: Expression) -> str:
    """The condition in its shortest regular spelling; `parse` reads it back to the same."""
    match expression:
        case FactTest():
            return expression.fact.text
        case Test():
            return _written_test(expression)
        case Not():
            return f"not {_bracketed(expression.part)}"
        case AllOf():
            return " and ".join(map(_bracketed, expression.parts))
        case AnyOf():
            return " or ".join(map(_bracketed, expression.parts))


def _bracketed(part: Expression) -> str:
    return f"({written(part)})" if isinstance(part, AllOf | AnyOf) else written(part)


def _written_test(test: Test) -> str:
    if test.operator in _STATES:
        return f"{test.step.text} is {test.operator}"
    values = ", ".join(value.text for value in test.values)
    right = f"[{values}]" if test.operator in _SEVERAL else values
    return f"{test.step.text} {test.operator} {right}"
