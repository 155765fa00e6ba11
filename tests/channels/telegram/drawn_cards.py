"""A card to draw with something of everything, and what is seen of a card once it is drawn."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from bot.channels.telegram.drawing import Drawn, draw
from bot.conversation.messages import (
    Asking,
    Block,
    Card,
    Control,
    Labels,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Way,
)
from tests.telegram.fakeapi import rules

LABELS = Labels(**{field.name: field.name.capitalize() for field in fields(Labels)})
CONTROLS = (
    Control("back", "Back"),
    Control("urgent", "Urgent help"),
    Control("leave", "Leave"),
    Control("know", "Good to know"),
)
RESULT = Result(
    name="The Centre",
    about="A place for women.",
    lines=("Open now, until 17:00",),
    fits=Listing("Fits", ("A woman worker",)),
    lacks=Listing("Lacks", ("A lift",)),
    asks=Asking("Ask:", (Question("Czy?", "Is it?"), Question("Can I?")), "Also: a lift"),
    ways=(
        Way("Phone", "0121 496 0000", "tel:01214960000", ("Free", "Day and night")),
        Way("Text", "85258", "sms:85258"),
        Way("Website", "https://example.org", "https://example.org"),
        Way("Email", "a@example.org", "mailto:a@example.org"),
        Way("Walk in", "High Street", None),
        Way("Odd", "odd", "tel:"),
    ),
)
CARD = Card(
    language="en",
    direction="ltr",
    blocks=(Paragraph("Which?", "ask"),),
    options=(Option("a", "First"), Option("b", "Second")),
    controls=CONTROLS,
    step="triage.area",
    turn=3,
    nonce="a_nonce-",
    labels=LABELS,
)


def card(*blocks: Block, **changes: Any) -> Card:
    """The card with other blocks, if any are given, and with whatever else is changed."""
    return replace(CARD, blocks=blocks or CARD.blocks, **changes)


def labels(drawn: Drawn) -> list[list[str]]:
    """What stands on its buttons, row by row."""
    return [[str(button["text"]) for button in row] for row in drawn.keyboard]


def every_page(card: Card) -> Sequence[Drawn]:
    """The card drawn, one page after the other."""
    pages = [draw(card)]
    return [*pages, *(draw(card, number) for number in range(1, pages[0].pages))]


def units(text: str) -> int:
    """How long a text is in the units that Telegram counts in."""
    return len(text.encode("utf-16-le")) // 2


def marked(drawn: Drawn) -> list[str]:
    """The words that stand out."""
    raw = drawn.text.encode("utf-16-le")
    found: list[Any] = [entity for entity in drawn.entities if entity["type"] == "bold"]
    spans = [(2 * one["offset"], 2 * (one["offset"] + one["length"])) for one in found]
    return [raw[start:end].decode("utf-16-le") for start, end in spans]


def accepted(drawn: Drawn) -> bool:
    """The strict fake's rules, which are the real server's, and a text that comes out as it was."""
    text = rules.check_text(drawn.text, drawn.entities)
    rules.check_entities(drawn.entities, text)
    rules.check_markup({"inline_keyboard": drawn.keyboard})
    return text == drawn.text
