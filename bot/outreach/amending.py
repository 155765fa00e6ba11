"""Amending: a link more, or a revocation, in the text of a worker's file; all else stays as it is.

Each function adds lines or words and takes nothing away, and then reads both texts: unless the
new one says exactly what the old one said and the one thing more, there is an UnclearError.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.documents import Mapping, Scalar, Sequence, read
from bot.exceptions import UnclearError
from bot.outreach.links import MOST_BYTES, Link, Links, links_in, read_links
from bot.problems import Problem

HEADER = """\
# Links that outreach workers share. 'linnet link' writes this file; docs/links.md says how.
# It is for workers only. Keep names and numbers of women out of it.
"""
NEW = f"{HEADER}links:\n"

_FILE = "links"


def with_link(text: str, link: Link) -> str:
    """The text with one link more at the end of its list. Raises UnclearError."""
    links, problems, root = _read(text)
    lines, mark, line_end = _parts(text)
    key = next((name for name, _ in root.entries if name.text == "links"), None)
    new = list(_item(link))
    if key is None:
        lines = _put(lines, len(lines), ["links:", *(f"  {each}" for each in new)], line_end)
    else:
        node = root.get("links")
        at, indent = _end_of_list(lines, root, key, node)
        lines = _put(lines, at, [f"{indent}{each}" for each in new], line_end)
    wanted = replace(links, all=(*links.all, link))
    return _sure(mark + "\n".join(lines), wanted, problems, "the link")


def with_revocation(text: str, code: str, day: date) -> str:
    """The text with `revoked: day` in the link of that code. Raises UnclearError.

    The link must be there and not be revoked.
    """
    links, problems, root = _read(text)
    lines, mark, line_end = _parts(text)
    name, value = _code_of(root, code)
    at, column = name.mark.line - 1, name.mark.column - 1
    line = lines[at]
    if value.mark.line != name.mark.line or not (value.plain or _is_quoted(line, value)):
        raise UnclearError("the code of the link does not stand on one line with its key")
    if line[:column].strip(" -"):  # {code: …, made: …}
        end = value.mark.column - 1 + len(value.text) + (0 if value.plain else 2)
        lines[at] = f"{line[:end]}, revoked: {day}{line[end:]}"
    else:
        lines = _put(lines, at + 1, [f"{' ' * column}revoked: {day}"], line_end)
    revoked = (replace(link, revoked=day) if link.code == code else link for link in links.all)
    wanted = replace(links, all=tuple(revoked))
    return _sure(mark + "\n".join(lines), wanted, problems, "the revocation")


def with_address(text: str, key: str, value: str) -> str:
    """The text with `web` or `bot`, which it must not have yet. Raises UnclearError."""
    links, problems, root = _read(text)
    lines, mark, line_end = _parts(text)
    first = min(name.mark for name, _ in root.entries)
    lines = _put(lines, first.line - 1, [f"{key}: {value}"], line_end)
    wanted = replace(links, web=value) if key == "web" else replace(links, bot=value)
    return _sure(mark + "\n".join(lines), wanted, problems, f"'{key}'")


def _parts(text: str) -> tuple[list[str], str, str]:
    """Lines without the mark at the beginning of the file, that mark, and what ends a line."""
    plain = text.removeprefix("\ufeff")
    return plain.split("\n"), text[: len(text) - len(plain)], "\r" if "\r\n" in text else ""


def _read(text: str) -> tuple[Links, list[Problem], Mapping]:
    """What the text says, what is wrong with it, and its keys; read once, which takes the time."""
    document, problems = read(text.encode(), _FILE, MOST_BYTES)
    if document.root is None or not document.root.entries:
        raise UnclearError("the file cannot be read")
    if any(name.mark.column != 1 for name, _ in document.root.entries):
        raise UnclearError("the keys of the file do not begin their lines")
    return *links_in(document, problems), document.root


def _put(lines: list[str], at: int, new: list[str], end: str) -> list[str]:
    """New lines before line `at`; a last line without an end gets one."""
    ended = [f"{line}{end}" for line in new]
    if at < len(lines):
        return [*lines[:at], *ended, *lines[at:]]
    last = lines[-1:] if not lines[-1] else []
    kept = lines[:-1] if last else [*lines[:-1], f"{lines[-1]}{end}"]
    return [*kept, *ended, ""]


def _end_of_list(lines: list[str], root: Mapping, key: Scalar, node: object) -> tuple[int, str]:
    """Where the next link goes, and how far in; comments below the last link stay below."""
    first = key.mark.line - 1
    later = [name.mark.line - 1 for name, _ in root.entries if name.mark > key.mark]
    after = min(later, default=len(lines))
    if isinstance(node, Scalar) and not node.text:
        return first + 1, "  "
    if not isinstance(node, Sequence):
        raise UnclearError("'links' is no list")
    item = lines[node.mark.line - 1]
    if node.mark.line - 1 == first or not item.lstrip().startswith("-"):
        raise UnclearError("'links' is a list in brackets")
    full = [at for at in range(first, after) if lines[at].strip() and not _is_comment(lines[at])]
    return full[-1] + 1, item[: len(item) - len(item.lstrip())]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _item(link: Link) -> Iterator[str]:
    """A link as lines of the list, without what it does not have. JSON's quotes are YAML's too."""
    yield f"- code: {json.dumps(link.code)}"
    yield f"  made: {link.made}"
    for name in ("venue", "language", "council", "cover"):
        if words := getattr(link, name):
            yield f"  {name}: {json.dumps(words, ensure_ascii=False)}"
    for name, day in (("expires", link.expires), ("revoked", link.revoked)):
        if day:
            yield f"  {name}: {day}"


def _code_of(root: Mapping, code: str) -> tuple[Scalar, Scalar]:
    """The key `code` and its value in the link of that code."""
    node = root.get("links")
    for block in node.items if isinstance(node, Sequence) else ():
        for name, value in block.entries if isinstance(block, Mapping) else ():
            if name.text == "code" and isinstance(value, Scalar) and value.text.strip() == code:
                return name, value
    raise UnclearError("there is no such link")


def _is_quoted(line: str, value: Scalar) -> bool:
    start = value.mark.column - 1
    return line[start : start + len(value.text) + 2] in {f'"{value.text}"', f"'{value.text}'"}


def _sure(after: str, wanted: Links, earlier: list[Problem], what: str) -> str:
    """The new text, when it says what is wanted and has no mistake that the old one had not."""
    data = after.encode()
    if len(data) > MOST_BYTES:
        raise UnclearError("the file is full; take out links that nobody uses any more")
    found, problems = read_links(data, _FILE)
    if found != wanted or len(problems) != len(earlier):
        raise UnclearError(f"{what} cannot be added by a program")
    return after
