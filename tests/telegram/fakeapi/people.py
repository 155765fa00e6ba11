"""People in front of their phones: what they do, and what they see."""

import re
import time
from typing import Any, Protocol

from tests.telegram.fakeapi.account import Account
from tests.telegram.fakeapi.chats import Message, carried
from tests.telegram.fakeapi.updates import chat_of

COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")
FILE = {"file_id": "AgACAgQAAxkBAAIB", "file_unique_id": "AQADAgAT", "file_size": 1024}


def is_voice(message: Message) -> bool:
    """Whether it is to be heard and not to be read."""
    return "voice" in message.extra


class Post(Protocol):
    """What takes an update to the bot."""

    def __call__(self, update: dict[str, Any], /, *, filtered: bool = False) -> int: ...


def commands_in(text: str) -> list[dict[str, Any]]:
    """The entities that the server finds for commands, in UTF-16 units."""
    return [
        {
            "type": "bot_command",
            "offset": len(text[: found.start()].encode("utf-16-le")) // 2,
            "length": len(found[0]),
        }
        for found in COMMAND.finditer(text)
    ]


class Person:
    """One person and her private chat with the bot. `copied` and `opened` are what her last
    press of a button that does not reach the bot left her with."""

    def __init__(self, account: Account, post: Post, described: dict[str, Any]) -> None:
        self.id: int = described["id"]
        self.user = {"id": self.id, "is_bot": False} | described
        named = {key: value for key, value in described.items() if key != "language_code"}
        self.chat = account.chats.open(self.id, named | {"type": "private"})
        self.copied = self.opened = ""
        self._account, self._post = account, post

    # ---- what she sees

    @property
    def visible(self) -> list[Message]:
        """All messages in her chat, in order."""
        return list(self.chat.shown.values())

    @property
    def card(self) -> Message | None:
        """The last message of the bot that she can see and read."""
        shown = reversed(self.chat.shown.values())
        cards = (message for message in shown if message.from_bot and not is_voice(message))
        return next(cards, None)

    @property
    def voices(self) -> list[Message]:
        """The voice messages of the bot that she can see, in order."""
        return [message for message in self.visible if message.from_bot and is_voice(message)]

    @property
    def toasts(self) -> list[str]:
        """The short notes that answers to her presses showed her."""
        return [str(toast["text"]) for toast in self._account.toasts.get(self.id, [])]

    @property
    def on_its_way(self) -> bool:
        """Whether something she did was not taken by the bot yet."""
        return any(chat_of(each) == self.id for each in self._account.updates.pending.values())

    # ---- what she does

    async def send(self, text: str) -> int:
        """Type a text; the id of the message."""
        return self._write(text=text, entities=commands_in(text))

    async def start(self, payload: str = "") -> int:
        """Press Start, perhaps by a link with a payload."""
        return await self.send(f"/start {payload}".rstrip())

    async def press(self, message_id: int, button: str) -> str:
        """Press a button that she sees, named by its label or its data; the id of the query.

        Buttons that copy or open something stay on her phone: the id is empty then.
        """
        message = self.chat.shown.get(message_id)
        buttons = [each for row in message.markup for each in row] if message else []
        for found in buttons:
            if button in (found.get("callback_data"), found["text"]):
                break
        else:
            raise LookupError(f"No button {button!r} on message {message_id}: {buttons}")
        if "callback_data" in found:
            return await self.press_data(message_id, found["callback_data"])
        self.copied = carried(found) if "copy_text" in found else self.copied
        self.opened = carried(found) if "url" in found else self.opened
        return ""

    async def press_data(self, message_id: int, data: str) -> str:
        """Press a button whether it is there or not: an old one, or one of somebody else."""
        query_id = self._account.ask(self.id)
        query = {
            "id": query_id, "from": self.user, "message": self._reachable(message_id),
            "chat_instance": str(-7_000_000_000_000_000 - self.id), "data": data,
        }  # fmt: skip
        self._post({"callback_query": query}, filtered=True)
        return query_id

    async def photo(self) -> int:
        """Send a picture."""
        sizes = [FILE | {"width": 90, "height": 60}, FILE | {"width": 320, "height": 213}]
        return self._write(photo=sizes)

    async def voice(self) -> int:
        """Send a voice message."""
        return self._write(voice=FILE | {"duration": 3, "mime_type": "audio/ogg"})

    async def sticker(self) -> int:
        """Send a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False}
        return self._write(sticker=FILE | kind | {"width": 512, "height": 512, "emoji": "🙂"})

    async def contact(self) -> int:
        """Share her number."""
        card = {"phone_number": "+441214960000", "first_name": self.user["first_name"]}
        return self._write(contact=card | {"user_id": self.id})

    async def location(self) -> int:
        """Share where she is."""
        return self._write(location={"latitude": 52.486244, "longitude": -1.890401})

    async def document(self) -> int:
        """Send a file."""
        return self._write(document=FILE | {"file_name": "canary.pdf"})

    async def forwarded(self, text: str) -> int:
        """Forward somebody's text."""
        hidden = {"type": "hidden_user", "sender_user_name": "Canary Origin"}
        return self._write(text=text, forward_origin=hidden | {"date": int(time.time())})

    async def edit(self, message_id: int, text: str) -> None:
        """Change a message of hers."""
        message = self.chat.shown[message_id]
        self._account.chats.change(message, text, commands_in(text))
        message.edits += 1
        edited = self._described(message) | {"edit_date": int(time.time())}
        self._post({"edited_message": edited}, filtered=True)

    async def delete(self, message_id: int) -> None:
        """Delete a message for both sides; the bot hears nothing of it."""
        self._account.chats.remove(self.chat.shown[message_id])

    async def clear(self) -> None:
        """Delete the whole chat for both sides."""
        for message in self.visible:
            self._account.chats.remove(message)

    async def block(self) -> None:
        """Block the bot."""
        self._became(blocked=True)

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._became(blocked=False)

    def _became(self, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        states = ("member", "kicked") if blocked else ("kicked", "member")
        was, now = (_member(self._account.user, status) for status in states)
        change = {
            "chat": self.chat.described, "from": self.user, "date": int(time.time()),
            "old_chat_member": was, "new_chat_member": now,
        }  # fmt: skip
        self._post({"my_chat_member": change}, filtered=True)

    def _write(
        self, text: str = "", entities: list[dict[str, Any]] | None = None, **extra: Any
    ) -> int:
        message = self._account.chats.write(
            self.chat, from_bot=False, text=text, entities=entities or [], extra=extra
        )
        self._post({"message": self._described(message)}, filtered=True)
        return message.id

    def _described(self, message: Message) -> dict[str, Any]:
        given: dict[str, Any] = {
            "message_id": message.id, "from": self.user, "chat": self.chat.described,
            "date": message.date,
        }  # fmt: skip
        if message.text:
            given["text"] = message.text
        if message.entities:
            given["entities"] = message.entities
        return given | message.extra

    def _reachable(self, message_id: int) -> dict[str, Any]:
        """The message of a button; of one that is gone the server knows only where it was."""
        message = self.chat.shown.get(message_id)
        if message is None:
            return {"chat": self.chat.described, "message_id": message_id, "date": 0}
        given = self._described(message) | {"from": self._account.user}
        if message.edits:
            given["edit_date"] = message.date
        if message.markup:
            given["reply_markup"] = {"inline_keyboard": message.markup}
        return given


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """The bot's place in a chat, in the shape that each status has."""
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": user, "status": status, **until}
