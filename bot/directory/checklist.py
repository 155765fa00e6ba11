"""Checklist: what to ask a service now, shortest that still covers what is due and what is unsaid.

What is due is what grew old since somebody last checked it; what is unsaid is what women ask and
the entry does not answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.directory.freshness import Age, Group, checked, group_of
from bot.directory.model import Service
from bot.directory.questions import KEY_OF, QUESTIONS
from bot.directory.shape import SHAPE
from bot.directory.standards import unsaid
from bot.directory.stated import pattern
from bot.directory.telling import day_told, told

# One question for each block of these lists, and not one for each of its keys.
_LISTS: Mapping[str, str] = {
    "contact[]": "How can women reach you, and when does someone really answer?",
    "places[]": "Where do women come to, and what is the place like?",
    "sessions[]": "Which groups and drop-ins do you have, and when?",
}
_BUILDING = "places[]"


@dataclass(frozen=True, slots=True)
class Due:
    """One question. `have` is what is stated now, line by line; empty: nothing is."""

    words: str
    group: Group
    have: tuple[str, ...] = ()


def questions_for(service: Service, today: date) -> tuple[Due, ...]:
    """The questions that are due on `today`: first what may have grown old, then what is unsaid."""
    old = [each.group for each in checked(service, today) if each.age is not Age.FRESH]
    stated = tuple(_stated(service, old))
    return (*stated, *_unsaid(service))


def has_overdue(service: Service, today: date) -> bool:
    """Whether a group of its facts is over twice its limit, or nobody wrote down when."""
    late = {Age.OVERDUE, Age.NO_DATE}
    return any(each.age in late for each in checked(service, today))


def text_of(service: Service, today: date) -> Iterator[str]:
    """The questions as lines of a letter, not wrapped; an empty line is a gap."""
    asked = questions_for(service, today)
    yield f"{service.name}: questions of {day_told(today)}"
    yield ""
    if not asked:
        yield "Nothing is due today. Thank you."
        return
    yield (
        "We keep a list that helps women find a service that suits them. Your service is on it."
        f" Please help us to keep it right. There {_count(len(asked))}."
    )
    yield ""
    yield (
        "How to answer: write under each question and send this back. Or ring us and we go"
        " through it together. Short answers are fine. So is 'I do not know'. If something is a"
        " no, please say no: it saves a woman a wasted journey. Please write no woman's name."
    )
    for number, each in enumerate(asked, 1):
        yield ""
        yield f"{number}. {each.words}"
        yield from (f"We have: {line}" for line in each.have)
        yield "Is this still right?" if each.have else "We do not know this yet."
        yield "Answer:"
    yield ""
    yield "Thank you. Please also tell us who answers: your role is enough, we keep no name."


def _count(number: int) -> str:
    return "is 1 question" if number == 1 else f"are {number} questions"


def _stated(service: Service, old: Sequence[Group]) -> Iterator[Due]:
    asked = dict.fromkeys(_asked(key) for key in service.stated if group_of(key) in old)
    for key in asked:
        if key in _LISTS:
            have = tuple(_blocks(service, key.removesuffix("[]")))
            yield Due(_LISTS[key], group_of(key), have)
        elif key in QUESTIONS:
            have = (told(key, _texts(service, key)),)
            yield Due(QUESTIONS[key].words, group_of(key), have)


def _asked(key: str) -> str:
    """What a full key is asked under: the name of its list, or its key in the shape."""
    shaped = pattern(key)
    first = shaped.partition(".")[0]
    return first if first in _LISTS else _key(shaped)


def _texts(service: Service, key: str) -> list[str]:
    """What is stated under a key; of a text in several languages, the English."""
    scalars = service.stated.get(key) or service.stated.get(f"{key}.en") or ()
    return [scalar.text for scalar in scalars]


def _key(shaped: str) -> str:
    """The key of the shape: a text in a language stands one level below its own."""
    return shaped if shaped in SHAPE else shaped.rpartition(".")[0]


def _blocks(service: Service, name: str) -> Iterator[str]:
    """Each block of a list on one line, in the order of the file."""
    blocks: dict[str, list[str]] = {}
    for key, scalars in service.stated.items():
        if key.startswith(f"{name}["):
            block, _, _ = key.partition(".")
            shaped = _key(pattern(key))
            if shaped in QUESTIONS:
                words = told(shaped, [scalar.text for scalar in scalars])
                plain = SHAPE[shaped].choices == ("yes", "no")
                said = f"{QUESTIONS[shaped].name}: {words}" if plain else words
                blocks.setdefault(block, []).append(said)
    yield from ("; ".join(part.rstrip(".") for part in parts) for parts in blocks.values())


def _unsaid(service: Service) -> Iterator[Due]:
    for part in unsaid(service):
        key = KEY_OF[part.facts[0]]
        if not _has_no_building(service) or not key.startswith(_BUILDING):
            yield Due(QUESTIONS[key].words, group_of(key))
    for contact in service.contacts:
        if contact.type in {"phone", "text", "whatsapp", "webchat"} and contact.answers is None:
            words = f"On which days and at what times does someone answer {contact.value}?"
            yield Due(words, Group.CONTACT)


def _has_no_building(service: Service) -> bool:
    """A line that one rings or writes to: nobody goes there."""
    return "helpline" in service.kinds and not service.places
