"""Sayings: sentences that she can say for herself, or show, at a first call."""

import re
from collections.abc import Iterator, Mapping

from bot.topics import telling

LONGEST = 60  # letters; two rows on a small phone

RULES: Mapping[str, str] = {
    "long-say": "A sentence to say is too long to be read out.",
    "not-a-sentence": "What she says does not end as a sentence does.",
    "not-her-words": "What she says does not speak as 'I'.",
    "telling-say": "What she says tells everybody near her what it is about.",
}
_HERS = re.compile(r"\b(?:I|me|my)\b")


def faults(sentence: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a sentence to say, as (rule, what to do); nothing when it can be said."""
    if len(sentence) > LONGEST:
        yield (
            "long-say",
            f"this sentence has {len(sentence)} letters; nobody says more than {LONGEST} at once",
        )
    if not sentence.endswith((".", "?")):
        yield "not-a-sentence", "she says this aloud; end it with '.' or '?'"
    if not _HERS.search(sentence):
        yield "not-her-words", "she speaks for herself; say it with 'I', 'me' or 'my'"
    # Harm prevented: she may read it where somebody listens, or carry it on paper.
    if word := telling(sentence):
        yield (
            "telling-say",
            f"'{word}' tells others what it is about; say less, or leave 'say' out",
        )
