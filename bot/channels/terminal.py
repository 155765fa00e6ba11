"""The terminal channel: cards as text, a line of typing as an act.

On a screen the card replaces the one before and leaves no transcript; in a pipe each card is
written out, with one line of input a turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol, TextIO

from bot.conversation.listening import LISTENING
from bot.conversation.messages import (
    Asking,
    Block,
    Card,
    Incoming,
    Listing,
    Paragraph,
    Result,
    Script,
    Start,
    Typed,
    Way,
)  # fmt: skip
from bot.locales.rendering import from_right
from bot.locales.wrapping import wrap

WIDTH = 76
LONGEST_LINE = 64 * 1024
# Blank the screen and what was scrolled away, so that nothing of the talk stays above the card.
CLEAR = "\x1b[2J\x1b[3J\x1b[H"
KEY = "terminal"


Take = Callable[[Incoming], Card]


class Keyboard(Protocol):
    """Where lines are typed: a file of bytes, or whatever reads like one."""

    def readline(self, most: int, /) -> bytes:
        """A line with its end, or at most so many bytes of it; empty at the end of the input."""


def chat(
    take: Take, keyboard: Keyboard, screen: TextIO, *, language: str | None, live: bool
) -> None:
    """Talk until she leaves or the input ends.

    `take` is the conversation: one act in, one card out. `live` says that a person sits at the
    screen: then the last card waits for one line, so that it can be read before it is wiped.
    Whatever is typed before goes to the conversation and nowhere else.
    """
    typing = lines(keyboard)
    card = take(Incoming(KEY, Start(language)))
    show(card, screen, live=live)
    while not card.ended and (line := next(typing, None)) is not None:
        card = take(Incoming(KEY, Typed(line)))
        show(card, screen, live=live)
    if live and card.ended:
        next(typing, None)


def lines(keyboard: Keyboard) -> Iterator[str]:
    """Lines of typing without their ends; of a longer one only its beginning is looked at."""
    while raw := keyboard.readline(LONGEST_LINE):
        whole = raw
        while len(whole) == LONGEST_LINE and not whole.endswith(b"\n"):
            whole = keyboard.readline(LONGEST_LINE)
        yield raw.decode("utf-8", errors="replace").strip()


def show(card: Card, screen: TextIO, *, live: bool) -> None:
    """Put the card on the screen. The hint of the last card is for a screen: a pipe needs no key."""
    screen.write(CLEAR if live else "")
    screen.write(as_text(card if live or not card.ended else replace(card, hint="")))
    screen.write("\n> " if live and not card.ended else "\n")
    screen.flush()


def as_text(card: Card) -> str:
    """The card as plain text, a blank line between its parts.

    Right-to-left cards keep their direction marks: without them a bidi terminal shows the groups
    of a telephone number in the wrong order.
    """
    parts = [_block(block) for block in card.blocks]
    if card.options:
        numbered = (f"{n:>3}  {option.label}" for n, option in enumerate(card.options, 1))
        parts.append("\n".join(numbered))
    if card.hint:
        parts.append(_wrapped(card.hint))
    # A terminal plays no sound, so none is offered there: she would wait for it in vain.
    words = [control.label for control in card.controls if control.id not in LISTENING]
    if words:
        parts.append(_wrapped(" · ".join(words)))
    text = "\n\n".join(part for part in parts if part)
    return f"{'=' * WIDTH}\n{from_right(text) if card.direction == 'rtl' else text}\n"


def _block(block: Block) -> str:
    if isinstance(block, Script):
        return _script(block)
    return _paragraph(block) if isinstance(block, Paragraph) else _result(block)


def _script(script: Script) -> str:
    lines = [script.heading] if script.heading else []
    for line in script.lines:
        lines.append(_wrapped(line.words, "  "))
        if line.english:
            lines.append(_wrapped(f"({line.english})", "    "))
    return "\n".join([*lines, *(f"  {number}" for number in script.numbers)])


def _paragraph(paragraph: Paragraph) -> str:
    mark = "! " if paragraph.tone == "alert" else ""
    return "\n".join(_wrapped(mark + line) for line in paragraph.text.splitlines())


def _result(result: Result) -> str:
    lines = [f"* {result.name}"]
    lines += [_wrapped(line, "  ") for line in (result.about, *result.lines) if line]
    lines += _listing(result.fits, "+")
    lines += _listing(result.lacks, "-")
    lines += _asking(result.asks)
    for way in result.ways:
        lines += _way(way)
    return "\n".join(lines)


def _listing(listing: Listing | None, mark: str) -> list[str]:
    if listing is None:
        return []
    return [f"  {listing.heading}", *(f"    {mark} {line}" for line in listing.lines)]


def _asking(asking: Asking | None) -> list[str]:
    if asking is None:
        return []
    lines = [f"  {asking.heading}"]
    for question in asking.questions:
        lines.append(_wrapped(f"? {question.words}", "    "))
        if question.english:
            lines.append(_wrapped(f"({question.english})", "      "))
    return [*lines, *([_wrapped(asking.rest, "    ")] if asking.rest else [])]


def _way(way: Way) -> list[str]:
    notes = " · ".join(way.notes)
    return [f"  > {way.label}: {way.shown}", *([_wrapped(notes, "      ")] if notes else [])]


def _wrapped(text: str, indent: str = "") -> str:
    return wrap(text, WIDTH, indent)


def is_live(keyboard: TextIO, screen: TextIO) -> bool:
    """Whether a person sits there, rather than a pipe or a file."""
    return keyboard.isatty() and screen.isatty()


def wipe(screen: TextIO) -> None:
    """Leave an empty screen behind."""
    screen.write(CLEAR)
    screen.flush()
