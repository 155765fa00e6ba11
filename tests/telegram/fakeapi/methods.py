"""The methods of the Bot API, each as the server carries it out."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.telegram.fakeapi import formatting, rules
from tests.telegram.fakeapi.account import Account, Webhook
from tests.telegram.fakeapi.chats import Chat, Message
from tests.telegram.fakeapi.rules import RefusedError, bad

Params = dict[str, Any]


class Said(NamedTuple):
    """A result with the words that the server adds to some of them."""

    result: Any
    description: str


# ---- the pieces


def chat_for(account: Account, params: Params) -> Chat:
    """The chat that a call is about."""
    asked = params.get("chat_id")
    if asked in (None, ""):
        raise bad("chat_id is empty")
    chat = account.chats.rooms.get(rules.whole(asked))
    if chat is None or (chat.described["type"] == "private" and not chat.ids):
        raise bad("chat not found")  # a bot cannot be the first to write
    return chat


def open_chat(account: Account, params: Params) -> Chat:
    """The chat that a call is about, if the bot may write there."""
    chat = chat_for(account, params)
    if chat.blocked:
        raise RefusedError(403, rules.BLOCKED)
    if chat.left:
        raise RefusedError(403, "Forbidden: bot was kicked from the group chat")
    return chat


def message_for(account: Account, chat: Chat, params: Params, purpose: str) -> Message:
    """The message that a call is about, if it still stands in the chat."""
    id = rules.whole(params.get("message_id"))
    if id <= 0 and purpose == "edit":
        raise bad("message identifier is not specified")
    message = account.chats.messages.get(id)
    if message is None or message.chat_id != chat.id or not message.visible:
        raise bad(f"message to {purpose} not found")
    return message


def written(params: Params) -> tuple[str, rules.Entities]:
    """The text of a call with its entities."""
    text, mode = params.get("text"), params.get("parse_mode")
    given = rules.decoded(params, "entities", "can't parse entities: Can't parse JSON object")
    if mode and isinstance(text, str):
        text, given = formatting.parse(text, mode)
    text = rules.check_text(text, given)
    return text, rules.check_entities(given, text)


def rows(params: Params) -> rules.Rows:
    """The inline keyboard of a call."""
    refusal = "can't parse reply keyboard markup JSON object"
    return rules.check_markup(rules.decoded(params, "reply_markup", refusal))


def previews_off(params: Params) -> bool:
    """Whether a call says that links are shown without a preview."""
    options = rules.decoded(params, "link_preview_options", "can't parse link preview options")
    if isinstance(options, dict):
        return rules.flag(options.get("is_disabled"))
    return rules.flag(params.get("disable_web_page_preview"))


def shown(account: Account, message: Message) -> dict[str, Any]:
    """A message as the server gives it to the bot."""
    chat = account.chats.rooms[message.chat_id].described
    sender = account.user if message.from_bot else message.extra["from"]
    given: dict[str, Any] = {
        "message_id": message.id, "from": sender, "chat": chat, "date": max(message.date, 1),
    }  # fmt: skip
    if message.edits:
        given["edit_date"] = int(time.time())
    if message.text:
        given["text"] = message.text
    if message.entities:
        given["entities"] = message.entities
    if message.markup:
        given["reply_markup"] = {"inline_keyboard": message.markup}
    if message.from_bot and message.previews_off:
        given["link_preview_options"] = {"is_disabled": True}
    return given | message.extra


def watch(account: Account, method: str, chat: Chat, params: Params) -> None:
    """Note what a text of the bot breaks of the promises."""
    broke = account.chats.broke
    if params.get("parse_mode"):
        broke("parse_mode", method, chat.id)
    if not previews_off(params):
        broke("link previews not disabled", method, chat.id)


# ---- messages


def send_message(account: Account, params: Params) -> Any:
    chats = account.chats
    chat = chat_for(account, params)
    watch(account, "sendMessage", chat, params)
    silent = rules.flag(params.get("disable_notification"))
    if not silent:
        chats.broke("sound", "sendMessage", chat.id)
    if time.monotonic() - chat.last_update > chats.patience:
        chats.broke("unprompted", "sendMessage", chat.id)
    text, entities = written(params)
    markup = rows(params)
    open_chat(account, params)
    message = chats.write(
        chat, from_bot=True, text=text, entities=entities, markup=markup, silent=silent,
        previews_off=previews_off(params),
    )  # fmt: skip
    return shown(account, message)


def send_voice(account: Account, params: Params) -> Any:
    chats = account.chats
    chat = chat_for(account, params)
    if not rules.flag(params.get("disable_notification")):
        chats.broke("sound", "sendVoice", chat.id)
    if not rules.flag(params.get("protect_content")):
        chats.broke("voice can be forwarded and saved", "sendVoice", chat.id)
    if time.monotonic() - chat.last_update > chats.patience:
        chats.broke("unprompted", "sendVoice", chat.id)
    voice = rules.check_voice(params.get("voice"))
    if not rules.is_opus(voice):
        chats.broke("voice is no Ogg Opus", "sendVoice", chat.id)
    markup = rows(params)
    open_chat(account, params)
    if chat.no_voices:
        raise bad("VOICE_MESSAGES_FORBIDDEN")
    described = {
        "file_id": f"AwACAgQAAxkBAAI{len(chats.messages)}", "file_unique_id": "AgADAgAT",
        "duration": 1, "mime_type": "audio/ogg", "file_size": len(voice),
    }  # fmt: skip
    message = chats.write(
        chat, from_bot=True, markup=markup, silent=rules.flag(params.get("disable_notification")),
        extra={"voice": described},
    )  # fmt: skip
    return shown(account, message)


def edit_message_text(account: Account, params: Params) -> Any:
    text, entities = written(params)
    markup = rows(params)
    chat = open_chat(account, params)
    watch(account, "editMessageText", chat, params)
    message = own_message(account, chat, params)
    if "voice" in message.extra:
        raise bad("there is no text in the message to edit")
    if (message.text, message.entities, message.markup) == (text, entities, markup):
        raise bad(rules.NOT_MODIFIED)
    account.chats.change(message, text, entities)
    message.markup = markup
    message.previews_off = previews_off(params)
    message.edits += 1
    return shown(account, message)


def edit_message_reply_markup(account: Account, params: Params) -> Any:
    markup = rows(params)
    chat = open_chat(account, params)
    message = own_message(account, chat, params)
    if message.markup == markup:
        raise bad(rules.NOT_MODIFIED)
    message.markup = markup
    message.edits += 1
    return shown(account, message)


def own_message(account: Account, chat: Chat, params: Params) -> Message:
    """The message to edit; only the bot's own ones can be."""
    message = message_for(account, chat, params, "edit")
    if not message.from_bot:
        raise bad("message can't be edited")
    return message


