"""Giveaways: nothing that is printed says what the chat is about, in her language or in English.

A lock screen shows the first letters of a card, paper shows all of it, so every word counts here.
"""

from collections.abc import Iterable, Sequence

from bot.exceptions import SettingsError
from bot.locales.word_checks import NEVER
from bot.locales.wordlists import Wordlist
from bot.outreach.content import Content

GIVES_AWAY = "gives-away"
RULES_OF_WORDS = (GIVES_AWAY, *NEVER)


def giveaway(texts: Iterable[str], lists: Sequence[Wordlist]) -> tuple[str, str] | None:
    """The rule and the words by which texts would tell what a card is, None where none does."""
    for text in texts:
        for rule in RULES_OF_WORDS:
            for words in lists:
                if found := words.find(rule, text):
                    return rule, found
    return None


def refuse_giveaways(content: Content, lists: Sequence[Wordlist], named: str = "") -> None:
    """Raise SettingsError where a word would tell, with the rule and where the word comes from.

    `lists` are those of the language and of English: whoever finds the card reads one of them.
    `named` is what the worker calls a heading of her own; empty for ours.

    Harm prevented: a man who finds the card in her bag reads what she looks for.
    """
    sources = (
        (f"{named} says" if named else "the heading has", (content.heading.text,)),
        ("the address has", (content.address.text,)),
        ("the words in this language have", content.texts()),
    )
    for source, texts in sources:
        if found := giveaway(texts, lists):
            rule, words = found
            sentence = f"{source} '{words}', which tells what the card is (rule {rule})"
            raise SettingsError(sentence)
