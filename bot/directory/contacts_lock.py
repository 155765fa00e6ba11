"""The lock: for every contact of every entry, who looked at it last, and when.

`directory/contacts.lock` has one line a contact: entry, kind, sum, role, month. The sum is made of
the entry, the kind and the contact as a telephone or a browser takes it, so a contact that is
changed, added or moved to another entry has no line, and an entry with such a contact is not shown.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.directory.contact_sums import KINDS, Locked, contacts_of
from bot.directory.findings import where
from bot.directory.model import Service, Status
from bot.problems import Mark, Problem, Report

FILE = "contacts.lock"
ROLES = ("editor", "service", "outreach", "second_editor")
NO_DATE = "none"
_MOST_BYTES = 4 * 1024 * 1024  # what stands behind them is not read, and so locks nothing

RULES: Mapping[str, str] = {
    "lock-missing": "The lock of the contacts cannot be read.",
    "lock-line": "A line of the lock is not one that 'linnet directory lock' writes.",
    "contact-not-locked": "A contact is new or changed, and the lock does not know it.",
    "contact-gone": "The lock has a contact that no entry has any more.",
}

HEADER = """\
# The lock of the contacts: one line for each number, address and link of each entry.
# entry, kind, sum of the two and the contact, who looked at it last, and when.
#
# A line made by 'linnet directory lock --begin' has the role and the date of 'verified' in its
# entry; 'none' is an entry without a date. Nobody has reviewed such a contact a second time;
# only 'second_editor' means that somebody has.
#
# Do not write in this file. 'linnet directory lock ID --by ROLE' does, and directory/README.md
# says how.
"""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of the lock; `number` is where it stands, 0 for a line not written yet."""

    entry: str
    kind: str  # a type of contact, or organisation | place | session
    sum: str  # 32 figures, base 16
    role: str  # one of ROLES
    date: str  # YYYY-MM, YYYY where the entry knows no month, or `none`
    number: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What the line is about."""
        return self.entry, self.kind, self.sum

    def __str__(self) -> str:
        return f"{self.entry} {self.kind} {self.sum} {self.role} {self.date}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an entry and its lines do not agree: contacts without a line, lines without one."""

    new: tuple[Locked, ...]
    gone: tuple[Line, ...]


# How a message calls a kind whose own name would not be understood.
_CALLED = {
    "text": "number for texts",
    "relay": "number for the text relay",
    "email": "e-mail address",
    "webchat": "link of the web chat",
    "callback": "link for a call back",
    "walk_in": "place to walk in",
    "organisation": "website of the organisation",
    "session": "meeting place",
}


# ---- reading


_DATE = r"none|\d{4}(?:-(?:0[1-9]|1[0-2]))?"
_SHAPE = re.compile(
    rf"([a-z0-9-]+) ([a-z_]+) ([0-9a-f]{{32}}) ({'|'.join(ROLES)}) ({_DATE})", re.ASCII
)
_HOW = "take the line out and run 'linnet directory lock'"


def read_lock(folder: Path, shown: str) -> tuple[tuple[Line, ...], list[Problem]]:
    """Read the lock of the directory folder; without a lock there is one problem and no line."""
    path = f"{shown}/{FILE}"
    try:
        with (folder / FILE).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        why = (
            "the lock of the contacts cannot be read; bring it back, or make a first one with "
            "'linnet directory lock --begin'"
        )
        return (), [Problem(path, 1, 1, "error", why, "lock-missing")]
    return parse(text, path)


def parse(text: str, path: str) -> tuple[tuple[Line, ...], list[Problem]]:
    """The lines of a lock, in file order; a line that cannot be read locks nothing."""
    report, lines = Report(path), dict[tuple[str, str, str], Line]()
    for number, written in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not written or written.startswith("#"):
            continue
        line = _line(written, number)
        if line is None:
            why = f"this is not 'entry kind sum role YYYY-MM'; {_HOW}"
            report.add(Mark(number, _column(written)), "lock-line", why)
        elif first := lines.get(line.key):
            why = f"this line is already on line {first.number}; {_HOW}"
            report.add(Mark(number), "lock-line", why)
        else:
            lines[line.key] = line
    return tuple(lines.values()), report.problems


