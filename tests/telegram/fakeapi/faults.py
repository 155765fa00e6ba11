"""Faults that Telegram or the way to it shows: scripted for a test, or at random at a rate."""

import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

BEFORE = (
    "too_many", "server_error", "bad_gateway", "reset_before", "hang_before", "forbidden",
)  # fmt: skip
UNANSWERED = ("reset_before", "hang_before")
AFTER = ("hang_after", "reset_after", "garbled", "slow")
OF_UPDATES = ("duplicate", "reorder")
EVERY_KIND = (*BEFORE, *AFTER, *OF_UPDATES)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `seconds` is how long "slow" waits; `retry_after` is for
    "too_many"; a fault with a chat waits for a call about that chat."""

    kind: str
    seconds: float = 1.0
    retry_after: int = 1
    chat: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in EVERY_KIND:
            raise ValueError(f"No fault is called {self.kind}; there are {EVERY_KIND}")


class Faults:
    """The script. `counts` says how many faults of each kind came; `impatient` counts the calls
    that came to a chat before its retry_after had passed."""

    def __init__(
        self,
        seed: int = 0,
        rate: float = 0.0,
        kinds: Iterable[str] = (*BEFORE, *AFTER),
        *,
        spare: Iterable[str] = (),
        seconds: float = 1.0,
        retry_after: int = 1,
    ) -> None:
        self.rate = rate
        self.counts: Counter[str] = Counter()
        self.impatient: Counter[int] = Counter()
        self.spare = frozenset(spare)
        self._of_calls = [Fault(k, seconds, retry_after) for k in kinds if k not in OF_UPDATES]
        self._of_updates = [Fault(k) for k in kinds if k in OF_UPDATES]
        self._random = random.Random(seed)  # noqa: S311 # the same seed must give the same faults
        self._script: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._closed_until: dict[int, float] = {}

    def next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of a method fail so; "*" means any method, "update" any update."""
        self._script[method].extend([fault] * times)

    def draw(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, if any."""
        if self._closed_until and (fault := self._still_closed(chat)):
            return fault
        fault = self._scripted(method, chat) or self._scripted("*", chat)
        if fault is None and self.rate and self._of_calls and method not in self.spare:
            fault = self._at_random(self._of_calls)
        if fault is not None:
            self._note(fault, chat)
        return fault

    def draw_update(self) -> Fault | None:
        """The fault that a new update meets, if any."""
        fault = self._scripted("update", None)
        if fault is None and self.rate and self._of_updates:
            fault = self._at_random(self._of_updates)
        if fault is not None:
            self.counts[fault.kind] += 1
        return fault

    def _at_random(self, choices: list[Fault]) -> Fault | None:
        return self._random.choice(choices) if self._random.random() < self.rate else None

    def _scripted(self, method: str, chat: int | None) -> Fault | None:
        waiting = self._script.get(method)
        if not waiting or waiting[0].chat not in (None, chat):
            return None
        return waiting.popleft()

    def _note(self, fault: Fault, chat: int | None) -> None:
        self.counts[fault.kind] += 1
        if fault.kind == "too_many" and chat is not None:
            self._closed_until[chat] = time.monotonic() + fault.retry_after

    def _still_closed(self, chat: int | None) -> Fault | None:
        """A chat under flood control stays closed until its time has passed."""
        if chat is None or (until := self._closed_until.get(chat)) is None:
            return None
        if (left := until - time.monotonic()) <= 0:
            del self._closed_until[chat]
            return None
        self.impatient[chat] += 1
        return Fault("too_many", retry_after=int(left) + 1)
