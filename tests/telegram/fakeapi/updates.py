"""The updates that wait for the bot, each until it is confirmed."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Any

Update = dict[str, Any]

# Unless asked for, the server leaves these out.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

REMEMBERED = 10_000  # how many updates can come again


def kind_of(update: Update) -> str:
    """The name of the one field beside the id; empty when there is none."""
    return next((key for key in update if key != "update_id"), "")


def chat_of(update: Update) -> int | None:
    """The chat, or else the person, that an update is about; None when that cannot be told."""
    body = update.get(kind_of(update))
    if not isinstance(body, dict):
        return None
    message = body.get("message")
    for holder in (body.get("chat"), (message or {}).get("chat"), body.get("from")):
        if isinstance(holder, dict) and isinstance(holder.get("id"), int):
            return int(holder["id"])
    return None


class Updates:
    """What was not confirmed yet, oldest first; ids only grow."""

    def __init__(self, first_id: int = 700_000_001) -> None:
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.again: deque[Update] = deque()
        self.known: OrderedDict[int, Update] = OrderedDict()
        self.allowed: frozenset[str] | None = None
        self.news = asyncio.Event()
        self.quiet = asyncio.Event()
        self.quiet.set()
        self.dropped = 0  # how many the bot had thrown away
        self.swaps = 0  # how often two updates are still to change places
        self.flying = 0  # repeats that a webhook is being given
        self._next_id = first_id
        self._out_again: list[Update] = []

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def choose(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds the bot wants; None changes nothing, an empty list means all."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def add(self, update: Update) -> Update:
        """Give an update its id and let it wait."""
        numbered = {"update_id": 0} | update | {"update_id": self._next_id}
        self._next_id += 1
        if len(self.known) >= REMEMBERED:
            self.known.popitem(last=False)
        self.pending[numbered["update_id"]] = self.known[numbered["update_id"]] = numbered
        self._woken()
        return numbered

    def repeat(self, update_id: int, times: int = 1) -> Update:
        """Let an update come again under its old id, confirmed or not."""
        update = self.known[update_id]
        self.again.extend([update] * times)
        self._woken()
        return update

    def take(self, offset: int, limit: int) -> list[Update]:
        """Confirm what is below the offset and give the next ones; a negative offset counts from
        the end and forgets what is before it."""
        if offset < 0:
            offset = max(list(self.pending)[offset:][:1], default=0)
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)
        self._out_again = [update for update in self._out_again if update["update_id"] >= offset]
        while self.again:
            self._out_again.append(self.again.popleft())
        batch = self._out_again[:limit]
        for update in self.pending.values():
            if len(batch) >= limit:
                break
            batch.append(update)
        if not batch:
            self.news.clear()
        if self.swaps and len(batch) > 1:
            self.swaps -= 1
            batch[-2:] = reversed(batch[-2:])
        self.settle()
        return batch

    def confirm(self, update_id: int) -> None:
        """Take one update off, as a webhook does."""
        self.pending.pop(update_id, None)
        self.settle()

    def drop(self) -> None:
        """Forget all that waits."""
        self.dropped += len(self.pending)
        self.pending.clear()
        self.again.clear()
        self.settle()

    def settle(self) -> None:
        """Tell who waits for it that nothing is left."""
        if not (self.pending or self.again or self._out_again or self.flying):
            self.quiet.set()

    def _woken(self) -> None:
        self.news.set()
        self.quiet.clear()