def _line(written: str, number: int) -> Line | None:
    found = _SHAPE.fullmatch(written)
    if found is None or found[2] not in KINDS:
        return None
    return Line(found[1], found[2], found[3], found[4], found[5], number)


def _column(written: str) -> int:
    """Where a line stops being one: the first of its words that is none, or its end."""
    tests = (r"[a-z0-9-]+", "|".join(sorted(KINDS)), r"[0-9a-f]{32}", "|".join(ROLES), _DATE)
    column = 1
    for test, word in zip(tests, written.split(" "), strict=False):
        if not re.fullmatch(test, word, re.ASCII):
            return column
        column += len(word) + 1
    return min(column, len(written) + 1)


# ---- comparing


def difference(lines: Iterable[Line], contacts: Sequence[Locked]) -> Difference:
    """The contacts of an entry that its lines do not have, and the lines that it does not have."""
    lines = tuple(lines)
    known, there = {line.key for line in lines}, {contact.key for contact in contacts}
    return Difference(
        tuple(contact for contact in contacts if contact.key not in known),
        tuple(line for line in lines if line.key not in there),
    )


def compare(
    lines: Sequence[Line],
    services: Sequence[Service],
    shown: str,
    unread: Collection[str] = frozenset(),
) -> list[Problem]:
    """Every place where entries and lock do not agree, sorted.

    `shown` is the path of the directory in problems; `unread` holds the ids of entries that could
    not be read, whose lines wait for them. A problem stands in the file of its entry, which keeps
    the entry from her; that of an entry that is no more stands in the lock.
    """
    of_entry: dict[str, list[Line]] = {}
    for line in lines:
        of_entry.setdefault(line.entry, []).append(line)
    problems: list[Problem] = []
    for service in services:
        if service.status is Status.DRAFT:
            continue  # nobody sees it; its contacts are signed before it is shown
        found = difference(of_entry.get(service.id, ()), contacts_of(service))
        problems += _problems(found, service, shown)
    known = {*(service.id for service in services), *unread}
    for entry in of_entry.keys() - known:
        why = f"there is no entry '{entry}'; run 'linnet directory lock {entry} --by ROLE'"
        first = of_entry[entry][0].number
        problems.append(Problem(f"{shown}/{FILE}", first, 1, "error", why, "contact-gone"))
    return sorted(problems)


def _problems(found: Difference, service: Service, shown: str) -> Iterator[Problem]:
    how = f"'linnet directory lock {service.id} --by ROLE'"
    for contact in found.new:
        why = (
            f"this {_CALLED.get(contact.kind, contact.kind)} is not in {shown}/{FILE}; let somebody else check it, "
            f"then run {how}"
        )
        mark = contact.mark
        yield Problem(service.path, mark.line, mark.column, "error", why, "contact-not-locked")
    for line in found.gone:
        why = (
            f"the {_CALLED.get(line.kind, line.kind)} of line {line.number} in {shown}/{FILE} is "
            "not here any more; "
            f"bring it back, or run {how}"
        )
        mark = where(service, "id")
        yield Problem(service.path, mark.line, mark.column, "error", why, "contact-gone")


# ---- writing


def signed(
    lines: Iterable[Line], contacts: Iterable[Locked], role: str, date: str, *, again: bool = False
) -> tuple[Line, ...]:
    """The lines of an entry with these contacts, made from the lines it had.

    What is new is signed with role and date; what has not changed keeps who signed it, unless
    `again`. Lines without a contact go.
    """
    kept = {} if again else {line.key: line for line in lines}
    return tuple(kept.get(one.key) or Line(*one.key, role, date) for one in contacts)


def begun(services: Iterable[Service]) -> tuple[Line, ...]:
    """The first lock of a directory, in the order given.

    Each contact has the role and the month of its entry's `verified`, because nobody has looked at
    it again.
    """
    return tuple(
        Line(*contact.key, service.verified.by, (service.verified.on or NO_DATE)[:7])
        for service in services
        for contact in contacts_of(service)
    )


def text_of(lines: Iterable[Line]) -> str:
    """The lock as it is written: sorted, so that a change is a small one."""
    return "".join((HEADER, *(f"{line}\n" for line in sorted(lines))))
