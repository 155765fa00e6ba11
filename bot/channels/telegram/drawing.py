"""Drawing: a card as the text, the marks and the buttons of one message.

Plain text with entities and never a parse mode: an entry that holds `<` or `*` must not break the
message. A long card is cut into pages; its answers stand on every page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.channels import buttons
from bot.channels.telegram.widths import fits
from bot.conversation.messages import (
    Asking,
    Block,
    Card,
    Control,
    Labels,
    Listing,
    Paragraph,
    Result,
    Script,
    Way,
)
from bot.locales.rendering import from_right

PAGE_UNITS = 1500  # of text on one page of a list of services
MOST_UNITS = 4000  # UTF-16 units; Telegram takes 4096 characters, which are never more units
MOST_COPIES = 6  # buttons that copy a number, on one page
MOST_COPIED = 256  # characters; Telegram would refuse the whole card for one that is longer
SHORT_ROW = 30  # characters of labels that fit beside each other on a small phone
TWO_A_ROW = 16  # characters of a label that leaves room for another beside it
MANY = 8  # answers; more than that stand two a row where they are short
FIXED = ("urgent", "leave")

Button = dict[str, object]
Row = list[Button]
BOLD = "bold"  # no italics: they are hard to read, and no script of Urdu or Punjabi has them
_BOLD_TONES = frozenset({"ask", "alert"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message: its text, its marks (UTF-16 offsets), its rows of buttons, how many pages."""

    text: str
    entities: list[dict[str, object]]
    keyboard: list[Row]
    page: int = 0
    pages: int = 1


class _Piece(NamedTuple):
    """Words on lines of their own. `apart` leaves a line free above them."""

    text: str
    look: str = ""
    apart: bool = False


class _Part(NamedTuple):
    """What is never cut apart: a paragraph or a service, and the numbers in it.

    `heads` says that it belongs to what comes below it; `english` reads from the left anywhere.
    """

    pieces: tuple[_Piece, ...]
    copies: tuple[tuple[str, str], ...] = ()  # what is shown behind "Copy", what is copied
    heads: bool = False
    english: bool = False

    @property
    def units(self) -> int:
        return sum(_units(piece.text) + 1 + piece.apart for piece in self.pieces) + 1


def draw(card: Card, page: int = 0) -> Drawn:
    """The card's page, counted from 0; the last one where there are not so many."""
    # Harm prevented: only lists are cut short. On an urgent card everything stands on one page.
    listed = any(isinstance(block, Result) and block.lines for block in card.blocks)
    pages = _paged(_parts(card), PAGE_UNITS if listed else MOST_UNITS)
    page = min(page, len(pages) - 1)
    parts = pages[page]
    text, entities = _composed(parts)
    keyboard = _keyboard(card, parts, page, len(pages))
    return Drawn(text, entities, keyboard, page, len(pages))


# ---- words


def _parts(card: Card) -> list[_Part]:
    rtl = card.direction == "rtl"
    whole = [_part(block, card.labels) for block in card.blocks]
    if is_told(card):
        lines = (f"{place}. {option.label}" for place, option in enumerate(card.options, 1))
        whole.append(_Part(tuple(_Piece(line) for line in lines)))
    return [part for one in whole for part in _cut(_turned(one) if rtl else one)]


def _turned(part: _Part) -> _Part:
    """Every line marked as right-to-left, also one that begins with a Latin name or a number.

    Whole paragraphs of English stay as they are: their full stop would jump to the front.
    """
    if part.english:
        return part
    pieces = (piece._replace(text=from_right(piece.text)) for piece in part.pieces)
    return part._replace(pieces=tuple(pieces))


def _part(block: Block, labels: Labels | None) -> _Part:
    if isinstance(block, Paragraph):
        look = BOLD if block.tone in _BOLD_TONES else ""
        piece = _Piece(block.text, look)
        return _Part((piece,), heads=block.tone == "note", english=block.english)
    if isinstance(block, Script):
        return _Part(tuple(_script(block)), tuple(_text_copy(block)) if labels else ())
    copies = tuple(_copies(block.ways)) if labels else ()
    return _Part(tuple(_result(block)), copies)


