"""What stands on a card, in words: one language, one design, no place and no size yet."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.exceptions import SettingsError
from bot.flows.model import Flows, Text
from bot.locales.phrases import (
    PRINTED_ALL_CLASSES,
    PRINTED_CHAT,
    PRINTED_CLASSES,
    PRINTED_COOKING,
    PRINTED_FREE,
    PRINTED_READING,
    PRINTED_RECIPES,
    PRINTED_SCAN,
    PRINTED_SEWING,
    PRINTED_WALKING,
)
from bot.locales.rendering import strip_marks
from bot.locales.voice import Voice, Words
from bot.outreach.bidi import begins_leftwards

DESIGNS = ("plain", "recipe", "timetable")
COVER = "cover"  # the flow whose first card is a recipe

# Which class stands on which day is made up; hours would be believed, so there are none.
_CLASSES = (
    (0, PRINTED_SEWING),
    (1, PRINTED_COOKING),
    (2, PRINTED_READING),
    (3, PRINTED_WALKING),
    (4, PRINTED_COOKING),
)
_A_MONDAY = datetime.date(2024, 1, 1)
_END = re.compile(r"(?<=[.!?\u061f\u06d4\u0964])\s+|\n+")
_STOPS = ".!?\u061f\u06d4\u0964"


@dataclass(frozen=True, slots=True)
class Said:
    """Words without direction marks, and the direction in which they are read."""

    text: str
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one card. `rows` are day and class; what a design has not is empty.

    `plain`: it looks like nothing else. `caption` stands by the code. `english` says whether words
    stand in English for want of a translation.

    Harm prevented: no card says "keep this only if it is safe": whoever finds it would wonder what
    it is. The worker says it (docs/kit.md).
    """

    rtl: bool  # the side on which its lines begin
    heading: Said
    caption: Said
    plain: bool = False
    body: tuple[Said, ...] = ()
    rows: tuple[tuple[Said, Said], ...] = ()
    address: Said = Said("")
    english: bool = False

    def texts(self) -> Iterator[str]:
        """Everything that is printed."""
        yield self.heading.text
        yield from (one.text for one in self.body)
        yield from (one.text for row in self.rows for one in row)
        yield self.caption.text
        yield self.address.text


def recipe_in(flows: Flows) -> Text | None:
    """The recipe behind which the talk hides, None where the flows have none."""
    flow = flows.by_id.get(COVER)
    steps = flow.steps if flow else ()
    return next((step.text for step in steps if step.plain and step.text), None)


def content_of(
    voice: Voice, design: str, address: str, *, heading: str = "", recipe: Text | None = None
) -> Content:
    """The words of a card of `design`. `address` is as it is printed, `heading` empty for ours.

    `recipe` is what a card of that design says. Raises SettingsError where there is none.

    Harm prevented: a plain card says that it is a private chat, which a recipe is chosen to hide.
    """
    speaker = _Speaker(voice)
    if design == "recipe":
        if recipe is None:
            raise SettingsError("the flows have no recipe; use another --design")
        words = speaker.recipe(recipe)
    elif design == "timetable":
        words = speaker.timetable()
    else:
        words = speaker.plain()
    if heading:
        # Its own letters decide: a worker may write English on an Urdu card.
        words = replace(words, heading=Said(heading, begins_leftwards(heading)))
    return replace(words, address=Said(address), english=speaker.english)


class _Speaker:
    """Says what a design needs, and notes whether anything stands in English instead."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.english = False

    def plain(self) -> Content:
        return Content(
            rtl=self._voice.language.rtl,
            heading=self._say(PRINTED_CHAT),
            body=(self._say(PRINTED_FREE),),
            caption=self._say(PRINTED_SCAN),
            plain=True,
        )

    def recipe(self, recipe: Text) -> Content:
        said = self._say(recipe)
        parts = [Said(part, said.rtl) for part in _END.split(said.text) if part.strip()]
        return Content(
            rtl=self._voice.language.rtl,
            heading=Said(parts[0].text.rstrip(_STOPS), said.rtl),
            body=tuple(parts[1:]),
            caption=self._say(PRINTED_RECIPES),
        )

    def timetable(self) -> Content:
        return Content(
            rtl=self._voice.language.rtl,
            heading=self._say(PRINTED_CLASSES),
            rows=tuple((self._day(day), self._say(name)) for day, name in _CLASSES),
            caption=self._say(PRINTED_ALL_CLASSES),
        )

    def _say(self, words: Words) -> Said:
        own = self._voice.has(words)
        self.english = self.english or not own
        return Said(strip_marks(self._voice(words)), own and self._voice.language.rtl)

    def _day(self, day: int) -> Said:
        name = self._voice.day(_A_MONDAY + datetime.timedelta(days=day))
        return Said(name[:1].upper() + name[1:], self._voice.language.rtl)
