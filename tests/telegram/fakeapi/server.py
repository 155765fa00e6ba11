"""A strict fake of Telegram's Bot API on loopback, for tests and for measuring."""

import asyncio
import json
import socket
import struct
import time
from collections import deque
from collections.abc import MutableSequence
from types import TracebackType
from typing import Any, NamedTuple, NoReturn, Self

from aiohttp import web

from tests.telegram.fakeapi import rules, strangers
from tests.telegram.fakeapi.account import Account, Webhook
from tests.telegram.fakeapi.chats import Chats
from tests.telegram.fakeapi.delivery import Delivery
from tests.telegram.fakeapi.faults import BEFORE, UNANSWERED, Fault, Faults
from tests.telegram.fakeapi.methods import METHODS, NAMES, Said, no_such_method, wanted
from tests.telegram.fakeapi.people import Person
from tests.telegram.fakeapi.rules import RefusedError
from tests.telegram.fakeapi.updates import Update, chat_of, kind_of

TOKEN = "123456789:AAfake-token_of_a-bot-that_is_noone"  # noqa: S105 # opens nothing
LONGEST_POLL = 50.0
BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class Call(NamedTuple):
    """One call of the bot, with the status it was answered with; 0 if a fault took it
    away before it did anything."""

    method: str
    params: dict[str, Any]
    status: int
    time: float
    chat: int | None


