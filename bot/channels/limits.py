"""Limits: how often one talk may ask, without a list of who asked.

Four fixed rows of moments. A keyed hash gives a name its place in each row, so a row is as large
for one person as for a million, nothing in it can be turned back into a talk, and nobody can
choose a name that slows somebody else's. Urgent help, hiding and leaving are never limited.

What a flooder can do to one honest person: his names fill places of hers. A name is refused only
where its place is full in every row, so 20,000 flooding names slow one woman in two hundred, and
100,000 of them about one in three; she is slowed for as long as they go on. What he can do to
everybody: take the room for new talks, so that somebody who comes new has to try again. Who is in
a talk feels nothing of it. He can also call for urgent help without end, and each call costs a
whole turn: to limit that would be to leave a woman without it.
"""

import hashlib
from array import array
from collections.abc import Callable

from bot.conversation.messages import Act, Typed, Word

ROWS = 4
SLOTS = 65_536  # in a row; all of them together are 2 MB
BURST = 20  # answers at once
EVERY = 1.0  # seconds for one more

NEW_TALKS = 50  # a second, of all people of a channel together
NEW_AT_ONCE = 2 * NEW_TALKS

# The order counts: Telegram keeps with her card which of them were pressed, by number.
HELP = ("leave", "urgent", "cover", "hide")
_BYTES = 4  # of the hash, for a place


class Limits:
    """A leaky bucket a place (GCRA). `now` gives seconds that only grow, `secret` keys the hash."""

    def __init__(
        self,
        now: Callable[[], float],
        secret: bytes,
        burst: int = BURST,
        every: float = EVERY,
        slots: int = SLOTS,
    ) -> None:
        self._now = now
        self._secret = secret
        self._room = (burst + 1e-6) * every  # a sum of small numbers is not exact
        self._every = every
        self._slots = slots
        self._moments = array("d", bytes(8 * ROWS * slots))

    def allows(self, name: str) -> bool:
        """Whether one more is allowed now; it is counted if so."""
        moments, places = self._moments, self._places(name)
        moment = self._next(places)
        if moment is None:
            return False
        for place in places:
            moments[place] = max(moments[place], moment)
        return True

    def has_room(self, name: str) -> bool:
        """Whether one more would be allowed now; nothing is counted."""
        return self._next(self._places(name)) is not None

    def _next(self, places: list[int]) -> float | None:
        """The moment that one more would put into the places; None where there is no room."""
        now = self._now()
        # Her own count is at most the lowest: what is above it, others put there.
        moment = max(min([self._moments[place] for place in places]), now) + self._every
        return None if moment - now > self._room else moment

    def _places(self, name: str) -> list[int]:
        """Where the name is counted: one place in each row."""
        digest = hashlib.blake2s(name.encode(), key=self._secret, digest_size=ROWS * _BYTES)
        found = digest.digest()
        return [
            row * self._slots
            + int.from_bytes(found[row * _BYTES : (row + 1) * _BYTES], "big") % self._slots
            for row in range(ROWS)
        ]


def new_talks(now: Callable[[], float]) -> Limits:
    """The one bucket for new talks of all people; whatever name it is asked with must not vary."""
    return Limits(now, b"", NEW_AT_ONCE, 1 / NEW_TALKS, slots=1)


def calls_for_help(act: Act, in_need: Callable[[str], bool]) -> bool:
    """Whether the act is one that no limit may hold back; `in_need` looks at typed words."""
    if isinstance(act, Word):
        return act.intent in HELP
    return isinstance(act, Typed) and in_need(act.text)
