"""Recording: one more check, written into the text of an entry; all other text stays as it is."""

from bot.directory.model import Check
from bot.documents import Mapping, Scalar, Sequence, read
from bot.exceptions import UnclearError


def with_check(text: str, check: Check) -> str:
    """The text of an entry (any ends of lines) with one check more at the end of `checks`.

    Raises UnclearError when there is no safe place for it. Whoever calls this reads the result
    again before keeping it.
    """
    line = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix("\ufeff").split("\n")
    bom = text[: len(text) - len(text.removeprefix("\ufeff"))]
    return bom + "\n".join(_added(lines, check, line))


def flow_of(check: Check) -> str:
    """A check as an entry has it: `{on: 2026-11-05, by: service, how: phone}`."""
    parts = [f"on: {check.on}", f"by: {check.by}", f"how: {check.how}"]
    parts += [f"groups: [{', '.join(check.groups)}]"] if check.groups else []
    parts += [f"answered: {check.answered}"] if check.answered else []
    return f"{{{', '.join(parts)}}}"


def _added(lines: list[str], check: Check, line: str) -> list[str]:
    document, _ = read("\n".join(lines).encode(), "entry")
    if document.root is None:
        raise UnclearError("the file cannot be read")
    keys = [key for key, _ in document.root.entries]
    if any(key.mark.column != 1 for key in keys):
        raise UnclearError("the keys of the entry do not begin their lines")
    place = next((number for number, key in enumerate(keys) if key.text == "checks"), None)
    if place is None:
        return _at_the_end(lines, check, line)
    first = keys[place].mark.line - 1
    after = keys[place + 1].mark.line - 1 if place + 1 < len(keys) else len(lines)
    node = document.root.get("checks")
    if not isinstance(node, Sequence):
        raise UnclearError("'checks' is no list")
    if node.mark.line - 1 == first or not _is_item(lines[node.mark.line - 1]):
        return _in_brackets(lines, first, after, node, check)
    return _as_item(lines, first, after, check, line)


def _at_the_end(lines: list[str], check: Check, line: str) -> list[str]:
    """As a new list under all that is there; a last line without an end gets one."""
    extra = line.removesuffix("\n")
    ends = [*lines[:-1], f"{lines[-1]}{extra}"] if lines[-1] else lines[:-1]
    return [*ends, f"checks:{extra}", f"  - {flow_of(check)}{extra}", ""]


def _is_item(text: str) -> bool:
    return text.lstrip().startswith("-")


def _as_item(lines: list[str], first: int, after: int, check: Check, line: str) -> list[str]:
    """Under the last item, as far in as the first; comments below it stay below."""
    inside = range(first + 1, after)
    full = [at for at in inside if lines[at].strip() and not lines[at].lstrip().startswith("#")]
    item = next(lines[at] for at in full if _is_item(lines[at]))
    indent = item[: len(item) - len(item.lstrip())]
    extra, last = line.removesuffix("\n"), full[-1]
    new = f"{indent}- {flow_of(check)}{extra}"
    if last == len(lines) - 1:  # the file ends without an end of its last line
        return [*lines[:last], f"{lines[last]}{extra}", new, ""]
    return [*lines[: last + 1], new, *lines[last + 1 :]]


def _in_brackets(
    lines: list[str], first: int, after: int, node: Sequence, check: Check
) -> list[str]:
    """Before the bracket that closes the list; only where no comment could be taken for it."""
    if any(
        "#" in lines[at] for at in range(first, after) if "]" in lines[at] or _closes(lines[at])
    ):
        raise UnclearError("'checks' has a comment beside its brackets")
    last = max((at for at in range(first, after) if "]" in lines[at]), default=None)
    if last is None:
        raise UnclearError("'checks' has no closing bracket")
    before, _, behind = lines[last].rpartition("]")
    comma = "" if not node.items or before.rstrip().endswith(",") else ","
    gap = " " if node.items else ""
    new = f"{before.rstrip()}{comma}{gap}{flow_of(check)}]{behind}"
    return [*lines[:last], new, *lines[last + 1 :]]


def _closes(text: str) -> bool:
    return "]" in text.partition("#")[2]


def same_but_for_checks(before: Mapping, after: Mapping) -> bool:
    """Whether two entries state the same, apart from what was checked."""
    return _without(before) == _without(after)


def _without(root: Mapping) -> list[tuple[str, object]]:
    return [(key.text, _plain(node)) for key, node in root.entries if key.text != "checks"]


def _plain(node: object) -> object:
    """A node without its places in the file."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(each) for each in node.items]
    if isinstance(node, Mapping):
        return [(key.text, _plain(each)) for key, each in node.entries]
    return node
