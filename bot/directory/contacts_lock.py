"""The lock: for every contact of every entry, who looked at it last, and when.

`directory/contacts.lock` has one line a contact: entry, kind, sum, role, month. The sum is made of
the entry, the kind and the contact as a telephone or a browser takes it, so a contact that is
changed, added or moved to another entry has no line, and an entry with such a contact is not shown.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.directory.findings import where
from bot.directory.model import Place, Service
from bot.directory.numbering import digits
from bot.directory.shape import CONTACT_VALUES
from bot.documents import MAX_BYTES, Mark, Problem, Report, Scalar

FILE = "contacts.lock"
ROLES = ("editor", "service", "outreach", "second_editor")
NO_DATE = "none"

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
# entry; 'none' is an entry without a date. Such a contact was read from a published page by one
# editor. Nobody has reviewed it a second time. Only 'second_editor' means that somebody has.
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
class Locked:
    """A contact of an entry that the lock has to know; `shown` is what the entry has, in a line."""

    entry: str
    kind: str
    sum: str
    shown: str
    mark: Mark

    @property
    def key(self) -> tuple[str, str, str]:
        """What its line is about."""
        return self.entry, self.kind, self.sum


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an entry and the lock do not agree: a contact without a line, a line without one."""

    entry: str
    new: tuple[Locked, ...]
    gone: tuple[Line, ...]


# ---- what is locked


def contacts_of(service: Service) -> tuple[Locked, ...]:
    """Every contact, website, place and meeting place of an entry, in file order.

    The same contact written twice, with two labels, comes once.
    """
    found: dict[tuple[str, str, str], Locked] = {}
    for kind, value, shown, mark in _values(service):
        locked = Locked(service.id, kind, _sum(service.id, kind, value), shown, mark)
        found.setdefault(locked.key, locked)
    return tuple(found.values())


def _sum(entry: str, kind: str, value: str) -> str:
    return sha256("\0".join((entry, kind, value)).encode()).hexdigest()[:32]


def _values(service: Service) -> Iterator[tuple[str, str, str, Mark]]:
    """Kind, normalised value, value in words and place of all that is locked."""
    for index, contact in enumerate(service.contacts):
        for name in CONTACT_VALUES[contact.type]:
            for found in service.stated.get(f"contact[{index}].{name}", ()):
                value, shown = normalised(name, found.text), _one_line(found)
                if contact.say:  # another word reaches another service behind the same number
                    value, shown = f"{value}\n{contact.say}", f"{shown}, {contact.say}"
                yield contact.type, value, shown, found.mark
    for found in service.stated.get("organisation.website", ()):
        yield "organisation", normalised("url", found.text), _one_line(found), found.mark
    for place in service.places:
        if parts := _place(place):
            yield "place", "\n".join((place.address, *parts)), ", ".join(parts), place.mark
    for index, activity in enumerate(service.activities):
        if activity.where:
            mark = where(service, f"sessions[{index}].where")
            yield "session", normalised("where", activity.where), activity.where, mark


def _one_line(found: Scalar) -> str:
    return " ".join(found.text.split())


def _place(place: Place) -> tuple[str, ...]:
    """What leads to a place; empty for one that only has a name for us."""
    parts = (place.name, place.street, place.town, place.postcode)
    return tuple(" ".join(part.split()) for part in parts if part)


def normalised(name: str, text: str) -> str:
    """A value without what makes no difference to where it leads; `name` is its key.

    Spaces in a number, capitals in an e-mail address or the name of a site, a last slash.
    """
    if name == "number":
        return digits(text)
    if name == "address":
        return text.lower()
    if name == "url":
        start, slashes, rest = text.partition("://")
        host, slash, path = rest.partition("/")
        return f"{start.lower()}{slashes}{host.lower()}{slash}{path}".removesuffix("/")
    return " ".join(text.split())


# ---- reading


_DATE = r"none|\d{4}(?:-(?:0[1-9]|1[0-2]))?"
_SHAPE = re.compile(
    rf"([a-z0-9-]+) ([a-z_]+) ([0-9a-f]{{32}}) ({'|'.join(ROLES)}) ({_DATE})", re.ASCII
)
_KINDS = frozenset({*CONTACT_VALUES, "organisation", "place", "session"})
_HOW = "take the line out and run 'linnet directory lock'"


