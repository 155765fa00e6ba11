"""Columns of bits: bit i of a whole number speaks of row i, so one operation asks every row.

A number per row is kept as planes: plane k holds bit k of every row's number, the way an adder
in hardware holds it. Sums and comparisons then cost a few operations however many rows there are.
"""

from collections.abc import Iterable, Iterator, Sequence


def transpose(rows: Sequence[int], width: int) -> tuple[int, ...]:
    """The columns of rows that are `width` bits wide: bit i of column b is bit b of `rows[i]`."""
    # The first column is the last digit of each row, and the first row the last digit of a column.
    digits = "".join(f"{row:0{width}b}" for row in reversed(rows))
    return tuple(int(digits[width - 1 - bit :: width] or "0", 2) for bit in range(width))


def union(columns: Iterable[int]) -> int:
    """The rows that are in any of the columns."""
    found = 0
    for column in columns:
        found |= column
    return found


def bits(column: int) -> Iterator[int]:
    """The numbers of the rows in `column`, lowest first."""
    while column:
        lowest = column & -column
        yield lowest.bit_length() - 1
        column ^= lowest


def tally(columns: Iterable[tuple[int, int]]) -> list[int]:
    """Planes of each row's sum over (column, weight), lowest plane first; weights are 1 to 3."""
    ones, twos = [], []
    for column, weight in columns:
        if weight & 1:
            ones.append(column)
        if weight & 2:
            twos.append(column)
    planes = []
    while ones or twos:
        plane, carries = _add(ones)
        planes.append(plane)
        ones, twos = twos + carries, []
    return planes


def _add(columns: list[int]) -> tuple[int, list[int]]:
    """The last digit of each row's count of `columns`, and the columns to carry; empties the list.

    Three columns make a digit and one column to carry, as in an adder of hardware.
    """
    carries = []
    while len(columns) > 2:
        one, two, three = columns.pop(), columns.pop(), columns.pop()
        odd = one ^ two
        columns.append(odd ^ three)
        carries.append(one & two | odd & three)
    if len(columns) == 2:
        one, two = columns
        return one ^ two, [*carries, one & two]
    return columns[0] if columns else 0, carries


def equal(rows: int, planes: Sequence[int], number: int) -> int:
    """Those of `rows` whose number is `number`; planes come lowest first."""
    if number >> len(planes):
        return 0
    for place, plane in enumerate(planes):
        rows = rows & plane if number >> place & 1 else rows & ~plane
    return rows


def groups(rows: int, planes: Sequence[int]) -> Iterator[int]:
    """`rows` by their number, largest first, rows with the same number together.

    `planes` come highest first. Nothing is worked out for groups that nobody asks for.
    """
    waiting = [(rows, 0)] if rows else []
    while waiting:
        rows, depth = waiting.pop()
        for plane in planes[depth:]:
            depth += 1
            high = rows & plane
            if high and high != rows:
                waiting.append((rows ^ high, depth))
                rows = high
        yield rows
