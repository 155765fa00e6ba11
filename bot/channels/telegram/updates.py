"""Updates: what Telegram delivers, read field by field into the little that counts here.

No object of the whole update is made: her name, username and language never leave the bytes they
came in, and a field that is new, missing or of the wrong type spoils only its own update.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# Only these kinds are asked for; whatever else comes is answered by silence.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Press:
    """She pressed a button on the message `message`; `query` is to be answered, `data` ours."""

    update: int
    chat: int
    message: int
    query: str
    data: str


@dataclass(frozen=True, slots=True)
class Text:
    """She typed something new."""

    update: int
    chat: int
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Litter:
    """She sent what means nothing here: a photo, a voice, something forwarded or edited."""

    update: int
    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """She blocked the bot or deleted the chat."""

    update: int
    chat: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something happened in a group or channel, where this bot must not be."""

    update: int
    chat: int


Event = Press | Text | Litter | Blocked | Elsewhere
Fields = Mapping[str, object]

_ELSEWHERE = ("group", "supergroup", "channel")
_NOT_HERS = ("forward_origin", "forward_date", "via_bot", "sender_chat", "business_connection_id")


def read(update: object) -> Event | None:
    """The event in one update as decoded from JSON; None for what is not for us or is malformed."""
    fields = _fields(update)
    number = _number(fields, "update_id")
    if number is None:
        return None
    if press := _fields(fields.get("callback_query")):
        return _press(number, press)
    if member := _fields(fields.get("my_chat_member")):
        return _membership(number, member)
    for kind in ("message", "edited_message", "channel_post", "edited_channel_post"):
        if message := _fields(fields.get(kind)):
            return _message(number, message, edited=kind != "message")
    return None


def number_of(update: object) -> int | None:
    """The id of an update, also of one that cannot be read otherwise."""
    return _number(_fields(update), "update_id")


def _press(update: int, press: Fields) -> Event | None:
    query, data = press.get("id"), press.get("data")
    message = _fields(press.get("message"))
    chat = _private(message, press)
    number = _number(message, "message_id")
    if not isinstance(query, str) or chat is None or number is None:
        return None
    return Press(update, chat, number, query, data if isinstance(data, str) else "")


def _membership(update: int, member: Fields) -> Event | None:
    chat = _fields(member.get("chat"))
    status = _fields(member.get("new_chat_member")).get("status")
    number = _number(chat, "id")
    if number is None:
        return None
    if chat.get("type") in _ELSEWHERE:
        # A tuple: an unhashable status must spoil only its own update.
        return None if status in ("left", "kicked") else Elsewhere(update, number)
    return Blocked(update, number) if status == "kicked" else None


def _message(update: int, message: Fields, *, edited: bool) -> Event | None:
    chat = _fields(message.get("chat"))
    if chat.get("type") in _ELSEWHERE:
        place = _number(chat, "id")
        return None if place is None else Elsewhere(update, place)
    person, number = _private(message, message), _number(message, "message_id")
    if person is None or number is None:
        return None
    text = message.get("text")
    # Harm prevented: what she did not type here and now must not count as her answer.
    if edited or not isinstance(text, str) or any(name in message for name in _NOT_HERS):
        return Litter(update, person, number)
    return Text(update, person, number, text)


def _private(message: Fields, sender: Fields) -> int | None:
    """The chat's id when it is private and the sender is the one person in it."""
    chat = _fields(message.get("chat"))
    number = _number(chat, "id")
    hers = number is not None and number == _number(_fields(sender.get("from")), "id")
    return number if hers and chat.get("type") == "private" else None


def _fields(value: object) -> Fields:
    return value if isinstance(value, dict) else {}


def _number(fields: Fields, name: str) -> int | None:
    value = fields.get(name)
    return value if type(value) is int else None
