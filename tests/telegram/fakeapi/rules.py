"""What the real server refuses, in its own words (tdlib/telegram-bot-api and tdlib/td)."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

Entities = list[dict[str, Any]]
Rows = list[list[dict[str, Any]]]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)
WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
    " the webhook first"
)
BLOCKED = "Forbidden: bot was blocked by the user"
HTTPS_ONLY = "bad webhook: An HTTPS URL must be provided for webhook"

TEXT_LIMIT = 4096
BYTES_LIMIT = 1 << 15  # before entities are parsed
ONE_CALL = 100
TWO_DAYS = 48 * 3600

ACTIONS = (
    "url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip
ENTITY_TYPES = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
        "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
        "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
    }
)  # fmt: skip

_CONTROLS = re.compile("[\x00-\x09\x0b-\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e]|\u0333|\u033f|\u030a")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2800\u3164\ufeff\u00ad]*")


class RefusedError(Exception):
    """The server says no: the code, its words, and what it adds to them."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(words: str) -> RefusedError:
    """A refusal with code 400."""
    return RefusedError(400, f"Bad Request: {words}")


# ---- reading parameters


def decoded(params: dict[str, Any], name: str, refusal: str) -> Any:
    """A parameter that is an object or a list; forms and addresses carry it as JSON text.

    The decoded value goes back into `params`, so that tests see one shape for every client.
    """
    value = params.get(name)
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        value = json.loads(value)
    except ValueError:
        raise bad(refusal) from None
    params[name] = value
    return value


def flag(value: Any) -> bool:
    """A truth value as the server reads it."""
    return value is True or str(value).strip().lower() in {"true", "yes", "1"}


def whole(value: Any) -> int:
    """A whole number; 0 for anything else."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


# ---- texts


def cleaned(text: str, entities: Entities | None) -> str:
    """The text as the server keeps it: no control characters, no direction overrides, no blank
    ends. The front is not cut while entities count from it."""
    if not entities:
        text = _DROPPED.sub("", text).lstrip()
    return _CONTROLS.sub(" ", text).rstrip()


def check_text(raw: Any, entities: Entities | None) -> str:
    """A text that may be sent. Its length is counted in code points after the entities were
    parsed, as the server does; UTF-16 units are only for the places of entities."""
    if not isinstance(raw, str) or not raw:
        raise bad("message text is empty")
    if len(raw.encode("utf-8", "surrogatepass")) > BYTES_LIMIT:
        raise bad("message is too long")
    text = cleaned(raw, entities)
    if _INVISIBLE.fullmatch(text):
        raise bad("text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return text


def check_entities(raw: Any, text: str) -> Entities:
    """Entities that lie inside the text, in UTF-16 units."""
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise bad("expected an Array of MessageEntity")
    end = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    for entity in raw:
        _check_entity(entity, end)
    return raw


def _check_entity(entity: Any, end: int) -> None:
    if not isinstance(entity, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    if entity.get("type") not in ENTITY_TYPES:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    start, length = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(length, int):
        raise bad('can\'t parse MessageEntity: Field "offset" must be a valid Number')
    if start < 0 or start >= end:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {start}")
    if start + length > end:
        raise bad(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text"
            f" at UTF-16 offset {start + length}"
        )


# ---- files


def check_voice(raw: Any) -> bytes:
    """The bytes of a voice message. Only what is sent along is taken: nothing of ours stands
    anywhere else."""
    if raw == b"":
        raise bad("file must be non-empty")
    if not raw:
        raise bad("there is no voice in the request")
    if not isinstance(raw, bytes):
        raise bad("wrong remote file identifier specified: Wrong string length")
    return raw


def is_opus(data: bytes) -> bool:
    """Whether her app shows it as a voice message and not as a file with a name."""
    return data.startswith(b"OggS") and b"OpusHead" in data[:64]


# ---- keyboards


def check_markup(raw: Any) -> Rows:
    """The rows of an inline keyboard; nothing and an empty keyboard are both no rows."""
    if not raw:
        return []
    if not isinstance(raw, dict):
        raise bad("object expected as reply markup")
    rows = raw.get("inline_keyboard")
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be of type Array')
    kept = [[button for button in row if _is_button(button)] for row in rows]
    kept = [row for row in kept if row]
    if sum(map(len, kept)) > 100:
        raise bad("reply markup is too long")
    return kept


def _is_button(button: Any) -> bool:
    """Whether a button is kept: the server drops those without a label, and refuses bad ones."""
    if not isinstance(button, dict):
        raise bad("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad('field "text" must be of type String')
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if len(actions) != 1:
        raise bad("text buttons are unallowed in the inline keyboard")
    _check_action(actions[0], button[actions[0]])
    return bool(button["text"])


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode("utf-8", "surrogatepass")) > 64:
            raise bad("BUTTON_DATA_INVALID")
    elif action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= 256:
            raise bad("BUTTON_COPY_TEXT_INVALID")
    elif action == "url" and (wrong := wrong_address(str(value))):
        raise bad(f"inline keyboard button URL '{value}' is invalid: {wrong}")


def wrong_address(url: str) -> str:
    """What the server has against the address of a button; empty if nothing.

    It knows four schemes and reads anything else as a host with a port: so "tel:" fails.
    """
    scheme, found, _ = url.partition("://")
    if found and scheme.lower() not in {"http", "https", "ton", "tg", "tonsite"}:
        return "Unsupported URL protocol"
    if found and scheme.lower() == "tg":
        return ""
    try:
        parts = urlsplit(url if found else f"http://{url}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong port number specified in the URL"
    if not host:
        return "URL host is empty"
    return "" if "." in host or host == "::1" else "Wrong HTTP URL"


# ---- the bot's own page


def check_language(code: Any) -> str:
    """A language code of the bot's page: two letters, or nothing for all languages."""
    code = code or ""
    if code and not re.fullmatch("[a-z]{2}", str(code)):
        raise bad("invalid language code specified")
    return str(code)


def check_commands(raw: Any) -> list[dict[str, str]]:
    """The list of commands as it is kept."""
    if not isinstance(raw, list):
        raise bad("expected an Array of BotCommand")
    if len(raw) > 100:
        raise bad("too many commands specified")
    return [_checked_command(command) for command in raw]


def _checked_command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad("expected an Object")
    name = str(command.get("command", "")).strip().removeprefix("/")
    said = str(command.get("description", "")).strip()
    if not name:
        raise bad("command must be non-empty")
    if len(name) > 32:
        raise bad("command length must not exceed 32")
    if not re.fullmatch("[a-z0-9_]+", name):
        raise bad("BOT_COMMAND_INVALID")
    if not said:
        raise bad("command description must be non-empty")
    if len(said) > 256:
        raise bad("command description length must not exceed 256")
    return {"command": name, "description": said}


def check_length(raw: Any, limit: int, refusal: str) -> str:
    """A text of the bot's page that is not too long."""
    text = str(raw or "")
    if len(text) > limit:
        raise bad(refusal)
    return text


def check_secret(raw: Any) -> str:
    """The secret of a webhook; nothing means none."""
    secret = str(raw or "")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    return secret
