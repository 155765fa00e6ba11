"""The Bot API: the few calls this channel makes, over python-telegram-bot's `Bot`.

The only door to `telegram` and `aiohttp`. `Bot` is used with a request layer of our own: its
httpx one costs five times as much a call and collapses when many are in the air. What Telegram
answers to a send or an edit is cut down before it becomes an object, because it holds her name.

Buttons and entities are plain JSON values: building the library's objects for them and having
them taken apart again would cost more than the whole turn. A test compares them with the
library's own.
"""

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import nullcontext
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlencode

import aiohttp
import telegram
from telegram import error as errors
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.calls import UNWATCHED, Me, Profile, Watch
from bot.channels.telegram.drawing import Drawn
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.updates import KINDS

SECONDS = 8.0  # for one call; after that its effect is not known
# What the network does not take within this is not sent later, also after a call was given up.
# Harm prevented: a worker that was cut off would delete, once it is back, what others sent meanwhile.
UNTAKEN_SECONDS = 1.0
MOST_IDS = 100  # messages in one deletion
CONNECTIONS = 100
T = TypeVar("T")
Headers = Mapping[str, str]
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_DONE = b'{"ok":true,"result":true}'
_EDIT = "/editMessageText"
_SEND = ("/sendMessage", "/sendVoice")
_JSON = {"Content-Type": "application/json"}
_NO_PREVIEW = {"is_disabled": True}


class BotApi:
    """`Api` over HTTP. `base` is the address before the token, as `LINNET_TELEGRAM_API` has it."""

    def __init__(self, token: str, base: str, watch: Watch = UNWATCHED) -> None:
        self._watch = watch
        self._session = _Session()
        self._polling = _Request(self._session)  # it waits for nobody
        self._bot = telegram.Bot(
            token,
            base_url=base,
            request=_Request(self._session, asyncio.Semaphore(CONNECTIONS)),
            get_updates_request=self._polling,
        )

    async def aclose(self) -> None:
        """Let go of every connection."""
        await self._session.close()

    async def send(self, chat: int, drawn: Drawn) -> int:
        """See `Api`."""
        message = await self._timed(
            self._bot.send_message(
                chat, drawn.text, disable_notification=True, api_kwargs=_extras(drawn)
            )
        )
        return message.message_id

    async def say(self, chat: int, sound: bytes) -> int:
        """See `Api`. The name of the file says nothing: it may stand somewhere on her phone."""
        message = await self._calling(
            self._bot.send_voice(
                chat, sound, disable_notification=True, protect_content=True, filename="1.ogg"
            )
        )
        return message.message_id

    async def edit(self, chat: int, message: int, drawn: Drawn) -> None:
        """See `Api`."""
        await self._timed(
            self._bot.edit_message_text(drawn.text, chat, message, api_kwargs=_extras(drawn))
        )

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """See `Api`."""
        for at in range(0, len(messages), MOST_IDS):
            await self._calling(self._bot.delete_messages(chat, messages[at : at + MOST_IDS]))

    async def answer(self, query: str) -> None:
        """See `Api`."""
        await self._calling(self._bot.answer_callback_query(query))

    async def leave(self, chat: int) -> None:
        """See `Api`."""
        await self._calling(self._bot.leave_chat(chat))

    async def updates(self, after: int | None, seconds: int) -> list[object]:
        """See `Api`. As they came: `Bot.get_updates` fails for all of them when one is malformed."""
        asked = {
            "timeout": seconds,
            "allowed_updates": json.dumps(KINDS),
            **({} if after is None else {"offset": after + 1}),
        }
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        answer = await self._calling(self._retrieved(address, seconds + SECONDS))
        found = answer.get("result")
        return found if isinstance(found, list) else []

    async def _retrieved(self, address: str, seconds: float) -> dict[str, object]:
        return _decoded(await self._polling.retrieve(address, read_timeout=seconds))

    # ---- once, at the start

    async def me(self) -> Me:
        """What the bot is."""
        found = await self._calling(self._bot.get_me())
        return Me(
            username=found.username or "",
            joins_groups=bool(found.can_join_groups),
            answers_inline=bool(found.supports_inline_queries),
        )

    async def webhook(self, url: str, secret: str, connections: int) -> None:
        """Have updates delivered to `url`; what is waiting already is delivered too."""
        await self._calling(
            self._bot.set_webhook(
                url,
                max_connections=connections,
                allowed_updates=KINDS,
                secret_token=secret,
                drop_pending_updates=False,
            )
        )

    async def no_webhook(self) -> None:
        """Have updates kept until they are asked for; nothing that waits is dropped."""
        await self._calling(self._bot.delete_webhook(drop_pending_updates=False))

    async def profile(self, language: str) -> Profile:
        """What Telegram shows now. Empty where nothing was set."""
        code = language or None
        name = await self._calling(self._bot.get_my_name(code))
        about = await self._calling(self._bot.get_my_short_description(code))
        commands = await self._calling(self._bot.get_my_commands(language_code=code))
        shown = {command.command: command.description for command in commands}
        return Profile(language, name.name, about.short_description, shown)

    async def set_profile(self, wanted: Profile) -> None:
        """Bring what Telegram shows to `wanted`, with as few calls as that takes."""
        now, code = await self.profile(wanted.language), wanted.language or None
        if now.name != wanted.name:
            await self._calling(self._bot.set_my_name(wanted.name, code))
        if now.about != wanted.about:
            await self._calling(self._bot.set_my_short_description(wanted.about, code))
            await self._calling(self._bot.set_my_description(wanted.about, code))
        if dict(now.commands) != dict(wanted.commands):
            commands = list(wanted.commands.items())
            await self._calling(self._bot.set_my_commands(commands, language_code=code))

    # ---- every call

    async def _calling(self, call: Awaitable[T]) -> T:
        """The result of a call. Raises TelegramFault, without a word of what was sent or received."""
        try:
            found = await call
        except errors.TelegramError as error:
            fault = _fault(error)
            self._watch.ended(fault.fault.value)
            raise fault from None
        self._watch.ended(None)
        return found

    async def _timed(self, call: Awaitable[T]) -> T:
        """The same for a card. One that Telegram did not take is told as a fault only."""
        began = self._watch.now()
        found = await self._calling(call)
        self._watch.took(self._watch.now() - began)
        return found


