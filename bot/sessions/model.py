"""A session: the trail of answers, and the door to where it is kept.

The trail is the session. Position, facts and needs are worked out from it, so going back, a flow
edited overnight and an update delivered twice all follow from the one list. A session holds no
name, no number, no full postcode and nothing she typed.
"""

import json
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


# Made once: `json.dumps` with separators of its own would make a new encoder for every turn.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def pack(session: Session) -> bytes:
    """Compact JSON; what is empty is left out. Sealing is the store's work, not done here."""
    data: dict[str, object] = {
        "f": session.fingerprint,
        "a": session.at,
        "l": session.language,
        "n": session.turn,
        "t": session.trail,
    }
    if session.misses:
        data["m"] = session.misses
    if session.stack:
        data["s"] = session.stack
    if session.pending:
        data["p"] = session.pending
    if session.said:
        data["w"] = session.said
    if session.shown:
        data["r"] = session.shown
    return _encode(data).encode()


def unpack(data: bytes) -> Session | None:
    """The session in `data`; None when the bytes are not a session, so that she starts afresh."""
    try:
        found = json.loads(data)
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
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _pairs(items: list[tuple[str, object]]) -> tuple[tuple[str, Answer], ...]:
    return tuple((str(step), _answer(answer)) for step, answer in items)


def _answer(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store holds for one key. `version` grows with every save."""

    data: bytes
    version: int


class SessionStore(Protocol):
    """Where sessions are kept between turns. Every store passes the one shared suite of tests."""

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`, or None. Raises StoreUnavailable."""
        ...

    async def save(self, key: str, data: bytes, expected_version: int) -> bool:
        """Keep `data` if the version is still `expected_version` (0: nothing kept yet).

        False when somebody else was faster: two workers can never both win, and the loser loads
        and steps again. Raises StoreUnavailable.
        """
        ...

    async def delete(self, key: str) -> None:
        """Forget `key`; nothing of it can be read afterwards. Raises StoreUnavailable."""
        ...
