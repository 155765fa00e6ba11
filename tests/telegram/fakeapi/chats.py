"""The chats as a person sees them, with all that ever stood in them, for tests to judge by."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# What a private chat needs. Asking about a person (getChat, getChatMember) is not on the list.
ALLOWED = frozenset(
    {
        "answerCallbackQuery", "deleteMessage", "deleteMessages", "deleteMyCommands",
        "deleteWebhook", "editMessageReplyMarkup", "editMessageText", "getMe", "getMyCommands",
        "getMyDescription", "getMyName", "getMyShortDescription", "getUpdates", "getWebhookInfo",
        "leaveChat", "sendChatAction", "sendMessage", "sendVoice", "setMyCommands", "setMyDescription",
        "setMyName", "setMyShortDescription", "setWebhook",
    }
)  # fmt: skip


class Violation(NamedTuple):
    """One promise that the bot broke: which, by what method, in whose chat."""

    rule: str
    method: str
    chat: int | None


@dataclass(slots=True)
class Message:
    """A message, hers or the bot's. `history` holds every text that it ever showed, in order."""

    id: int
    chat_id: int
    from_bot: bool
    date: int
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    markup: list[list[dict[str, Any]]] = field(default_factory=list)
    silent: bool = False
    previews_off: bool = False
    edits: int = 0
    extra: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    visible: bool = True

    @property
    def keyboard(self) -> list[list[tuple[str, str]]]:
        """The rows as (label, callback data or text to copy or address)."""
        return [[(button["text"], carried(button)) for button in row] for row in self.markup]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons in reading order."""
        return [button["text"] for row in self.markup for button in row]


def carried(button: dict[str, Any]) -> str:
    """What pressing a button sends, copies or opens."""
    if "copy_text" in button:
        return str(button["copy_text"]["text"])
    return str(button.get("callback_data", button.get("url", "")))


@dataclass(slots=True)
class Chat:
    """One chat: who is in it, and what can be seen in it now, by id in the order of sending."""

    id: int
    described: dict[str, Any]
    shown: dict[int, Message] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    sends: int = 0
    blocked: bool = False
    left: bool = False
    no_voices: bool = False  # she takes no voice messages from anybody
    last_update: float = 0.0


class Chats:
    """All chats of one bot account; the ids of messages are one sequence over all of them."""

    def __init__(self) -> None:
        self.rooms: dict[int, Chat] = {}
        self.messages: dict[int, Message] = {}
        self.violations: list[Violation] = []
        self.allowed: frozenset[str] | None = ALLOWED
        self.patience = 30.0  # seconds after her last update in which a send is an answer to it
        self._last_id = 0

    # ---- what happens

    def open(self, id: int, described: dict[str, Any]) -> Chat:
        """The chat of this id, new if need be."""
        if (chat := self.rooms.get(id)) is None:
            chat = self.rooms[id] = Chat(id, described)
        return chat

    def write(self, chat: Chat, *, from_bot: bool, text: str = "", **rest: Any) -> Message:
        """Put a new message into a chat."""
        self._last_id += 1
        message = Message(self._last_id, chat.id, from_bot, int(time.time()), text, **rest)
        message.history.append(text)
        self.messages[message.id] = chat.shown[message.id] = message
        chat.ids.append(message.id)
        chat.sends += from_bot
        return message

    def change(self, message: Message, text: str, entities: list[dict[str, Any]]) -> None:
        """Give a message another text; the old one stays in its history."""
        message.text, message.entities = text, entities
        if message.history[-1] != text:
            message.history.append(text)

    def remove(self, message: Message) -> None:
        """Take a message out of everybody's sight."""
        message.visible = False
        self.rooms[message.chat_id].shown.pop(message.id, None)

    def heard(self, chat_id: int | None) -> None:
        """Note that an update of this chat was made or handed out just now."""
        if chat_id is not None and (chat := self.rooms.get(chat_id)):
            chat.last_update = time.monotonic()

    def broke(self, rule: str, method: str, chat: int | None) -> None:
        """Note a broken promise."""
        self.violations.append(Violation(rule, method, chat))

    # ---- what tests ask

    def bot_messages(self, chat_id: int) -> list[Message]:
        """The bot's messages that can be seen in a chat now."""
        return [message for message in self._shown(chat_id) if message.from_bot]

    def sends(self, chat_id: int) -> int:
        """How many messages the bot ever sent to a chat."""
        chat = self.rooms.get(chat_id)
        return chat.sends if chat else 0

    def silent_all(self) -> bool:
        """Whether every message the bot ever sent came without a sound."""
        return all(message.silent for message in self.messages.values() if message.from_bot)

    def every_id(self, chat_id: int) -> list[int]:
        """The id of every message that ever stood in a chat."""
        chat = self.rooms.get(chat_id)
        return list(chat.ids) if chat else []

    def every_text(self, chat_id: int) -> list[str]:
        """Every text that the bot ever showed in a chat, also the replaced and deleted ones."""
        messages = (self.messages[id] for id in self.every_id(chat_id))
        return [text for message in messages if message.from_bot for text in message.history]

    def age(self, message_id: int, hours: float) -> None:
        """Make a message older by so many hours."""
        self.messages[message_id].date -= int(hours * 3600)

    def quiet(self, chat_id: int, seconds: float) -> None:
        """Let so many seconds pass since the last update of a chat."""
        self.rooms[chat_id].last_update -= seconds

    def _shown(self, chat_id: int) -> Iterator[Message]:
        if chat := self.rooms.get(chat_id):
            yield from chat.shown.values()
