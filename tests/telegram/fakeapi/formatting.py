"""Texts with `parse_mode`: enough of the two markups to refuse what the server refuses."""

import html
import re
from typing import Any

from tests.telegram.fakeapi.rules import Entities, bad

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
MARKS = {
    "*": ("bold", "Bold"), "_": ("italic", "Italic"), "~": ("strikethrough", "Strikethrough"),
    "`": ("code", "Code"),
}  # fmt: skip
RESERVED = "[]()>#+-=|{}.!"

_TAG = re.compile(r"<(/?)([A-Za-z0-9-]*)([^>]*)(>?)")


def parse(text: str, mode: Any) -> tuple[str, Entities]:
    """The plain text and its entities."""
    match str(mode or "").lower():
        case "" | "none":
            return text, []
        case "html":
            return _html(text)
        case "markdown" | "markdownv2":
            return _markdown(text, strict=str(mode).lower() == "markdownv2")
        case _:
            raise bad("unsupported parse_mode")


def _width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _byte(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))


def _unreadable(words: str) -> Exception:
    return bad(f"can't parse entities: {words}")


def _html(text: str) -> tuple[str, Entities]:
    plain, entities, open_tags, last = "", [], list[tuple[str, int]](), 0
    for tag in _TAG.finditer(text):
        plain += html.unescape(text[last : tag.start()])
        last = tag.end()
        closing, name, _, end = tag.groups()
        name, at = name.lower(), _byte(text, tag.start())
        if not end:
            raise _unreadable(f"Unclosed start tag at byte offset {at}")
        if closing:
            if not open_tags:
                raise _unreadable(f"Unexpected end tag at byte offset {at}")
            opened, start = open_tags.pop()
            if name and name != opened:
                raise _unreadable(
                    f'Unmatched end tag at byte offset {at}, expected "</{opened}>", found "</{name}>"'
                )
            entities.append(
                {"type": TAGS[opened], "offset": start, "length": _width(plain) - start}
            )
        elif name not in TAGS:
            raise _unreadable(f'Unsupported start tag "{name}" at byte offset {at}')
        else:
            open_tags.append((name, _width(plain)))
    if open_tags:
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return plain + html.unescape(text[last:]), entities


def _markdown(text: str, *, strict: bool) -> tuple[str, Entities]:
    plain, entities, opened, at = "", [], dict[str, tuple[int, int]](), 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and at + 1 < len(text):
            at += 1
            plain += text[at]
        elif sign in MARKS:
            if sign in opened:
                start, _ = opened.pop(sign)
                entities.append(
                    {"type": MARKS[sign][0], "offset": start, "length": _width(plain) - start}
                )
            else:
                opened[sign] = (_width(plain), _byte(text, at))
        elif strict and sign in RESERVED:
            raise _unreadable(
                f"Character '{sign}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            plain += sign
        at += 1
    for sign, (_, byte) in opened.items():
        name = f"{MARKS[sign][1]} entity" if strict else "the entity starting"
        raise _unreadable(f"Can't find end of {name} at byte offset {byte}")
    return plain, entities
