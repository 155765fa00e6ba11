"""Taking away: one neutral text to write down or copy, made each time and kept nowhere."""

from collections.abc import Iterable, Iterator

from bot.conversation.messages import Question, Script
from bot.directory.model import Contact, Service
from bot.locales import phrases as say
from bot.locales.rendering import Kind, strip_marks
from bot.locales.voice import Voice
from bot.topics import telling

MOST_NUMBERS = 3
DIALLED = ("phone", "text", "whatsapp", "relay")  # in this order; other ways have no number


def take_away(lines: tuple[Question, ...], services: Iterable[Service], voice: Voice) -> Script:
    """The sentences under a heading, with the numbers of at most three of `services` below.

    Harm prevented: the text may be found. A service is named only by a name that gives nothing
    away; of every other one the number alone stands here, and of one without a number nothing.
    """
    heading = voice(say.THINGS_TO_ASK)
    numbers = [one for service in services if (one := _number(service, voice))][:MOST_NUMBERS]
    whole = [heading, *_whole(lines), *numbers]
    short = [
        (voice.english or voice)(say.THINGS_TO_ASK),
        *(_english(line) for line in lines),
        *numbers,
    ]
    copies = dict.fromkeys(strip_marks("\n".join(text)) for text in (whole, short))
    return Script(lines, heading, tuple(numbers), tuple(copies))


def _whole(lines: Iterable[Question]) -> Iterator[str]:
    for line in lines:
        yield line.words
        if line.english:
            yield f"({line.english})"


def _english(line: Question) -> str:
    return line.english or line.words


def _number(service: Service, voice: Voice) -> str:
    name = voice.isolate(_name(service), Kind.NAME)
    number = voice.isolate(_dialled(service.contacts), Kind.NUMBER)
    return f"{name}: {number}" if name and number else name or number


def _name(service: Service) -> str:
    name = service.discreet_name or service.name
    return "" if telling(name) else name


def _dialled(contacts: Iterable[Contact]) -> str:
    # One that asks for a word would be no use without it, and the word may tell.
    ways = [each for each in contacts if each.type in DIALLED and not each.say]
    return min(ways, key=lambda each: DIALLED.index(each.type)).value if ways else ""
