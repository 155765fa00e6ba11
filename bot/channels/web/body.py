"""A body: what is sent, as it is and squeezed. It is squeezed once, when the first browser asks."""

import gzip

LEVEL = 6
LEAST = 500  # bytes; less is not worth it


class Body:
    """The bytes of one answer."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self._squeezed: bytes | None = None

    def squeezed(self) -> bytes | None:
        """The same as gzip has it; None where that is not worth it."""
        if self._squeezed is None and len(self.plain) >= LEAST:
            # No time in it: the same card is the same bytes.
            self._squeezed = gzip.compress(self.plain, LEVEL, mtime=0)
        return self._squeezed