def _extras(drawn: Drawn) -> dict[str, object]:
    extras: dict[str, object] = {"link_preview_options": _NO_PREVIEW}
    if drawn.entities:
        extras["entities"] = drawn.entities
    if drawn.keyboard:
        extras["reply_markup"] = {"inline_keyboard": drawn.keyboard}
    return extras


def _fault(error: errors.TelegramError) -> TelegramFault:
    if isinstance(error, _FloodedError):
        return TelegramFault(Fault.WAIT, error.seconds)
    if isinstance(error, errors.BadRequest):
        said = error.message.lower()
        missing = "message to edit not found" in said or "message_id_invalid" in said
        return TelegramFault(Fault.GONE if missing else Fault.REFUSED)
    kinds: Mapping[type[errors.TelegramError], Fault] = {
        errors.Forbidden: Fault.BLOCKED,
        errors.InvalidToken: Fault.REVOKED,
        errors.Conflict: Fault.CONFLICT,
    }
    return TelegramFault(kinds.get(type(error), Fault.UNREACHABLE))


# ---- the request layer


class _FloodedError(errors.TelegramError):
    """429. Ours, because the library's own gives the seconds only with a warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__("flooded")
        self.seconds = seconds


class _Session:
    """One HTTP session for all calls, opened with the first."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    def __call__(self) -> aiohttp.ClientSession:
        if self._session is None:
            # No cookies, no proxy of the environment: nothing but Telegram hears of a call.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, socket_factory=_socket),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "bot"},
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket that lets go of what nobody takes, also after the call was given up."""
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        milliseconds = int(UNTAKEN_SECONDS * 1000)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    return made


class _Request(BaseRequest):
    """python-telegram-bot's request layer over aiohttp. `room` is waited for before each call."""

    def __init__(self, session: _Session, room: asyncio.Semaphore | None = None) -> None:
        self._session = session
        self._room = room or nullcontext()

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close: the session is closed by its owner."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: status and body. Raises NetworkError and TimedOut, which name no address."""
        body, headers = _body(request_data)
        seconds = read_timeout if isinstance(read_timeout, int | float) else SECONDS
        try:
            async with (
                # Before the clock runs: a call that waits for others is not Telegram's silence.
                self._room,
                asyncio.timeout(seconds),
                # Harm prevented: an answer that names another address must not send her card there.
                self._session().request(
                    method, url, data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                payload = await response.read()
                status = response.status
        except TimeoutError:
            raise errors.TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise errors.NetworkError(type(error).__name__) from None
        if status == HTTPStatus.OK:
            return status, _cut(url, payload)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise _FloodedError(_retry_after(payload))
        if b"message is not modified" in payload:
            return HTTPStatus.OK, _DONE  # it looks as it should: that is what was wanted
        return status, _refusal(payload)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The answer. Ours, because the library's own logs a broken one with all that is in it."""
        return _decoded(payload)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.MultipartWriter | None, Headers]:
    """What is sent, and what it is: JSON, or a form where a file goes with it."""
    if data is None:
        return None, _JSON
    if not data.contains_files:
        # Once and as a whole: the library's own body has every value encoded twice.
        return _encode(data.parameters).encode(), _JSON
    form = aiohttp.MultipartWriter("form-data")
    for name, value in data.json_parameters.items():
        form.append(value).set_content_disposition("form-data", name=name)
    for name, (filename, content, kind) in data.multipart_data.items():
        part = form.append(content, {"Content-Type": kind})
        part.set_content_disposition("form-data", name=name, filename=filename)
    return form, {"Content-Type": form.content_type}


def _decoded(payload: bytes) -> dict[str, object]:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        raise errors.NetworkError("no JSON") from None
    if not isinstance(found, dict):
        raise errors.NetworkError("no answer")
    return found


def _refusal(payload: bytes) -> bytes:
    """What was said alone: the library fails at what else may stand in a refusal."""
    said = _decoded(payload).get("description")
    return json.dumps({"ok": False, "description": said if isinstance(said, str) else ""}).encode()


def _cut(url: str, payload: bytes) -> bytes:
    """The answer to a send or an edit without what it repeats of her and of the card."""
    if url.endswith(_EDIT):
        return _DONE if payload.startswith(b'{"ok":true') else payload
    if not url.endswith(_SEND):
        return payload
    sent = _decoded(payload).get("result")
    if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
        raise errors.NetworkError("no message")
    little = {"message_id": sent["message_id"], "date": 0, "chat": {"id": 0, "type": "private"}}
    return json.dumps({"ok": True, "result": little}).encode()


def _retry_after(payload: bytes) -> float:
    parameters = _decoded(payload).get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if not isinstance(seconds, int | float):
        return 1.0
    # JSON has numbers too large to wait for, and Python reads words in it as infinite or as none.
    return float(seconds) if 0 <= seconds <= sys.float_info.max else 1.0
