"""Giving updates to a webhook in the order and with the patience of the real server."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import aiohttp

from tests.telegram.fakeapi.account import Account, Webhook
from tests.telegram.fakeapi.updates import Update, chat_of, kind_of

LONGEST_WAIT = 60.0
PRESS_LIVES = 150.0
LIVES = 24 * 3600.0
KINDS_IN_ONE_QUEUE = {"edited_message": "message", "edited_channel_post": "channel_post"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the name, not the secret


class Parcel(NamedTuple):
    """An update on its way."""

    update: Update
    repeat: bool
    expires: float


class Delivery:
    """One queue for each kind of update and person, one request in flight for each queue.

    The next update of a queue goes out only after a 2xx. After a failure the same one comes again
    at once, then after 2, 4, 8 … seconds, times `pace`.
    """

    def __init__(
        self, account: Account, perform: Callable[[str, dict[str, Any]], Any], pace: float = 1.0
    ) -> None:
        self.pace = pace
        self._account, self._perform = account, perform
        self._queues: dict[tuple[str, int | None], deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None

    def begin(self) -> None:
        """Deliver everything that waits to a webhook that was just set."""
        hook = self._account.webhook
        self._slots = asyncio.Semaphore(hook.max_connections if hook else 40)
        queued = {id(p.update) for queue in self._queues.values() for p in queue}
        for update in self._account.updates.pending.values():
            if id(update) not in queued:
                self.enqueue(update)
        self.repeats()

    def repeats(self) -> None:
        """Deliver what was asked to come again."""
        updates = self._account.updates
        while updates.again:
            updates.flying += 1
            self.enqueue(updates.again.popleft(), repeat=True)

    def enqueue(self, update: Update, *, repeat: bool = False) -> None:
        """Put an update behind the others of its kind and person."""
        kind = kind_of(update)
        key = (KINDS_IN_ONE_QUEUE.get(kind, kind), chat_of(update))
        lives = PRESS_LIVES if kind == "callback_query" else LIVES
        parcel = Parcel(update, repeat, time.monotonic() + lives)
        if (queue := self._queues.get(key)) is not None:
            queue.append(parcel)
            return
        queue = self._queues[key] = deque([parcel])
        task = asyncio.create_task(self._work_off(key, queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all requests."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _work_off(self, key: tuple[str, int | None], queue: deque[Parcel]) -> None:
        failures = 0
        while queue and (hook := self._account.webhook):
            place = await self._choose(queue)
            parcel = queue[place]
            if self._is_over(parcel):
                done, wait = True, 0
            else:
                done, wait = await self._hand_over(hook, parcel)
            if done:
                failures = 0
                del queue[place]
                self._finish(parcel)
                continue
            failures += 1
            delay = wait or (0 if failures == 1 else min(2.0 ** (failures - 1), LONGEST_WAIT))
            await asyncio.sleep(delay * self.pace)
        del self._queues[key]
        for parcel in queue:
            if parcel.repeat:
                self._finish(parcel)

    async def _choose(self, queue: deque[Parcel]) -> int:
        """Which one goes next: the first, unless the script wants two of them to change places."""
        updates = self._account.updates
        if not updates.swaps:
            return 0
        if len(queue) < 2:
            await asyncio.sleep(0.05)
        if len(queue) < 2 or not updates.swaps:
            return 0
        updates.swaps -= 1
        return 1

    def _is_over(self, parcel: Parcel) -> bool:
        """Whether an update is too old, or was dropped or confirmed otherwise."""
        waits = parcel.repeat or parcel.update["update_id"] in self._account.updates.pending
        return not waits or time.monotonic() > parcel.expires

    def _finish(self, parcel: Parcel) -> None:
        updates = self._account.updates
        if parcel.repeat:
            updates.flying -= 1
            updates.settle()
        else:
            updates.confirm(parcel.update["update_id"])

    async def _hand_over(self, hook: Webhook, parcel: Parcel) -> tuple[bool, int]:
        """Post one update: whether it was taken, and how long the other side asks to wait."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        limit = aiohttp.ClientTimeout(total=60)
        async with self._slots:
            self._account.chats.heard(chat_of(parcel.update))
            try:
                async with self._session.post(
                    hook.url, json=parcel.update, headers=headers, timeout=limit
                ) as answer:
                    if answer.ok and answer.status < 300:
                        self._carry_out(await answer.read())
                        return True, 0
                    error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    asked = answer.headers.get("Retry-After", "")
            except (aiohttp.ClientError, TimeoutError) as problem:
                error, asked = f"Connection failed: {type(problem).__name__}", ""
        hook.failed = (int(time.time()), error)
        return False, min(int(asked), 3600) if asked.isdigit() else 0

    def _carry_out(self, body: bytes) -> None:
        """An answer may carry one call; its result is never seen."""
        if not body.startswith(b"{"):
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
            self._perform(method, call)
