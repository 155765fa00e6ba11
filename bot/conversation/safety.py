"""Safety: what is looked at before anything else, and what stands when all else fails.

Nothing here can take help away: a word that is found brings help or wipes the talk, and a word
that is not found goes on to be read as an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.frozen import LINES
from bot.conversation.messages import Card, Control, Paragraph, Tone
from bot.locales.typed import normalise

# Looked at in every language at once: on a shared phone the language may not be hers.
SAFETY_INTENTS = ("leave", "urgent", "cover")
PART = 200  # characters compared at once, within what `normalise` looks at
LONGEST_WORD = 40  # characters of the longest phrase of distress, as it may be typed
LOOKED_AT = 64 * 1024  # characters of a long message that are searched for a word of distress


@dataclass(frozen=True, slots=True)
class SafetyWords:
    """Normalised words of all languages: what the whole message may be, and what it may contain."""

    whole: Mapping[str, str]  # word → intent
    distress: frozenset[str]  # words that bring urgent help wherever they stand
    starts: Mapping[str, tuple[str, ...]]  # first word → the words of distress that begin with it


def safety_words(words: Iterable[tuple[str, str]]) -> SafetyWords:
    """From (intent, words split by '|') of every language. The earlier intent keeps a shared word."""
    whole: dict[str, str] = {}
    for intent, line in words:
        for word in line.split("|"):
            whole.setdefault(normalise(word), intent)
    whole.pop("", None)
    distress = frozenset(word for word, intent in whole.items() if intent == "urgent")
    starts: dict[str, list[str]] = {}
    for word in sorted(distress):
        starts.setdefault(word.split()[0], []).append(word)
    return SafetyWords(
        whole=whole,
        distress=distress,
        starts={first: tuple(found) for first, found in starts.items()},
    )


def screen(text: str, words: SafetyWords) -> str | None:
    """The safety intent when the whole message is one of its words, else None."""
    return words.whole.get(normalise(text))


def in_distress(text: str, words: SafetyWords) -> bool:
    """Whether a word of distress stands anywhere in the message, as whole words."""
    # Overlapping parts: what is compared is short, and no word is lost where one part ends.
    starts = range(0, min(len(text), LOOKED_AT), PART - LONGEST_WORD)
    said = (normalise(text[start : start + PART]) for start in starts)
    return any(_holds(part, words) for part in said)


def _holds(said: str, words: SafetyWords) -> bool:
    """Whether a word of distress stands in normalised words."""
    # Only phrases that begin with a word she used are compared: a long list stays quick.
    padded = f" {said} "
    return any(
        f" {phrase} " in padded for first in said.split() for phrase in words.starts.get(first, ())
    )


def in_need(text: str, words: SafetyWords, *, leaving: bool = True) -> bool:
    """Whether a word of safety is the whole text, or a word of distress stands in it.

    Without `leaving` only a call for help counts.
    """
    found = screen(text, words)
    return in_distress(text, words) or (bool(found) if leaving else found == "urgent")


def frozen_urgent(turn: int = 0) -> Card:
    """The urgent card that needs no flow, no directory, no translation and no store.

    English only, on purpose: it must stand when every file is broken. Numbers as in the safety
    facts; `tests/conversation/test_safety.py` keeps them equal to the directory's.
    """
    return Card(
        language="en",
        direction="ltr",
        blocks=tuple(Paragraph(line, tone) for tone, line in _FROZEN),
        controls=(Control("urgent", "Urgent help"), Control("leave", "Leave and wipe")),
        turn=turn,
    )


_FROZEN: tuple[tuple[Tone, str], ...] = (
    ("say", "One moment: this chat has a fault. It is not your doing. Please try again soon."),
    ("alert", "In danger now? Ring 999. It is free."),
    (
        "alert",
        "If you cannot speak on a mobile, stay on the line. Press 55 when you are asked to.",
    ),
    # Harm prevented: only what is less than this goes to the other number, as in urgent.yaml.
    ("alert", "Ring 999 too if someone cannot be woken, has a fit, or can hardly breathe."),
    (
        "say",
        f"For other health worries that cannot wait, ring {LINES['nhs-111'].number}.",
    ),
    (
        "say",
        "Someone hurts or scares you:"
        f" {LINES['national-domestic-abuse-helpline'].number}, free, day and night.",
    ),
    (
        "say",
        f"If you may end your life: 999 now, or {LINES['samaritans'].number}, free, day and night.",
    ),
    (
        "say",
        f"To text with someone: send {LINES['shout'].word} to {LINES['shout'].number},"
        " free, day and night.",
    ),
)
