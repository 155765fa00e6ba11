"""Bytes to try on a reader: noise, and real files with something done to them."""

import re
from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

LONGEST = 6000  # bytes of a real file; a longer one is cut at the end of a line
MOST_CHANGES = 4

# What has stopped readers elsewhere.
ODD = (
    b"\x00", b"\xff", b"\xed\xa0\x80", "\u2028".encode(), "\u0663".encode(), b"\xef\xbb\xbf", b"\r",
    b"\t", b"\n", b"\n---\n", b"&a ", b"*a", b"<<: ", b"!!python/name:os ", b": ", b"- ", b"? ", b"[",
    b"{", b"]", b"}", b'"', b"'", b"#", b"%", b"|", b"\\", b",", b";", b".", b"-1", b"0", b"9" * 400,
    b"9" * 4400, b"1e999", b"NaN", b"Infinity", b'"\\ud800"', b"null", b"true", b"[]", b"{}", b'""',
    b"nplurals=99999999;", b"msgid ", b"24:00-00:00", b"PH ", b"2026-02-30",
)  # fmt: skip

# What may stand where a figure stood.
FIGURES = (
    b"-1", b"0", b"1.5", b"9" * 400, b"9" * 4400, b"1e999", b"NaN", b"nan", b"Infinity", b"null", b"true",
)  # fmt: skip

_WORD = re.compile(rb'"[^"\n]*"|[\w+-]+|[^\w\s]')

Change = tuple[str, float, float, int]

KINDS = ("flip", "cut", "repeat", "splice", "odd", "swap", "swap", "swap")


def changed(data: bytes, other: bytes, changes: Sequence[Change]) -> bytes:
    """`data` with all changes made, each at a share of its length; `other` is what is spliced in."""
    for kind, place, share, number in changes:
        at = int(place * len(data))
        end = at + 1 + int(share * len(data))
        if kind == "flip" and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (1 << number % 8)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[end:]
        elif kind == "repeat":
            data = data[:at] + data[at:end] * (2 + number % 3) + data[end:]
        elif kind == "splice":
            start = int(place * len(other) * 0.9)
            data = data[:at] + other[start : start + end - at] + data[at:]
        elif kind == "swap":
            data = _swapped(data, place, number)
        elif kind == "odd":
            data = data[:at] + ODD[number % len(ODD)] * (1 + number % 2) + data[at:]
    return data


def _swapped(data: bytes, place: float, number: int) -> bytes:
    """One word, figure, quoted text or sign made another: what stands around it stays whole."""
    words = list(_WORD.finditer(data))
    if not words:
        return data
    found = words[min(int(place * len(words)), len(words) - 1)]
    others = [*ODD, *(word[0] for word in words[:40])]
    if found[0].isdigit():
        others = list(FIGURES)
    return data[: found.start()] + others[number % len(others)] + data[found.end() :]


def noise() -> st.SearchStrategy[bytes]:
    """Any bytes, any text, and odd pieces in a row."""
    odd = st.lists(st.sampled_from(ODD), max_size=12).map(b"".join)
    return st.binary(max_size=300) | st.text(max_size=150).map(_encoded) | odd


def mutated(samples: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of `samples` with something done to it.

    The changes are drawn by chance from a number: places that Hypothesis draws itself crowd at the
    beginning of the file.
    """
    whole = [_shortened(sample) for sample in samples]
    return st.integers(0, 2**62).map(lambda seed: _mutant(whole, Random(seed)))  # noqa: S311


def _mutant(samples: Sequence[bytes], chance: Random) -> bytes:
    count = chance.choice((1, 1, chance.randint(2, MOST_CHANGES)))
    changes = [
        (chance.choice(KINDS), chance.random(), chance.random() * 0.2, chance.randrange(1000))
        for _ in range(count)
    ]
    return changed(chance.choice(samples), chance.choice(samples), changes)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _shortened(sample: bytes) -> bytes:
    if len(sample) <= LONGEST:
        return sample
    return sample[: sample.rindex(b"\n", 0, LONGEST) + 1]
