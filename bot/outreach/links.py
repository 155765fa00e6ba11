"""Links: the file of a worker that says what each shared link stands for.

    web: https://example.org
    bot: example_bot
    links:
      - code: "k7m2x9pa"
        made: 2026-11-26
        venue: "Library, second floor"
        language: ur
        council: walsall
        cover: "Notes"
        expires: 2027-02-24
        revoked: 2026-12-01

Only `code` and `made` must be there. Venue and cover name are the worker's own words: they go into
no address and no count. Nothing in the file is about a woman, and a venue that holds a telephone
number or an e-mail address is refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.counting.codes import is_code
from bot.documents import Document, Scalar, read, read_file
from bot.documents import Mapping as Block
from bot.fields import Fields
from bot.problems import Problem, Report

RULES: Mapping[str, str] = {
    "link-code": "The code of a link is not one that 'linnet link' makes.",
    "link-twice": "Two links of one file have the same code.",
    "link-words": "A venue or a cover name is too long, or has signs that it must not have.",
    "link-start": "The language or the council of a link cannot stand in an address.",
    "link-day": "A day of a link is not YYYY-MM-DD, or a link ends before it was made.",
    "link-address": "The web address or the name of the bot cannot be used.",
}

MOST_BYTES = 1024 * 1024  # more than 4,000 links
MOST_VENUE = 80  # letters
MOST_COVER = 40
# Both with a code fill 64 letters, which is the most that Telegram carries.
LANGUAGE = re.compile(r"[A-Za-z0-9-]{1,8}")
COUNCIL = re.compile(r"[A-Za-z0-9-]{1,40}")
# A host in plain letters: a look-alike letter on a printed card would lead somewhere else.
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
WEB = re.compile(
    rf"https://(?=.{{1,253}}\Z){_HOST}(?::[0-9]{{1,5}})?"
    r"|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"
)
BOT = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Controls, marks that turn a line around, halves of letters, and letters that nobody has.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by name that show nothing
_JOINERS = frozenset("\u200c\u200d")  # several of our languages are spelled with them
_MARKUP = frozenset("<>")
_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){8}")  # nine figures or more are no house and no day


class State(StrEnum):
    """What has become of a link. It opens the chat in every state; only an active one counts."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Link:
    """One shared link. Empty texts and days that are None were left out."""

    code: str
    made: date
    venue: str = ""
    language: str = ""
    council: str = ""  # an id
    cover: str = ""
    expires: date | None = None  # the last day on which it counts
    revoked: date | None = None  # the day on which somebody revoked it


@dataclass(frozen=True, slots=True)
class Links:
    """What a file says: where its links lead, and the links in file order, each code once."""

    web: str = ""  # https://host, without a slash behind it
    bot: str = ""  # without the @
    all: tuple[Link, ...] = ()


def state(link: Link, day: date) -> State:
    """What has become of a link by that day. Who revoked it meant it at once, whatever the day."""
    if link.revoked is not None:
        return State.REVOKED
    if link.expires is not None and link.expires < day:
        return State.EXPIRED
    return State.ACTIVE


def find(links: Links, code: str) -> Link | None:
    """The link of that code; None for one that nobody made."""
    return next((link for link in links.all if link.code == code), None)


def unfit(name: str, text: str, most: int) -> str | None:
    """Why these words cannot be the venue or the cover name of a link, in a sentence, or None.

    The words themselves are not in the sentence: it may be shown where others read it.
    """
    if len(text) > most:
        return f"the {name} has {len(text)} letters; use {most} or fewer"
    if odd := next(filter(_is_hidden, text), None):
        return f"the {name} has the hidden character U+{ord(odd):04X}; type it again"
    if _MARKUP.intersection(text):
        return f"the {name} has '<' or '>' in it; use plain words"
    # Harm prevented: the number of a woman in a list of places would say that she was there.
    if "@" in text or _NUMBER.search(text):
        return f"the {name} has a telephone number or an e-mail address in it; name the place only"
    return None


def _is_hidden(letter: str) -> bool:
    hidden = unicodedata.category(letter) in _HIDDEN or letter in _BLANK
    return hidden and letter not in _JOINERS


