"""A kit: cards in several languages as sheets of paper, and the sheets as one file."""

from collections.abc import Iterable, Sequence

from bot.exceptions import SettingsError
from bot.locales.languages import Language
from bot.outreach.board import Code
from bot.outreach.content import Content
from bot.outreach.designs import picture_of, poster_with_strips
from bot.outreach.drawing import Sheet
from bot.outreach.fitting import TooMuchError
from bot.outreach.fonts import fonts_of
from bot.outreach.papers import PAPERS, sheets
from bot.outreach.pdf import pdf
from bot.outreach.qr import modules
from bot.outreach.shaping import Shaper
from bot.outreach.svg import svg

MOST_SQUARES = 57  # on each side: on a card they are still a third of a millimetre wide


def file_of(found: Sequence[Sheet], kind: str) -> bytes:
    """The sheets as a file of `kind`, `pdf` or `svg`. Raises SettingsError where SVG cannot."""
    if kind == "pdf":
        return pdf(found)
    if len(found) > 1:
        raise SettingsError(f"an SVG file holds one sheet, and these are {len(found)}; use pdf")
    return svg(found[0])


def sheets_of(
    cards: Iterable[tuple[Language, Content]], address: str, paper: str, count: int
) -> list[Sheet]:
    """The sheets of `count` cards of each, in order; `address` is what their code holds.

    Raises SettingsError with one sentence where words cannot be written or do not fit. Fonts are
    read, and nothing else.
    """
    code = modules(address)
    if len(code) > MOST_SQUARES:
        raise SettingsError("the address is too long for a code that a phone reads from a card")
    return [
        sheet
        for language, content in cards
        for sheet in _sheets(language, content, code, paper, count)
    ]


def _sheets(
    language: Language, content: Content, code: Code, paper: str, count: int
) -> list[Sheet]:
    fonts = fonts_of(language.code, language.script)
    if not fonts:
        raise SettingsError(
            f"no letters of '{language.code}' are shipped, so it cannot be printed"
        )
    shaper = Shaper(language.code, fonts)
    for text in content.texts():
        if missing := shaper.unwritable(text):
            shown = f"U+{ord(missing):04X}"
            sentence = f"no letter is shipped for {shown} in '{language.code}'; use other words"
            raise SettingsError(sentence)
    try:
        if paper == "a4":
            return [poster_with_strips(content, code, shaper)] * count
        return sheets(picture_of(paper, content, code, shaper), PAPERS[paper], count)
    except TooMuchError:
        sentence = f"the words do not fit on '{paper}' in '{language.code}'"
        raise SettingsError(f"{sentence}; write a shorter --cover or use larger paper") from None
