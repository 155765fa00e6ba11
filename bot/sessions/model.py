"""A session: the trail of answers, and the door to where it is kept.

The trail is the session. Position, facts and needs are worked out from it, so going back, a flow
edited overnight and an update delivered twice all follow from the one list. A session holds no
name, no number, no full postcode and nothing she typed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Answer = str | tuple[str, ...] | None  # one choice or parsed value, several choices, skipped


class Session(NamedTuple):
    """Where one talk stands between two turns.

    A tuple, because one is made in every turn and a frozen dataclass takes four times as long.

    `trail` holds (step, answer) in the order given; `at` the step that waits; `stack` the steps
    to come back to (`!step` for an interrupt); `pending` answers kept from before a flow was
    edited, until their question comes up again.
    """

    fingerprint: str
    at: str
    language: str
    turn: int = 0
    misses: int = 0  # how often in a row typed text was not understood at this step
    trail: tuple[tuple[str, Answer], ...] = ()
    stack: tuple[str, ...] = ()
    pending: tuple[tuple[str, Answer], ...] = ()
    shown: tuple[str, ...] = ()  # ids of the services on the last list
    said: tuple[str, ...] = ()  # steps whose words stand above the question on the present card
    picked: tuple[str, ...] = ()  # choices switched on at this step and not given yet
    hidden: bool = False  # her screen shows nothing of the talk until she opens it
    new_language: bool = False  # the present card is the first in her language
    in_english: bool = False  # she looks at the English of the present card
    sound: str = ""  # how far she is with hearing the present card
    nonce: str = ""  # stands in every button of this talk, so that another talk's are known
    place: str = ""  # where the card stands, in words that only the channel reads
    counted: tuple[str, ...] = ()  # what this talk added to the counts, so that it adds it once


OVER = "!over"  # where a talk stands whose answers are gone and whose card is still to be removed


def husk(session: Session) -> Session:
    """What is left of a talk that is over, until its card is off her screen: no answer at all."""
    return Session("", OVER, session.language, session.turn, place=session.place)


def interrupt_in(stack: Sequence[str]) -> int | None:
    """Where in a stack of calls an interrupt stands; None for none. It keeps the step she was at."""
    return next((at for at, site in enumerate(stack) if site[0] == "!"), None)


# Made once: `json.dumps` with separators of its own would make a new encoder for every turn.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


_OFTEN_EMPTY = (
    ("m", "misses"), ("s", "stack"), ("p", "pending"), ("w", "said"), ("r", "shown"),
    ("c", "picked"), ("h", "hidden"), ("d", "new_language"), ("e", "in_english"),
    ("u", "sound"), ("b", "nonce"), ("o", "place"), ("k", "counted"),
)  # fmt: skip


def pack(session: Session) -> bytes:
    """Compact JSON; what is empty is left out. Sealing is the store's work, not done here."""
    data: dict[str, object] = {
        "f": session.fingerprint,
        "a": session.at,
        "l": session.language,
        "n": session.turn,
        "t": session.trail,
    }
    for letter, field in _OFTEN_EMPTY:
        value = getattr(session, field)
        if value:
            data[letter] = value
    return _encode(data).encode()


def unpack(data: bytes) -> Session | None:
    """The session in `data`; None when the bytes are not a session, so that she starts afresh."""
    try:
        found = json.loads(data.decode())
        if b"\\u" in data:
            _encode(found).encode()  # half a letter could never be kept again
        return Session(
            fingerprint=str(found["f"]),
            at=str(found["a"]),
            language=str(found["l"]),
            turn=int(found["n"]),
            misses=int(found.get("m", 0)),
            trail=_pairs(found["t"]),
            stack=tuple(str(step) for step in found.get("s", ())),
            pending=_pairs(found.get("p", ())),
            said=tuple(str(step) for step in found.get("w", ())),
            shown=tuple(str(service) for service in found.get("r", ())),
            picked=tuple(str(choice) for choice in found.get("c", ())),
            hidden=bool(found.get("h", 0)),
            new_language=bool(found.get("d", 0)),
            in_english=bool(found.get("e", 0)),
            sound=str(found.get("u", "")),
            nonce=str(found.get("b", "")),
            place=str(found.get("o", "")),
            counted=tuple(str(mark) for mark in found.get("k", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _pairs(items: list[tuple[str, object]]) -> tuple[tuple[str, Answer], ...]:
    # Every answer she gave, on every turn: most are one word.
    return tuple([(str(step), one if type(one) is str else _answer(one)) for step, one in items])


def _answer(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store holds for one key. `version` grows with every save.

    `expired`: its time is over and a channel has still to clean up after it; no answer counts.
    """

    data: bytes
    version: int
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A session that somebody must look after now, though nobody asked for it.

    `painted` says that her screen shows this version.
    """

    key: str
    stored: Stored
    painted: bool


@dataclass(frozen=True, slots=True)
class Painted:
    """Word from a channel that her screen shows `version`.

    The session is due again after `due_seconds`, and at the latest when it expires.
    """

    key: str
    version: int
    due_seconds: float


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session is kept: after its last turn, and from its first turn on at the most."""

    idle_seconds: float = 1800
    most_seconds: float = 5400


class SessionStore(Protocol):
    """Where sessions are kept between turns. Every store passes the one shared suite of tests.

    A session that a channel must clean up after (`tended`) is kept past its time, as expired,
    until it is deleted; every other session goes when its time is over.
    """

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`, or None. Raises StoreUnavailable."""
        ...

    async def save(
        self,
        key: str,
        data: bytes,
        expected_version: int,
        *,
        tended: bool = False,
        update: str = "",
        anew: bool = False,
    ) -> bool:
        """Keep `data` if the version is still `expected_version` (0: nothing kept yet).

        False when somebody else was faster: two workers can never both win, and the loser loads
        and steps again. `update` names what caused this; it is marked as seen together with the
        session, or nothing is, and False comes back when it was seen before. `anew` begins the
        time of the session again. A `tended` session is not painted until `settle` says so.
        Raises StoreUnavailable.
        """
        ...

    async def delete(self, key: str, version: int | None = None) -> None:
        """Forget `key`; nothing of it can be read afterwards.

        With `version` only while it is at that version: what is cleaned up after a talk must not
        take the next one with it. Raises StoreUnavailable.
        """
        ...

    async def seen(self, update: str) -> bool:
        """Whether `update` was saved with some session before. Raises StoreUnavailable."""
        ...

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        """At most `most` sessions to look after, the longest waiting first.

        `unpainted` gives also those that are not due and not painted: what a crash left behind.
        For `hold` seconds nobody else is given them: where several workers look after talks, one
        that dies with it leaves it to the others. Raises StoreUnavailable.
        """
        ...

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Nobody is given these to look after for `seconds` from now. Raises StoreUnavailable."""
        ...

    async def settle(self, painted: Iterable[Painted]) -> None:
        """Mark versions as painted; one that has moved on is passed over. Raises StoreUnavailable."""
        ...
