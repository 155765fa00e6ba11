"""What tests of printed cards share: voices, words, shapers and pictures."""

from functools import cache
from pathlib import Path

import pypdfium2

from bot.flows.loader import read_flows
from bot.locales.catalogues import Catalogues
from bot.outreach.content import content_of, recipe_in
from bot.outreach.fonts import fonts_of
from bot.outreach.kit import file_of, sheets_of
from bot.outreach.qr import modules
from bot.outreach.shaping import Shaper

ROOT = Path(__file__).parents[2]
ADDRESS = "https://notes.example.org/k7m2x9pa"
LETTERS = "notes.example.org/k7m2x9pa"
CATALOGUES = Catalogues.read(ROOT / "locales")
LANGUAGES = {language.code: language for language in CATALOGUES.offered}
RECIPE = recipe_in(read_flows(ROOT / "flows", "flows")[0])
CODE = modules(ADDRESS)


@cache
def shaper(code):
    """The shaper of a language, which keeps what it shaped."""
    return Shaper(code, fonts_of(code, LANGUAGES[code].script))


def content(code, design="plain", heading=""):
    """The shipped words of a card."""
    return content_of(CATALOGUES.voice(code), design, LETTERS, heading=heading, recipe=RECIPE)


def made(code, design="plain", paper="card", count=1, kind="pdf", heading=""):
    """A file of cards in one language."""
    cards = [(LANGUAGES[code], content(code, design, heading))]
    return file_of(sheets_of(cards, ADDRESS, paper, count), kind)


def picture(pdf, page=0, dots=150):
    """A page of a PDF as a picture, with so many dots an inch."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dots / 72).to_pil()