class FakeTelegram:
    """One bot's Telegram. `async with` runs it; `base` is the address before the token."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        script: Faults | None = None,
        can_join_groups: bool = False,
        supports_inline: bool = False,
        username: str = "quiet_notes_bot",
        poll_seconds: float | None = None,
        retry_pace: float = 1.0,
        answer_seconds: float = 15.0,
        keep_calls: int | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.token = token
        self.faults = script or Faults()
        self.calls: MutableSequence[Call] = deque(maxlen=keep_calls) if keep_calls else []
        self.base = ""
        self._host = host
        self.account = Account(
            int(token.partition(":")[0]), username, can_join_groups, supports_inline,
            answer_seconds=answer_seconds,
        )  # fmt: skip
        self.delivery = Delivery(self.account, self._perform, retry_pace)
        self.people: dict[int, Person] = {}
        self._poll_cap = LONGEST_POLL if poll_seconds is None else poll_seconds
        self._poller: asyncio.Future[str] | None = None
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        server = web.Server(self._handle, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0).start()
        self.base = f"http://{self._host}:{self._runner.addresses[0][1]}/bot"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.delivery.stop()
        if self._runner:
            await self._runner.cleanup()

    # ---- what tests look at

    @property
    def chats(self) -> Chats:
        """All chats and what ever stood in them."""
        return self.account.chats

    @property
    def webhook(self) -> Webhook | None:
        """Where updates go, if anywhere."""
        return self.account.webhook

    @property
    def unconfirmed(self) -> list[Update]:
        """The updates that the bot did not confirm yet, oldest first."""
        return list(self.account.updates.pending.values())

    async def settled(self, seconds: float = 5.0) -> None:
        """Wait until every update is confirmed; TimeoutError if that takes longer."""
        async with asyncio.timeout(seconds):
            await self.account.updates.quiet.wait()

    # ---- what tests do

    def person(
        self,
        id: int,
        *,
        first_name: str = "Canary",
        username: str = "canary_name",
        language_code: str = "en",
    ) -> Person:
        """The person with this id, the same one every time."""
        if id not in self.people:
            described = {
                "id": id, "first_name": first_name, "username": username,
                "language_code": language_code,
            }  # fmt: skip
            self.people[id] = Person(self.account, self.deliver, described)
        return self.people[id]

    def group_update(self, kind: str, **details: Any) -> Update:
        """An update from outside private chats, for `deliver`; the kinds are `strangers.KINDS`."""
        return strangers.build(self.account, kind, **details)

    def deliver(self, update: Update, /, *, filtered: bool = False) -> int:
        """Queue an update of any shape; its id. Filtered: only if the bot asked for its kind,
        and 0 if not."""
        updates = self.account.updates
        if filtered and not updates.wants(kind_of(update)):
            return 0
        numbered = updates.add(update)
        self.chats.heard(chat_of(numbered))
        fault = self.faults.draw_update()
        if fault is not None and fault.kind == "reorder":
            updates.swaps += 1
        if self.account.webhook:
            self.delivery.enqueue(numbered)
        update_id = int(numbered["update_id"])
        if fault is not None and fault.kind == "duplicate":
            self.deliver_again(update_id)
        return update_id

    def deliver_again(self, update_id: int, times: int = 1) -> None:
        """Let an update come again under the same id, confirmed or not."""
        self.account.updates.repeat(update_id, times)
        if self.account.webhook:
            self.delivery.repeats()

    # ---- the server

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        _, bot, *rest = request.path.split("/")
        if len(rest) != 1 or not bot.startswith("bot") or ":" not in bot:
            return _answer(*_refusal(RefusedError(404, "Not Found")))
        if bot[3:] != self.token:
            return _answer(*_refusal(RefusedError(401, "Unauthorized")))
        method = NAMES.get(rest[0].lower(), rest[0])
        try:
            params = await _parameters(request)
        except RefusedError as refusal:
            return _answer(*_refusal(refusal))
        chat = rules.whole(params.get("chat_id")) or None
        began = time.time()
        fault = self.faults.draw(method, chat)
        if fault is not None and fault.kind in BEFORE:
            if fault.kind in UNANSWERED:
                self._note(method, params, 0, began, chat)
            status, body = await self._before(request, fault)
            self._note(method, params, status, began, chat)
            return _answer(status, body)
        if method == "getUpdates":
            status, body = await self._get_updates(params)
            self._note(method, params, status, began, chat)
        else:
            status, body = self._perform(method, params)
        if fault is not None:
            body = await self._after(request, fault, body)
        return _answer(status, body)

    def _perform(self, method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        """Carry out a method that needs no waiting."""
        method = NAMES.get(method.lower(), method)
        chat = rules.whole(params.get("chat_id")) or None
        try:
            status, body = _success(METHODS.get(method, no_such_method)(self.account, params))
        except RefusedError as refusal:
            status, body = _refusal(refusal)
        if method in {"setWebhook", "deleteWebhook"} and status == 200:
            self._webhook_changed()
        self._note(method, params, status, time.time(), chat)
        return status, body

    def _webhook_changed(self) -> None:
        if self.account.webhook:
            self._end_poll("Conflict: terminated by setWebhook request")
            self.delivery.begin()

    def _note(
        self, method: str, params: dict[str, Any], status: int, at: float, chat: int | None
    ) -> None:
        if self.chats.allowed is not None and method not in self.chats.allowed:
            self.chats.broke("method not allowed", method, chat)
        self.calls.append(Call(method, params, status, at, chat))

    # ---- long polls

    def _end_poll(self, why: str) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(why)

    async def _get_updates(self, params: dict[str, Any]) -> tuple[int, bytes]:
        if self.account.webhook:
            return _refusal(RefusedError(409, rules.WEBHOOK_IS_ACTIVE))
        try:
            self.account.updates.choose(wanted(params))
            return _success(await self._poll(params))
        except RefusedError as refusal:
            return _refusal(refusal)

    async def _poll(self, params: dict[str, Any]) -> list[Update]:
        """Wait for updates, unless some other call ends the waiting."""
        self._end_poll(rules.TWO_POLLERS)
        ended = self._poller = asyncio.get_running_loop().create_future()
        offset = rules.whole(params.get("offset"))
        limit = min(max(rules.whole(params.get("limit")) or 100, 1), 100)
        seconds = min(max(rules.whole(params.get("timeout")), 0), self._poll_cap)
        deadline = time.monotonic() + seconds
        updates = self.account.updates
        try:
            while not (batch := updates.take(offset, limit)):
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                news = asyncio.ensure_future(updates.news.wait())
                try:
                    await asyncio.wait(
                        {news, ended}, timeout=left, return_when=asyncio.FIRST_COMPLETED
                    )
                finally:
                    news.cancel()
                if ended.done():
                    raise RefusedError(409, ended.result())
        finally:
            if self._poller is ended:
                self._poller = None
        for update in batch:
            self.chats.heard(chat_of(update))
        return batch

    # ---- faults

    async def _before(self, request: web.BaseRequest, fault: Fault) -> tuple[int, bytes]:
        """A fault instead of the effect."""
        match fault.kind:
            case "too_many":
                words = f"Too Many Requests: retry after {fault.retry_after}"
                return _refusal(RefusedError(429, words, retry_after=fault.retry_after))
            case "server_error":
                return _refusal(RefusedError(500, "Internal Server Error"))
            case "forbidden":
                return _refusal(RefusedError(403, rules.BLOCKED))
            case "bad_gateway":
                return 502, BAD_GATEWAY
            case "reset_before":
                return await self._reset(request)
            case _:
                return await self._hang()

    async def _after(self, request: web.BaseRequest, fault: Fault, body: bytes) -> bytes:
        """A fault on top of the effect."""
        match fault.kind:
            case "slow":
                await asyncio.sleep(fault.seconds)
            case "garbled":
                return body[: len(body) // 2]
            case "reset_after":
                await self._reset(request)
            case _:
                await self._hang()
        return body

    async def _hang(self) -> NoReturn:
        """Never answer; this ends when the client goes or the server stops."""
        await asyncio.Event().wait()
        raise AssertionError("Nothing sets this event")

    async def _reset(self, request: web.BaseRequest) -> NoReturn:
        """Break the connection hard, so that the client's system says so at once."""
        if request.transport is not None:
            own = request.transport.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.transport.abort()
        await self._hang()


# ---- bodies


def _success(result: Any) -> tuple[int, bytes]:
    said = {"ok": True, "result": result}
    if isinstance(result, Said):
        said = {"ok": True, "result": result.result, "description": result.description}
    return 200, json.dumps(said, separators=(",", ":")).encode()


def _refusal(refusal: RefusedError) -> tuple[int, bytes]:
    said: dict[str, Any] = {
        "ok": False, "error_code": refusal.code, "description": refusal.description,
    }  # fmt: skip
    if refusal.parameters:
        said["parameters"] = refusal.parameters
    return refusal.code, json.dumps(said, separators=(",", ":")).encode()


def _answer(status: int, body: bytes) -> web.Response:
    kind = "text/html" if body is BAD_GATEWAY else "application/json"
    return web.Response(status=status, body=body, content_type=kind)


def _content(value: Any) -> Any:
    """A field of a form; of a file its bytes."""
    if not isinstance(value, web.FileField):
        return value
    with value.file:
        return value.file.read()


async def _parameters(request: web.BaseRequest) -> dict[str, Any]:
    """The parameters, from the address and from a body in any of the three shapes."""
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return params
    if request.content_type != "application/json":
        return params | {name: _content(value) for name, value in (await request.post()).items()}
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise rules.bad("can't parse JSON object") from None
    return params | body if isinstance(body, dict) else params