def delete_message(account: Account, params: Params) -> Any:
    chat = chat_for(account, params)
    message = message_for(account, chat, params, "delete")
    check_young([message])
    account.chats.remove(message)
    return True


def delete_messages(account: Account, params: Params) -> Any:
    chat = chat_for(account, params)
    ids = rules.decoded(params, "message_ids", "can't parse message_ids JSON object")
    if ids in (None, []):
        raise bad("message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad("expected an Array of message identifiers")
    if len(ids) > rules.ONE_CALL:
        raise bad("too many message identifiers specified")
    if not ids or any(rules.whole(id) <= 0 for id in ids):
        raise bad(
            "invalid message identifier specified"
            if ids
            else "message identifiers are not specified"
        )
    found = [account.chats.messages.get(rules.whole(id)) for id in ids]
    there = [one for one in found if one and one.visible and one.chat_id == chat.id]
    check_young(there)
    for message in there:
        account.chats.remove(message)
    return True


def check_young(messages: list[Message]) -> None:
    """Refuse to delete what is older than 48 hours."""
    oldest = int(time.time()) - rules.TWO_DAYS
    if any(message.date < oldest for message in messages):
        raise bad("message can't be deleted for everyone")


def answer_callback_query(account: Account, params: Params) -> Any:
    asked = account.queries.pop(str(params.get("callback_query_id")), None)
    if asked is None or time.monotonic() - asked[1] > account.answer_seconds:
        raise bad(rules.QUERY_TOO_OLD)
    if len(str(params.get("text") or "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if params.get("text"):
        account.toasts.setdefault(asked[0], []).append(params)
    return True


def send_chat_action(account: Account, params: Params) -> Any:
    open_chat(account, params)
    if not params.get("action"):
        raise bad("wrong parameter action in request")
    return True


# ---- chats


def get_chat(account: Account, params: Params) -> Any:
    described = chat_for(account, params).described
    return {
        **described, "accent_color_id": 0, "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True, "limited_gifts": True, "unique_gifts": True,
            "premium_subscription": True, "gifts_from_channels": True,
        },
    }  # fmt: skip


def get_chat_member(account: Account, params: Params) -> Any:
    chat_for(account, params)
    user_id = rules.whole(params.get("user_id"))
    if user_id == account.id:
        return {"user": account.user, "status": "member"}
    chat = account.chats.rooms.get(user_id)
    if chat is None:
        raise bad("invalid user_id specified")
    person = {key: value for key, value in chat.described.items() if key != "type"}
    return {"user": {"is_bot": False, **person}, "status": "member"}


def leave_chat(account: Account, params: Params) -> Any:
    chat = chat_for(account, params)
    if chat.described["type"] == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.left = True
    return True


# ---- the bot's own page


def get_me(account: Account, params: Params) -> Any:
    return account.user | {
        "can_join_groups": account.can_join_groups, "can_read_all_group_messages": False,
        "supports_inline_queries": account.supports_inline, "can_connect_to_business": False,
        "has_main_web_app": False, "has_topics_enabled": False,
        "allows_users_to_create_topics": False, "can_manage_bots": False,
        "supports_guest_queries": False,
    }  # fmt: skip


def commands_key(params: Params) -> tuple[str, str]:
    """Scope and language; a scope with a chat is another one for every chat."""
    scope = rules.decoded(params, "scope", "can't parse BotCommandScope JSON object")
    scope = scope or {"type": "default"}
    parts = [str(scope.get(part, "")) for part in ("type", "chat_id", "user_id")]
    return ":".join(parts), rules.check_language(params.get("language_code"))


def set_my_commands(account: Account, params: Params) -> Any:
    given = rules.decoded(params, "commands", "can't parse commands JSON object")
    commands, key = rules.check_commands(given), commands_key(params)
    account.commands[key] = commands
    return True


def get_my_commands(account: Account, params: Params) -> Any:
    return account.commands.get(commands_key(params), [])


def delete_my_commands(account: Account, params: Params) -> Any:
    account.commands.pop(commands_key(params), None)
    return True


def page_setter(name: str, limit: int, refusal: str) -> Callable[[Account, Params], Any]:
    """The method that sets one text of the bot's page, in one language or for all."""

    def setter(account: Account, params: Params) -> Any:
        language = rules.check_language(params.get("language_code"))
        account.page[name, language] = rules.check_length(params.get(name), limit, refusal)
        return True

    return setter


def page_getter(name: str) -> Callable[[Account, Params], Any]:
    """The method that gives it back; without one in that language, the one for all."""

    def getter(account: Account, params: Params) -> Any:
        language = rules.check_language(params.get("language_code"))
        everywhere = account.page.get(
            (name, ""), account.user["first_name"] if name == "name" else ""
        )
        return {name: account.page.get((name, language)) or everywhere}

    return getter


# ---- the webhook


def set_webhook(account: Account, params: Params) -> Any:
    url = str(params.get("url") or "")
    if not url:
        return delete_webhook(account, params)
    secret = rules.check_secret(params.get("secret_token"))
    kinds = wanted(params)
    address = urlsplit(url)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost"}:
        raise bad(rules.HTTPS_ONLY)
    account.updates.choose(kinds)
    drop_if_asked(account, params)
    connections = min(max(rules.whole(params.get("max_connections")) or 40, 1), 100)
    before, after = account.webhook, Webhook(url, secret, connections, kinds)
    account.webhook = after
    same = before is not None and (before.url, before.secret) == (url, secret)
    return Said(True, "Webhook is already set" if same else "Webhook was set")


def delete_webhook(account: Account, params: Params) -> Any:
    drop_if_asked(account, params)
    before, account.webhook = account.webhook, None
    return Said(True, "Webhook was deleted" if before else "Webhook is already deleted")


def get_webhook_info(account: Account, params: Params) -> Any:
    hook = account.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "", "has_custom_certificate": False,
        "pending_update_count": len(account.updates.pending),
    }  # fmt: skip
    if hook:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
        if hook.failed:
            info |= {"last_error_date": hook.failed[0], "last_error_message": hook.failed[1]}
    if account.updates.allowed:
        info["allowed_updates"] = sorted(account.updates.allowed)
    return info


def wanted(params: Params) -> list[str] | None:
    """The kinds of updates that a call asks for; None when it does not say."""
    kinds = rules.decoded(params, "allowed_updates", "can't parse allowed updates JSON array")
    if kinds is not None and not isinstance(kinds, list):
        raise bad("expected an Array of String as allowed updates")
    return kinds


def drop_if_asked(account: Account, params: Params) -> None:
    """Forget the waiting updates when a call says so."""
    if rules.flag(params.get("drop_pending_updates")):
        account.updates.drop()


def no_such_method(account: Account, params: Params) -> Any:
    raise RefusedError(404, "Not Found")


_NAME = ("name", 64, "bot name is too long")
_SHORT = ("short_description", 120, "bot short description is too long")
_LONG = ("description", 512, "bot description is too long")

# By the name in the documents; the server does not look at capital letters.
METHODS: dict[str, Callable[[Account, Params], Any]] = {
    "answerCallbackQuery": answer_callback_query,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "deleteMyCommands": delete_my_commands,
    "deleteWebhook": delete_webhook,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageText": edit_message_text,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getMe": get_me,
    "getMyCommands": get_my_commands,
    "getMyDescription": page_getter("description"),
    "getMyName": page_getter("name"),
    "getMyShortDescription": page_getter("short_description"),
    "getWebhookInfo": get_webhook_info,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "sendMessage": send_message,
    "sendVoice": send_voice,
    "setMyCommands": set_my_commands,
    "setMyDescription": page_setter(*_LONG),
    "setMyName": page_setter(*_NAME),
    "setMyShortDescription": page_setter(*_SHORT),
    "setWebhook": set_webhook,
}
NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
