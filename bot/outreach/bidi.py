"""The order of a line that has words of both directions: the Unicode algorithm, without marks.

Texts come without direction marks (`strip_marks`), so the rules about them (X1 to X8) are not
here; an address is always a line of its own and reads from the left. Rules are named as in
Unicode Standard Annex 9.
"""

import unicodedata
from collections.abc import Iterator, Sequence

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_MOST_OPEN = 63  # brackets, BD16
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_AS_RIGHT = frozenset({"R", "EN", "AN"})  # how N0 to N2 see numbers


def visual_runs(text: str, *, rtl: bool) -> list[tuple[int, int, bool]]:
    """The runs of one line from left to right, each as (start, end, whether it reads leftwards).

    `rtl` is the direction of the line. Empty text has no runs. The letters inside a run stay in
    the order in which they are read.
    """
    found = levels(text, rtl=rtl)
    runs: list[tuple[int, int, int]] = []
    for at, level in enumerate(found):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], at + 1, level)
        else:
            runs.append((at, at + 1, level))
    for least in range(max(found, default=0), 0, -1):  # L2
        runs = list(_turned(runs, least))
    return [(start, end, level % 2 == 1) for start, end, level in runs]


def _turned(runs: Sequence[tuple[int, int, int]], least: int) -> Iterator[tuple[int, int, int]]:
    high: list[tuple[int, int, int]] = []
    for run in runs:
        if run[2] >= least:
            high.append(run)
            continue
        yield from reversed(high)
        high = []
        yield run
    yield from reversed(high)


def begins_leftwards(text: str) -> bool:
    """Whether the first letter with a direction reads from right to left (P2, P3)."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def levels(text: str, *, rtl: bool) -> list[int]:
    """The level of each letter: odd ones read from right to left."""
    base = 1 if rtl else 0
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    # Joiners and the like take no part (X9) and go with the letter before them.
    seen = [at for at, kind in enumerate(kinds) if kind != "BN"]
    inner = _resolved("".join(text[at] for at in seen), [kinds[at] for at in seen], base)
    found, last = [], base
    places = dict(zip(seen, inner, strict=True))
    for at in range(len(text)):
        last = places.get(at, last)
        found.append(last)
    for at in range(len(text) - 1, -1, -1):  # L1
        if kinds[at] not in {"WS", "BN"}:
            break
        found[at] = base
    return found


def _resolved(text: str, kinds: list[str], base: int) -> list[int]:
    edge = "R" if base else "L"
    marks = [kind == "NSM" for kind in kinds]
    _weak(kinds, edge)
    _paired(text, kinds, marks, edge)
    _neutral(kinds, edge)
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]  # I2
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]  # I1


# ---- numbers and marks


def _weak(kinds: list[str], edge: str) -> None:
    """W1 to W7, in place."""
    _marks_and_numbers(kinds, edge)
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        single = kind == "CS" or (kind == "ES" and before == "EN")
        if single and before == after and before in {"EN", "AN"}:
            kinds[at] = before  # W4
    for start, end in _stretches(kinds, frozenset({"ET"})):
        if "EN" in kinds[max(start - 1, 0) : start] + kinds[end : end + 1]:
            kinds[start:end] = ["EN"] * (end - start)  # W5
    strong = edge
    for at, kind in enumerate(kinds):
        if kind in {"ES", "ET", "CS"}:
            kinds[at] = "ON"  # W6
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"  # W7


def _marks_and_numbers(kinds: list[str], edge: str) -> None:
    """W1 to W3, in place."""
    strong, before = edge, edge
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before  # W1
        if kinds[at] in {"L", "R", "AL"}:
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "AL":
            kinds[at] = "AN"  # W2
        before = kinds[at]
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where letters of the wanted kinds stand together, as (start, end)."""
    start = None
    for at, kind in enumerate([*kinds, ""]):
        if kind in wanted and start is None:
            start = at
        elif kind not in wanted and start is not None:
            yield start, at
            start = None


# ---- brackets, blanks and other signs


def _side(kind: str) -> str:
    return "R" if kind in _AS_RIGHT else kind


def _paired(text: str, kinds: list[str], marks: Sequence[bool], edge: str) -> None:
    """N0, in place: a pair of brackets goes with what it holds."""
    for opened, closed in _pairs(text, kinds):
        inside = {_side(kind) for kind in kinds[opened + 1 : closed]} & {"L", "R"}
        if not inside:
            continue
        before = next((_side(k) for k in reversed(kinds[:opened]) if _side(k) in "LR"), edge)
        side = edge if edge in inside or before == edge else before
        for at in (opened, closed):
            kinds[at] = side
            after = at + 1
            while after < len(kinds) and marks[after]:
                kinds[after] = side
                after += 1


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where pairs of brackets stand, in the order in which they open (BD16)."""
    waiting: list[tuple[str, int]] = []
    found = []
    for at, char in enumerate(text):
        if kinds[at] != "ON":
            continue
        if char in _BRACKETS:
            if len(waiting) == _MOST_OPEN:
                break
            waiting.append((_BRACKETS[char], at))
        elif char in _BRACKETS.values():
            for place in range(len(waiting) - 1, -1, -1):
                if waiting[place][0] == char:
                    found.append((waiting[place][1], at))
                    del waiting[place:]
                    break
    return sorted(found)


def _neutral(kinds: list[str], edge: str) -> None:
    """N1 and N2, in place: signs between two words of one direction go with them."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _side(kinds[start - 1]) if start else edge
        after = _side(kinds[end]) if end < len(kinds) else edge
        kinds[start:end] = [before if before == after else edge] * (end - start)