def _result(result: Result) -> Iterator[_Piece]:
    yield _Piece(result.name, BOLD)
    yield from (_Piece(line) for line in (result.about, *result.lines) if line)
    yield from _listing(result.fits, "✓")
    yield from _listing(result.lacks, "–")
    yield from _asking(result.asks)
    more = bool(result.about or result.lines)
    for number, way in enumerate(result.ways):
        yield _Piece(f"{way.label}: {way.shown}", apart=more and number == 0)
        if way.notes:
            yield _Piece(" · ".join(way.notes))


def _script(script: Script) -> Iterator[_Piece]:
    if script.heading:
        yield _Piece(script.heading, BOLD)
    for line in script.lines:
        yield _Piece(line.words, apart=True)
        if line.english:
            yield _Piece(f"({line.english})")
    for number, shown in enumerate(script.numbers):
        yield _Piece(shown, apart=number == 0)


def _text_copy(script: Script) -> Iterator[tuple[str, str]]:
    """The fullest text that a button can copy; where none is short enough, the shortest in parts."""
    whole = next((text for text in script.copies if 0 < _units(text) <= MOST_COPIED), "")
    if whole:
        yield "", whole
        return
    parts = list(_lines_together(script.copies[-1])) if script.copies else []
    yield from ((f"{number}/{len(parts)}", text) for number, text in enumerate(parts, 1))


def _lines_together(text: str) -> Iterator[str]:
    """As many whole lines as a button can copy, and again; a line that is too long is left out."""
    taken = ""
    for line in (each for each in text.split("\n") if 0 < _units(each) <= MOST_COPIED):
        longer = f"{taken}\n{line}" if taken else line
        if _units(longer) > MOST_COPIED:
            yield taken
            longer = line
        taken = longer
    if taken:
        yield taken


def _listing(listing: Listing | None, mark: str) -> Iterator[_Piece]:
    if listing:
        yield _Piece(listing.heading, apart=True)
        yield from (_Piece(f"{mark} {line}") for line in listing.lines)


def _asking(asking: Asking | None) -> Iterator[_Piece]:
    if asking is None:
        return
    yield _Piece(asking.heading, apart=True)
    for question in asking.questions:
        yield _Piece(f"? {question.words}")
        if question.english:
            yield _Piece(f"({question.english})")
    if asking.rest:
        yield _Piece(asking.rest)


def _copies(ways: Iterable[Way]) -> Iterator[tuple[str, str]]:
    for way in ways:
        scheme, _, number = (way.link or "").partition(":")
        if scheme in {"tel", "sms"} and 0 < len(number) <= MOST_COPIED:
            yield way.shown, number


def _units(text: str) -> int:
    """The length as Telegram's marks count it."""
    # Looking at every letter took most of the time of a whole card.
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


# ---- pages


def _cut(part: _Part) -> Iterator[_Part]:
    """A part too long for any message, in several that fit."""
    if part.units <= MOST_UNITS:
        yield part
        return
    taken: list[_Piece] = []
    copies = part.copies
    for piece in (short for long in part.pieces for short in _shortened(long)):
        if taken and _Part((*taken, piece)).units > PAGE_UNITS:
            yield _Part(tuple(taken), copies)
            taken, copies = [], ()
        taken.append(piece)
    yield _Part(tuple(taken), copies)


def _shortened(piece: _Piece) -> Iterator[_Piece]:
    size = PAGE_UNITS // 2
    for at in range(0, max(len(piece.text), 1), size):
        yield _Piece(piece.text[at : at + size], piece.look)


def _paged(parts: Sequence[_Part], units: int) -> list[list[_Part]]:
    pages: list[list[_Part]] = [[]]
    room = units
    for part in parts:
        if pages[-1] and part.units > room:
            pages.append(_taken_along(pages[-1], part))
            room = units - sum(one.units for one in pages[-1])
        pages[-1].append(part)
        room -= part.units
    return pages


def _taken_along(page: list[_Part], part: _Part) -> list[_Part]:
    """The heading at the end of a page, which belongs to the next one, where both fit on it."""
    fits = page[-1].units + part.units <= MOST_UNITS
    return [page.pop()] if len(page) > 1 and page[-1].heads and fits else []


def _composed(parts: Sequence[_Part]) -> tuple[str, list[dict[str, object]]]:
    texts: list[str] = []
    entities: list[dict[str, object]] = []
    at = 0
    for part in parts:
        for number, piece in enumerate(part.pieces):
            gap = "" if not texts else "\n\n" if piece.apart or not number else "\n"
            at += len(gap)
            length = _units(piece.text)
            if piece.look and length:
                entities.append({"type": piece.look, "offset": at, "length": length})
            texts += [gap, piece.text]
            at += length
    return "".join(texts), entities


