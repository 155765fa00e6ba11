"""Checks of cards: how long they are, how many questions they ask, what the first and last say."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.flows.cards import Card
from bot.flows.model import START, Kind, Step, Text
from bot.flows.rules import Finding, Rule
from bot.flows.spoken import Spoken, finding
from bot.locales.tongues import Tongue

MOST = 300  # characters of a card in English
MOST_ELSEWHERE = 400  # other languages need a third more
LANGUAGES = "languages"  # the source of choices that comes before any word in her language
EMERGENCY = "999"

_QUESTION = re.compile(r"[?\u061f\u037e]")


def first_texts(cards: Iterable[Card]) -> frozenset[str]:
    """The places of all texts that can stand first on a card: `flows/a.yaml steps.one.ask`."""
    return frozenset(
        f"{card.steps[0].flow.path} {text.path}"
        for card in cards
        if card.steps
        for text in (card.steps[0].step.text, card.steps[0].step.for_other)
        if text
    )


# ---- how much


def _long_card(spoken: Spoken) -> Iterator[Finding]:
    for tongue in spoken.tongues:
        most = MOST if tongue.english else MOST_ELSEWHERE
        size_of = {f"{flow.id}.{step.id}": _measure(step, tongue) for flow, step in spoken.steps()}
        sizes = [(sum(size_of[one.name] for one in card.steps), card) for card in spoken.cards]
        told: set[tuple[str, object]] = set()
        for size, card in sorted(sizes, key=lambda one: -one[0]):
            if size <= most:
                break
            placed, text = max(card.texts(), key=lambda one: len(one[1].text))
            steps = ", ".join(one.name for one in card.steps)
            sentence = f"this card has {size} characters ({steps}); say it in {most} at most"
            found = finding(tongue, placed.flow, text, sentence)
            # The longest card that a text stands on is enough.
            if (found.path, found.mark) not in told:
                told.add((found.path, found.mark))
                yield found


def _measure(step: Step, tongue: Tongue) -> int:
    """The characters of its words; of the words and those said instead, the longer."""
    words = [len(tongue.of(text.text)) for text in (step.text, step.for_other) if text]
    return max(words, default=0) + (len(tongue.of(step.why.text)) if step.why else 0)


def _two_questions(spoken: Spoken) -> Iterator[Finding]:
    for tongue in spoken.tongues:
        found: dict[Finding, None] = {}
        own, other = (
            {
                f"{flow.id}.{step.id}": _questions(step, tongue, for_other=for_other)
                for flow, step in spoken.steps()
            }
            for for_other in (False, True)
        )
        for card in spoken.cards:
            for marks in (own, other):
                asked = [(placed, text) for placed in card.steps for text in marks[placed.name]]
                if len(asked) > 1:
                    steps = ", ".join(dict.fromkeys(placed.name for placed, _ in asked))
                    sentence = f"{len(asked)} questions stand on one card ({steps}); ask one"
                    placed, text = asked[0]
                    found[finding(tongue, placed.flow, text, sentence)] = None
        yield from found


def _questions(step: Step, tongue: Tongue, *, for_other: bool) -> list[Text]:
    """A text for each question mark; words said instead never stand beside the others."""
    return [
        text
        for text in filter(None, (step.words(for_other=for_other), step.why))
        for _ in _QUESTION.findall(tongue.of(text.text))
    ]


# ---- the first and the last card

Wanted = Sequence[tuple[str, str]]  # a list of words that must be said, and what it means

_OPENING: Wanted = (
    ("automatic", "that it works by itself"),
    ("no-person", "that no person reads along"),
    ("cannot-ring", "that it can ring nobody for her"),
)
_ENDING: Wanted = (
    ("that-is-all", "that there is nothing more to do"),
    ("wiped", "that the talk is wiped"),
    ("come-back", "that she can come back"),
)


def _missing(card: Card, tongue: Tongue, wanted: Wanted) -> str:
    """What the card does not say in this language, in words; empty when it says everything."""
    said = [tongue.of(text.text) for _, text in card.texts()]
    if not all(said):
        return ""  # a translation is missing, and that is told
    missing = [
        meaning
        for name, meaning in wanted
        if not any(tongue.words.says(name, text) for text in said)
    ]
    return ", ".join(missing)


def _numbered(card: Card) -> bool:
    return card.shows_contacts or any(EMERGENCY in text.text for _, text in card.texts())


def _first_card(spoken: Spoken) -> Iterator[Finding]:
    for card in _openings(spoken.cards):
        for placed, text in list(card.texts())[:1]:
            for tongue in spoken.tongues:
                if missing := _missing(card, tongue, _OPENING):
                    sentence = f"the first card does not say {missing}"
                    yield finding(tongue, placed.flow, text, sentence)
            if not any(EMERGENCY in one.text for _, one in card.texts()):
                sentence = f"the first card does not name {EMERGENCY}"
                yield Finding(placed.flow.path, text.mark, sentence)
        asked = card.asked
        if asked and asked.step.kind is Kind.ASK and not asked.step.skippable:
            # Harm prevented: nobody must tell of danger to come to the numbers.
            sentence = "nobody must answer the first question; leave 'skip: never' out"
            yield Finding(asked.flow.path, asked.step.mark, sentence)


def _openings(cards: Collection[Card]) -> Iterator[Card]:
    """The cards that come first in her language, each once."""
    found: dict[object, Card] = {}
    for card in cards:
        begins = card.source is None and card.way == "start"
        chosen = card.source is not None and asks_language(card.source.step)
        own = card.source is None or card.source.flow.id == START
        if (begins or chosen) and own and not (card.asked and asks_language(card.asked.step)):
            found.setdefault(card.steps, card)
    yield from found.values()


def asks_language(step: Step) -> bool:
    """Whether the answer to a step is the language."""
    return step.choices_from is not None and step.choices_from.text == LANGUAGES


def _bare_end(spoken: Spoken) -> Iterator[Finding]:
    endings = {card.steps: card for card in spoken.cards if card.ends}
    for card in endings.values():
        texts = list(card.texts())
        if not texts:
            if card.source:
                step = card.source.step
                sentence = f"after step '{step.id}' the talk ends without a word; say goodbye"
                yield Finding(card.source.flow.path, step.mark, sentence)
            continue
        placed, text = texts[-1]
        for tongue in spoken.tongues:
            if missing := _missing(card, tongue, _ENDING):
                yield finding(tongue, placed.flow, text, f"the last card does not say {missing}")
        if not _numbered(card):
            sentence = f"the last card names nobody to ring; name {EMERGENCY}, or give 'contacts'"
            yield Finding(placed.flow.path, text.mark, sentence)


RULES: tuple[Rule[Spoken], ...] = (
    Rule(
        "long-card",
        f"a card has more than {MOST} characters, or {MOST_ELSEWHERE} in a translation",
        _long_card,
    ),
    Rule("two-questions", "two question marks stand on one card", _two_questions),
    Rule(
        "first-card",
        "the first card does not say what this is, or forces her to answer",
        _first_card,
    ),
    Rule("bare-end", "the last card leaves her without a number or the next step", _bare_end),
)
