"""Reading: what typed text means at the question that stands.

Closed vocabularies only. The text is looked at here and goes no further: what comes out is a
choice, a word that works everywhere, or nothing. Never a refusal.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.plan import Asked, Chosen, Move, NotUnderstood
from bot.conversation.safety import SafetyWords, in_distress, screen
from bot.locales.typed import normalise

LONGEST_POSTCODE = 7  # letters and digits of a whole one


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that mean something at one step in one language; all normalised."""

    intents: Mapping[str, str]  # word → intent: her language, then English, then all others
    answers: Mapping[str, str]  # label or alias → choice id, in the same order
    options: Sequence[str]  # choice ids in the order they are numbered
    many: bool
    parse: Callable[[str], str | None] | None


_NUMBERS = re.compile(r"[0-9]{1,3}( [0-9]{1,3})*")


def lexicon_words(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """From (id, words split by '|'): word → id. The first to claim a word keeps it."""
    found: dict[str, str] = {}
    for id, line in pairs:
        for word in _words(line):
            found.setdefault(word, id)
    found.pop("", None)
    return found


@lru_cache(maxsize=16384)
def _words(line: str) -> tuple[str, ...]:
    """The normalised words of a line of flows, translations or entries; never of hers: it is kept."""
    return tuple([normalise(word) for word in line.split("|")])


def understand(
    text: str, safety: SafetyWords, words: Callable[[], Lexicon], *, covered: bool
) -> Move:
    """A word of safety first, then an answer, then a word of distress, then the parser.

    `words` gives what the text may mean here; it is asked only when no call for help is the whole
    text. `covered` says that somebody else may be typing.
    """
    intent = screen(text, safety)
    if intent == "urgent":
        return Asked(intent)
    lexicon = words()
    move = read(text, lexicon)
    # The words that leave are those of every language. Harm prevented: her answer must not wipe
    # the talk because it means "stop" in a language she does not speak.
    if intent and (isinstance(move, NotUnderstood) or covered):
        return Asked(intent)
    if not isinstance(move, NotUnderstood):
        return move
    # Harm prevented: a cry for help inside a longer message must not pass unseen. Under the
    # cover somebody else may be typing; there only the word alone counts.
    if not covered and in_distress(text, safety):
        return Asked("urgent")
    return parsed(text, lexicon)


def says_more(text: str) -> bool:
    """Whether the text is longer than a postcode, so that it says something else or as well."""
    return len(normalise(text).replace(" ", "")) > LONGEST_POSTCODE


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
    return Chosen((value,), more=says_more(text)) if value else NotUnderstood()


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