def web_of(text: str) -> str | None:
    """A web address without a slash at its end; None where no code could stand behind it."""
    plain = text.strip().removesuffix("/")
    return plain if WEB.fullmatch(plain) else None


def bot_of(text: str) -> str | None:
    """The name of a bot without its @; None where Telegram has no such names."""
    plain = text.strip().removeprefix("@")
    return plain if BOT.fullmatch(plain) else None


# What is said of an address that cannot be used, here and by the command.
WEB_WANTED = "write it as https://host, with nothing behind the host"
BOT_WANTED = "write the bot's name, 5 to 32 of a-z, 0-9 and _"


# ---- reading


def read_links_file(path: Path, shown: str) -> tuple[Links, list[Problem]]:
    """The links of a file and all that is wrong with it; `shown` is its path in problems.

    A link with a mistake is left out. Never raises.
    """
    return links_in(*read_file(path, shown, MOST_BYTES))


def read_links(data: bytes, shown: str) -> tuple[Links, list[Problem]]:
    """The same of bytes."""
    return links_in(*read(data, shown, MOST_BYTES))


def links_in(document: Document, problems: list[Problem]) -> tuple[Links, list[Problem]]:
    """The same of a document that was read before, with the problems of its reading."""
    report = Report(document.path, problems)
    if document.root is None:
        return Links(), problems
    fields = Fields(document.root, report, "the file of links")
    web, bot = _address(fields, "web"), _address(fields, "bot")
    found = _links(fields, report)
    fields.done()
    return Links(web, bot, found), sorted(problems)


def _address(fields: Fields, key: str) -> str:
    text = fields.text(key)
    found = (web_of if key == "web" else bot_of)(text) if text else None
    if text and found is None:
        wanted = WEB_WANTED if key == "web" else BOT_WANTED
        mark = fields.key_mark(key)
        fields.report.add(mark, "link-address", f"'{key}' cannot be used; {wanted}")
    return found or ""


def _links(fields: Fields, report: Report) -> tuple[Link, ...]:
    node = fields.node("links")
    if isinstance(node, Scalar) and not node.text:
        return ()  # 'links:' with nothing below it: the last one was taken out
    lines: dict[str, int] = {}
    found = []
    for block in fields.mappings("links"):
        link = _link(block, report)
        if link and link.code in lines:
            first = lines[link.code]
            why = f"'{link.code}' stands here twice, first on line {first}; take one out"
            report.add(block.mark, "link-twice", why)
        elif link:
            lines[link.code] = block.mark.line
            found.append(link)
    return tuple(found)


def _link(block: Block, report: Report) -> Link | None:
    before = len(report.problems)
    fields = Fields(block, report, "a link")
    code = fields.required("code")
    if code and not is_code(code):
        why = "this is no code of a link; 'linnet link new' makes one"
        report.add(fields.key_mark("code"), "link-code", why)
    fields.required("made")
    made, expires, revoked = (_day(fields, key) for key in ("made", "expires", "revoked"))
    if made and expires and expires < made:
        why = f"this link ends on {expires}, before it was made; put one of the days right"
        report.add(fields.key_mark("expires"), "link-day", why)
    venue = _words(fields, "venue", MOST_VENUE)
    cover = _words(fields, "cover", MOST_COVER)
    language = _start(fields, "language", LANGUAGE)
    council = _start(fields, "council", COUNCIL)
    fields.done()
    # Half a link would count where nobody meant it to.
    if len(report.problems) > before or not code or not made:
        return None
    return Link(code, made, venue, language, council, cover, expires, revoked)


def _words(fields: Fields, key: str, most: int) -> str:
    text = fields.text(key) or ""
    if why := unfit(key, text, most):
        fields.report.add(fields.key_mark(key), "link-words", why)
    return text


def _start(fields: Fields, key: str, pattern: re.Pattern[str]) -> str:
    text = fields.text(key) or ""
    if text and not pattern.fullmatch(text):
        why = f"'{key}' must be a short code such as {'ur' if key == 'language' else 'walsall'}"
        fields.report.add(fields.key_mark(key), "link-start", why)
    return text


def _day(fields: Fields, key: str) -> date | None:
    text = fields.text(key)
    if text is None:
        return None
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        fields.report.add(fields.key_mark(key), "link-day", f"'{key}' must be a day, YYYY-MM-DD")
        return None
