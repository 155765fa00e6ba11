"""Drafting: the text of a new entry, whole, with every key that is not answered as a comment."""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from bot.directory.questions import QUESTIONS
from bot.directory.reading import parts
from bot.directory.shape import Value

WIDTH = 96
FEW = 40  # letters of choices that still stand on the line of their key

HEAD = """\
# yaml-language-server: $schema=../../service.schema.json
# A draft. No woman sees it while its status is draft.
# A line that begins with '#' is not known yet. To answer it, take the '#' away (and that of the
# line above it that ends with ':'), and write what is true, or one of the words named there.
# Leave out what you do not know, and write no where it is no.
# Then run: linnet check
"""

# What stands where the answer goes. The check refuses each of them, so that a line whose '#' was
# taken away and nothing else never passes for a fact.
_HOLES: Mapping[str, str] = {
    "text": '""',
    "texts": '[""]',
    "words": '{en: ""}',
    "choices": "[word]",
    "languages": "[code]",
    "date": "YYYY-MM-DD",
    "whole": "number",
    "wholes": "[number]",
    "lines": '["Mo-Fr 00:00-00:00"]',
    "lines_or_choice": '["Mo-Fr 00:00-00:00"]',
    "days": "[YYYY-MM-DD..YYYY-MM-DD]",
}


def quoted(text: str) -> str:
    """Text as a YAML value, safe whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def listed(values: Iterable[str]) -> str:
    """Values as a YAML list on one line."""
    return f"[{', '.join(values)}]"


def draft(answers: Mapping[str, str]) -> str:
    """A whole entry. `answers` has YAML values by key of the shape (`contact[].number`).

    A list of blocks gets one block where one of its keys is answered.
    """
    return HEAD + "\n".join(_block("", "", answers)) + "\n"


def _block(prefix: str, indent: str, answers: Mapping[str, str]) -> Iterator[str]:
    for name, part in parts(prefix).items():
        key = f"{prefix}{name}"
        if isinstance(part, Value):
            yield from _value(key, name, part, indent, answers)
        elif part == "block":
            yield from _inner(name, f"{key}.", indent, answers)
        else:
            yield from _list(name, f"{key}[].", indent, answers)


def _value(
    key: str, name: str, value: Value, indent: str, answers: Mapping[str, str]
) -> Iterator[str]:
    if key in answers:
        yield f"{indent}{name}: {answers[key]}"
        return
    choices = ", ".join(value.choices)
    called = QUESTIONS[key].name if key in QUESTIONS else ""
    short = value.kind == "choice" and len(choices) <= FEW
    hole = " | ".join(value.choices) if short else _HOLES.get(value.kind, "word")
    below = "" if short or not choices else "one of" if value.kind == "choice" else "of"
    about = ", ".join(filter(None, (called, below)))
    yield f"{indent}# {name}: {hole}" + (f"  # {about}" if about else "")
    margin = f"{indent}#   # "
    yield from wrap(
        choices if below else "",
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


def _inner(name: str, prefix: str, indent: str, answers: Mapping[str, str]) -> Iterator[str]:
    if _answered(prefix, answers):
        yield f"{indent}{name}:"
        yield from _block(prefix, f"{indent}  ", answers)
    else:
        yield f"{indent}# {name}:"
        yield from (_under(line, indent) for line in _block(prefix, "", {}))


def _list(name: str, prefix: str, indent: str, answers: Mapping[str, str]) -> Iterator[str]:
    inside = list(_block(prefix, "", answers if _answered(prefix, answers) else {}))
    if _answered(prefix, answers):
        yield f"{indent}{name}:"
        # The first key of every list is one it cannot do without, so it is answered here.
        yield f"{indent}  - {inside[0]}"
        yield from (f"{indent}    {line}" for line in inside[1:])
    else:
        empty = answers.get(prefix.removesuffix("[]."))
        yield f"{indent}{name}: {empty}" if empty else f"{indent}# {name}:"
        yield f"{indent}#   - {inside[0].removeprefix('# ')}"
        yield from (_under(line, indent, "  ") for line in inside[1:])


def _under(comment: str, indent: str, deeper: str = "") -> str:
    """A comment line two steps further in, so that a block is right when all '#' are taken away."""
    return f"{indent}#   {deeper}{comment.removeprefix('#').removeprefix(' ')}"


def _answered(prefix: str, answers: Mapping[str, str]) -> bool:
    return any(key.startswith(prefix) for key in answers)
