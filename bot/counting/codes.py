"""Codes: the opaque names of links, drawn at random, and those of test visits.

A code is eight signs of 31. Look-alikes (0 o, 1 i l) are left out, because people copy codes from
paper. The code of a test visit begins with a nought, which no other code has, so that a server
knows one without any file.
"""

import re
from collections.abc import Callable, Container

FIGURES = "23456789"
SIGNS = "".join((FIGURES, "abcdefgh", "jk", "mn", "pqrstuvwxyz"))
LENGTH = 8
TEST = "0"
CODE = re.compile(f"[{TEST}{SIGNS}][{SIGNS}]{{{LENGTH - 1}}}")


def is_code(text: str) -> bool:
    """Whether this has the shape of a code; nobody need ever have made it."""
    return CODE.fullmatch(text) is not None


def is_test(text: str) -> bool:
    """Whether this is the code of a test visit, which no count may have."""
    return is_code(text) and text.startswith(TEST)


def make(below: Callable[[int], int], *, test: bool = False) -> str:
    """A new code. `below(n)` draws a number from 0 to n - 1, each as likely as any other.

    Harm prevented: made of anything but chance, a code could tell of the place or the day; and
    with three letters side by side it could spell a word that says what the chat is about.
    """
    code = TEST if test else ""
    while len(code) < LENGTH:
        signs = FIGURES if code[-2:].isalpha() and len(code) > 1 else SIGNS
        code += signs[below(len(signs))]
    return code


def fresh(below: Callable[[int], int], taken: Container[str], *, test: bool = False) -> str:
    """A new code that is none of `taken`: two places with one code would be counted as one."""
    code = make(below, test=test)
    while code in taken:
        code = make(below, test=test)
    return code
