"""Reading: what typed text means at the question that stands.

Closed vocabularies only. The text is looked at here and goes no further: what comes out is a
choice, a word that works everywhere, or nothing. Never a refusal.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.plan import Asked, Chosen, Move, NotUnderstood
from bot.locales.typed import normalise


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that mean something at one step in one language; all normalised."""

    intents: Mapping[str, str]  # word → intent, her language before English
    answers: Mapping[str, str]  # label or alias → choice id, her language before English
    options: Sequence[str]  # choice ids in the order they are numbered
    many: bool
    parse: Callable[[str], str | None] | None


_NUMBERS = re.compile(r"[0-9]{1,3}( [0-9]{1,3})*")


def lexicon_words(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """From (id, words split by '|'): word → id. The first to claim a word keeps it."""
    found: dict[str, str] = {}
    for id, words in pairs:
        for word in words.split("|"):
            found.setdefault(normalise(word), id)
    found.pop("", None)
    return found


def read(text: str, lexicon: Lexicon) -> Move:
    """What she means: a global word, then a number, then a label or alias."""
    said = normalise(text)
    if said in lexicon.intents:
        return Asked(lexicon.intents[said])
    values = _numbered(said, lexicon) or _named(text, said, lexicon)
    return Chosen(values) if values else NotUnderstood()


def parsed(text: str, lexicon: Lexicon) -> Move:
    """What the step's parser finds in the text; looked at last, because it finds much."""
    value = lexicon.parse(text) if lexicon.parse else None
    return Chosen((value,)) if value else NotUnderstood()


def _numbered(said: str, lexicon: Lexicon) -> tuple[str, ...]:
    """`2`, or `1 3` where several may stand together; a number that is not there means nothing."""
    if not _NUMBERS.fullmatch(said):
        return ()
    numbers = [int(number) for number in said.split()]
    if min(numbers) < 1 or max(numbers) > len(lexicon.options):
        return ()
    if len(numbers) > 1 and not lexicon.many:
        return ()
    return tuple([lexicon.options[number - 1] for number in numbers])


def _named(text: str, said: str, lexicon: Lexicon) -> tuple[str, ...]:
    if said in lexicon.answers:
        return (lexicon.answers[said],)
    if not lexicon.many:
        return ()
    parts = [normalise(part) for part in re.split(r"[,;،؛]", text)]
    known = [lexicon.answers[part] for part in parts if part in lexicon.answers]
    return tuple(known) if known and len(known) == len([part for part in parts if part]) else ()
