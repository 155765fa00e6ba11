"""Codes: the random letters by which a link is known, and nothing else."""

import re
from collections.abc import Callable

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another on paper
LENGTH = 8
TEST = "0"  # begins the code of a visit by staff, so that it is known without any file
CODE = re.compile(f"(?:{TEST}[{LETTERS}]{{{LENGTH - 1}}}|[{LETTERS}]{{{LENGTH}}})", re.ASCII)


def make(below: Callable[[int], int], *, test: bool = False) -> str:
    """A new code. `below` gives a random whole number from 0 to one less than it is given."""
    first = TEST if test else ""
    more = range(LENGTH - len(first))
    return first + "".join(LETTERS[below(len(LETTERS))] for _ in more)


def is_code(text: str) -> bool:
    """Whether a text has the form of a code, of any kind."""
    return CODE.fullmatch(text) is not None


def is_test(text: str) -> bool:
    """Whether it is the code of a test visit."""
    return is_code(text) and text.startswith(TEST)