def read_lock(folder: Path, shown: str) -> tuple[tuple[Line, ...], list[Problem]]:
    """Read the lock of the directory folder; without a lock there is one problem and no line."""
    path = f"{shown}/{FILE}"
    try:
        with (folder / FILE).open("rb") as file:
            text = file.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise OSError
        return parse(text.decode("utf-8"), path)
    except (OSError, UnicodeDecodeError):
        why = (
            "the lock of the contacts cannot be read; bring it back, or make a first one with "
            "'linnet directory lock --begin'"
        )
        return (), [Problem(path, 1, 1, "error", why, "lock-missing")]


def parse(text: str, path: str) -> tuple[tuple[Line, ...], list[Problem]]:
    """The lines of a lock, in file order; a line that cannot be read locks nothing."""
    report, lines = Report(path), dict[tuple[str, str, str], Line]()
    for number, written in enumerate(text.split("\n"), start=1):
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
    if found is None or found[2] not in _KINDS:
        return None
    return Line(found[1], found[2], found[3], found[4], found[5], number)


def _column(written: str) -> int:
    """Where a line stops being one: the first of its words that is none, or its end."""
    tests = (r"[a-z0-9-]+", "|".join(sorted(_KINDS)), r"[0-9a-f]{32}", "|".join(ROLES), _DATE)
    column = 1
    for test, word in zip(tests, written.split(" "), strict=False):
        if not re.fullmatch(test, word, re.ASCII):
            return column
        column += len(word) + 1
    return min(column, len(written) + 1)


# ---- comparing


def differences(lines: Iterable[Line], services: Iterable[Service]) -> tuple[Difference, ...]:
    """The entries that do not agree with the lock, in the order given.

    Lines of entries that are not given say nothing here.
    """
    of_entry: dict[str, list[Line]] = {}
    for line in lines:
        of_entry.setdefault(line.entry, []).append(line)
    found = (_difference(of_entry.get(service.id, ()), service) for service in services)
    return tuple(one for one in found if one.new or one.gone)


def _difference(lines: Sequence[Line], service: Service) -> Difference:
    contacts = contacts_of(service)
    known, there = {line.key for line in lines}, {contact.key for contact in contacts}
    return Difference(
        service.id,
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
    problems: list[Problem] = []
    for service in services:
        for found in differences([line for line in lines if line.entry == service.id], [service]):
            problems += _problems(found, service, shown)
    known = {*(service.id for service in services), *unread}
    for line in lines:
        if line.entry not in known:
            why = f"there is no entry '{line.entry}'; run 'linnet directory lock {line.entry}'"
            place = (f"{shown}/{FILE}", line.number, 1)
            problems.append(Problem(*place, "error", why, "contact-gone"))
    return sorted(problems)


def _problems(found: Difference, service: Service, shown: str) -> Iterator[Problem]:
    how = f"'linnet directory lock {service.id} --by ROLE'"
    for contact in found.new:
        why = (
            f"this {contact.kind} is not in {shown}/{FILE}; let somebody else check it, "
            f"then run {how}"
        )
        mark = contact.mark
        yield Problem(
            service.path, mark.line, mark.column, "error", why, "contact-not-locked"
        )
    for line in found.gone:
        why = (
            f"a {line.kind} that {shown}/{FILE} has on line {line.number} is not here any more; "
            f"bring it back, or run {how}"
        )
        mark = where(service, "id")
        yield Problem(service.path, mark.line, mark.column, "error", why, "contact-gone")


# ---- writing


def signed(
    lines: Iterable[Line], service: Service, role: str, date: str, *, again: bool = False
) -> tuple[Line, ...]:
    """All lines of a lock, with those of one entry as it is now.

    What is new is signed with role and date; what has not changed keeps who signed it, unless
    `again`. Lines without a contact go.
    """
    lines = tuple(lines)
    kept = {} if again else {line.key: line for line in lines if line.entry == service.id}
    own = (kept.get(one.key) or Line(*one.key, role, date) for one in contacts_of(service))
    return (*(line for line in lines if line.entry != service.id), *own)


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
