"""Shared epochs: keys that several machines work out alike from the one root, by the time of day.

A single machine wipes its keys for good. Here whoever holds the root and a copy of the shared
store's memory can read what was in it; so that store must write no disk, and the root be kept well.
"""

import math
from collections.abc import Callable

from bot.sessions.sealing import (
    EPOCH_SECONDS,
    Cipher,
    cipher_for,
    derive,
    epoch_of,
    opened_with,
    sealed_under,
)


class SharedEpochs:
    """A `Sealing` whose keys come from `root`. `now` gives seconds since 1970.

    `keep_seconds` is how long something sealed can be opened again; a talk must fit into it. What
    another machine sealed whose clock is up to one epoch ahead can be opened too.
    """

    def __init__(self, root: bytes, now: Callable[[], float], keep_seconds: float) -> None:
        self._root = derive(root, "linnet shared epochs")
        self._now = now
        self._keep = math.ceil(keep_seconds / EPOCH_SECONDS) + 1
        self._ciphers: dict[int, Cipher] = {}

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """`data` padded and sealed under the present key. Raises ValueError: too long."""
        epoch = self._present()
        return sealed_under(self._cipher(epoch), epoch, data, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes | None:
        """What was sealed; None when it is not ours, was changed, or its time is over."""
        epoch = epoch_of(sealed)
        return opened_with(self._cipher(epoch), sealed, bound_to) if self._counts(epoch) else None

    def wipe_old(self) -> None:
        """Forget ciphers of epochs past their time, so that a copy of this memory has none."""
        self._ciphers = {
            epoch: cipher for epoch, cipher in self._ciphers.items() if self._counts(epoch)
        }

    def _present(self) -> int:
        return int(self._now() // EPOCH_SECONDS)

    def _counts(self, epoch: int) -> bool:
        present = self._present()
        return epoch >= 0 and present - self._keep < epoch <= present + 1

    def _cipher(self, epoch: int) -> Cipher:
        if epoch not in self._ciphers:
            self._ciphers[epoch] = cipher_for(derive(self._root, f"epoch {epoch}"))
        return self._ciphers[epoch]
