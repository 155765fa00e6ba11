"""Updates from outside private chats, which this bot must leave alone."""

import time
from collections.abc import Callable
from typing import Any

from tests.telegram.fakeapi.account import Account

Update = dict[str, Any]
GROUP, CHANNEL = -1001234567890, -1009876543210


def build(account: Account, kind: str, *, text: str = "Canary", user_id: int = 77) -> Update:
    """An update of one of `KINDS`, not queued yet; its chat exists from now on."""
    return KINDS[kind](account, text, user_id)


def _user(id: int) -> Update:
    return {"id": id, "is_bot": False, "first_name": "Stranger", "language_code": "en"}


def _message(account: Account, chat: Update, text: str, user_id: int, **rest: Any) -> Update:
    room = account.chats.open(chat["id"], chat)
    sender = _user(user_id)
    kept = account.chats.write(room, from_bot=False, text=text, extra={"from": sender})
    body = {"message_id": kept.id, "from": sender, "chat": chat, "date": kept.date, "text": text}
    return body | rest


def _group() -> Update:
    return {"id": GROUP, "type": "supergroup", "title": "A group"}


def _group_message(account: Account, text: str, user_id: int) -> Update:
    return {"message": _message(account, _group(), text, user_id)}


def _added(account: Account, text: str, user_id: int) -> Update:
    account.chats.open(GROUP, _group())
    change = {
        "chat": _group(), "from": _user(user_id), "date": int(time.time()),
        "old_chat_member": {"user": account.user, "status": "left"},
        "new_chat_member": {"user": account.user, "status": "member"},
    }  # fmt: skip
    return {"my_chat_member": change}


def _group_press(account: Account, text: str, user_id: int) -> Update:
    query = {
        "id": account.ask(user_id), "from": _user(user_id), "chat_instance": "-7", "data": text,
        "message": _message(account, _group(), text, user_id),
    }  # fmt: skip
    return {"callback_query": query}


def _channel_post(account: Account, text: str, user_id: int) -> Update:
    chat = {"id": CHANNEL, "type": "channel", "title": "A channel"}
    post = _message(account, chat, text, user_id, sender_chat=chat)
    del post["from"]
    return {"channel_post": post}


def _inline_query(account: Account, text: str, user_id: int) -> Update:
    query = {"id": account.ask(user_id), "from": _user(user_id), "query": text, "offset": ""}
    return {"inline_query": query}


def _business_message(account: Account, text: str, user_id: int) -> Update:
    """A message in somebody else's private chat, which the bot only reads."""
    chat = {"id": user_id, "type": "private", "first_name": "Stranger"}
    body = {"message_id": 1, "from": _user(user_id), "chat": chat, "date": int(time.time())}
    return {"business_message": body | {"text": text, "business_connection_id": "canary"}}


def _guest_message(account: Account, text: str, user_id: int) -> Update:
    body = _message(account, _group(), text, user_id)
    return {"guest_message": body | {"guest_query_id": account.ask(user_id)}}


def _unknown(account: Account, text: str, user_id: int) -> Update:
    return {"telepathy": {"from": _user(user_id), "thought": text}}


KINDS: dict[str, Callable[[Account, str, int], Update]] = {
    "group_message": _group_message,
    "added_to_group": _added,
    "group_press": _group_press,
    "channel_post": _channel_post,
    "inline_query": _inline_query,
    "business_message": _business_message,
    "guest_message": _guest_message,
    "unknown": _unknown,
}