# ---- buttons


def is_told(card: Card) -> bool:
    """Whether its answers stand in the text too, with numbers: a button would cut one short.

    Harm prevented: two answers that begin alike look the same where the rest is cut off.
    """
    return card.state == "open" and not all(fits(option.label) for option in card.options)


def _labels(card: Card) -> list[str]:
    numbered = is_told(card)
    return [
        f"{place}. {option.label}" if numbered else option.label
        for place, option in enumerate(card.options, 1)
    ]


def _keyboard(card: Card, parts: Sequence[_Part], page: int, pages: int) -> list[Row]:
    labels = card.labels
    if card.ended:
        return []
    if labels is None:
        return [[_button(one.label, buttons.word(card, one.id))] for one in card.controls]
    match card.state:
        case "hidden":
            return [[_button(labels.open, buttons.word(card, "open"))]]
        case "closed":
            return [[_button(labels.open, buttons.begin(card))]]
        case "covered":
            leave = [_button(labels.close, buttons.word(card, "leave"))]
            return [*_answers(card, labels), leave]
    return [
        *_pages(card, labels, page, pages),
        *_copy_rows(parts, labels),
        *_answers(card, labels),
        *_controls(card, labels),
    ]


def _answers(card: Card, labels: Labels) -> list[Row]:
    if card.many:
        rows = [
            [_switch(card, option.id, label, on=option.picked)]
            for option, label in zip(card.options, _labels(card), strict=True)
        ]
        chosen = any(option.picked for option in card.options)
        return [*rows, [_button(labels.done, buttons.done(card))]] if chosen else rows
    row = [
        _button(label, buttons.choice(card, option.id))
        for option, label in zip(card.options, _labels(card), strict=True)
    ]
    short = all(len(option.label) <= TWO_A_ROW for option in card.options)
    return _in_rows(row, 2 if short and len(row) > MANY else 1)


def _switch(card: Card, id: str, label: str, *, on: bool) -> Button:
    return _button(f"{'☑' if on else '☐'} {label}", buttons.switch(card, id, on=not on))


def _pages(card: Card, labels: Labels, page: int, pages: int) -> list[Row]:
    beside = [number for number in (page - 1, page + 1) if 0 <= number < pages]
    named = [(f"{labels.page} {number + 1}/{pages}", number) for number in beside]
    row = [_button(label, buttons.page(card, number)) for label, number in named]
    return [row] if row else []


def _copy_rows(parts: Sequence[_Part], labels: Labels) -> list[Row]:
    copies = dict.fromkeys(copy for part in parts for copy in part.copies)
    return [
        [{"text": f"{labels.copy} {shown}".rstrip(), "copy_text": {"text": number}}]
        for shown, number in list(copies)[:MOST_COPIES]
    ]


def _controls(card: Card, labels: Labels) -> list[Row]:
    """The words that work everywhere; hide, leave and urgent help always last and in one order."""
    fixed = {control.id: control for control in card.controls if control.id in FIXED}
    free = [control for control in card.controls if control.id not in FIXED]
    rows = _side_by_side(card, free)
    last = [_button(labels.hide, buttons.word(card, "hide"))]
    last += [_word(card, fixed[name]) for name in ("leave", "urgent") if name in fixed]
    length = len(labels.hide) + sum(len(control.label) for control in fixed.values())
    return [*rows, last] if length <= SHORT_ROW else [*rows, *_in_rows(last, 2)]


def _side_by_side(card: Card, controls: Sequence[Control]) -> list[Row]:
    rows: list[Row] = []
    room = 0
    for control in controls:
        if len(control.label) > room:
            rows.append([])
            room = SHORT_ROW
        rows[-1].append(_word(card, control))
        room -= len(control.label) + 4
    return rows


def _word(card: Card, control: Control) -> Button:
    return _button(control.label, buttons.word(card, control.id))


def _in_rows(row: Row, width: int) -> list[Row]:
    return [row[at : at + width] for at in range(0, len(row), width)]


def _button(label: str, data: str) -> Button:
    return {"text": label, "callback_data": data}
