"""The blocks of a card by what they are: services, their names, warnings and words."""

from bot.conversation.messages import Card, Paragraph, Result


def results(card: Card) -> list[Result]:
    """The services on it, from the top."""
    return [block for block in card.blocks if isinstance(block, Result)]


def names(card: Card) -> list[str]:
    """The names of its services, from the top."""
    return [result.name for result in results(card)]


def alerts(card: Card) -> list[str]:
    """Its paragraphs that warn, from the top."""
    return [b.text for b in card.blocks if isinstance(b, Paragraph) and b.tone == "alert"]


def paragraphs(card: Card) -> list[str]:
    """All its paragraphs, from the top."""
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]
