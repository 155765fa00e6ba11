"""Limits: how often one talk may ask, without a list of who asked.

A fixed table of moments, found by a keyed hash: as large for one person as for a million, and
nothing in it can be turned back into a talk. Two talks may share a place; then both are a little
slower. Urgent help and leaving are never limited.
"""

import hashlib
from array import array
from collections.abc import Callable

SLOTS = 65_536
BURST = 20  # answers at once
EVERY = 1.0  # seconds for one more


class Limits:
    """A leaky bucket a slot (GCRA). `now` gives seconds that only grow, `secret` keys the hash."""

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
        self._moments = array("d", bytes(8 * slots))

    def allows(self, name: str) -> bool:
        """Whether one more is allowed now; it is counted if so."""
        digest = hashlib.blake2s(name.encode(), key=self._secret, digest_size=4).digest()
        slot = int.from_bytes(digest, "big") % len(self._moments)
        now = self._now()
        moment = max(self._moments[slot], now) + self._every
        if moment - now > self._room:
            return False
        self._moments[slot] = moment
        return True
