"""Voice: one language's door to every word, number, day and list that she reads."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list

from bot.locales.languages import ENGLISH, Language
from bot.locales.phrases import Phrase
from bot.locales.recordings import sum_of
from bot.locales.rendering import Kind, isolate, render, slots_in

TYPED = "typed"  # the context of typed words, which are matched and never shown


class Words(Protocol):
    """English words to say: a `Phrase`, or a `Text` of a flow."""

    @property
    def text(self) -> str:
        """The English, by which the translation is found."""

    @property
    def safety(self) -> bool:
        """Whether a doubtful translation must give way to English."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue has for one message.

    `sure` is False while the English has changed; `back`: a second person has translated it back.
    """

    forms: tuple[str, ...]
    sure: bool = True
    back: bool = False


# What is kept of a message. Nearly all are one sure form that nobody has translated back: those
# are the words alone, which is 104 bytes less than a `Translation` with a tuple in it.
Said = str | Translation
Entries = Mapping[str, Mapping[str, Said]]  # by context, then by the English
_NO_MESSAGES: Mapping[str, Said] = {}


def packed(forms: tuple[str, ...], *, sure: bool = True, back: bool = False) -> Said:
    """A translation as it is kept: the words alone wherever that says everything."""
    alone = len(forms) == 1 and sure and not back
    return forms[0] if alone else Translation(forms, sure, back)


def unpacked(said: Said) -> Translation:
    """What was packed, with its forms and what is known of it."""
    return Translation((said,)) if isinstance(said, str) else said


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Says English words in one language. Never raises and never says nothing.

    Two voices are equal only when they are one, so that what is made of one can be kept by it.

    What the catalogue does not have, and safety words whose translation is in doubt, are said in
    English, from left to right.
    """

    language: Language
    entries: Entries = field(repr=False)
    english: "Voice | None" = field(default=None, repr=False)  # None: this is English
    recordings: frozenset[str] = frozenset()  # names such as `ur/<hash>`, of this language only

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as in HTML."""
        return self.language.direction

    def __call__(self, words: Words | str, /, **slots: str) -> str:
        """The words with their `$name` slots filled; in a right-to-left language with the marks."""
        found = self._find(words, "")
        if found is None:
            return self._fallback(words, slots)
        return render(_first(found), slots, rtl=self.language.rtl)

    def _fallback(self, words: Words | str, slots: Mapping[str, str]) -> str:
        if self.english is not None:
            return self.english(words, **slots)
        return render(_english(words), slots)

    def _find(self, words: Words | str, context: str) -> Said | None:
        found = self.entries.get(context, _NO_MESSAGES).get(_english(words))
        if found is None or isinstance(found, str) or found.sure:
            return found
        # Harm prevented: outdated safety advice in her language. English is then the safer one.
        return None if not isinstance(words, str) and words.safety else found

    def has(self, words: Words | str) -> bool:
        """Whether she gets these words in her own language; always so in English."""
        return self.english is None or self._find(words, "") is not None

    def beside(self, words: Words, /, **slots: str) -> str:
        """The English to stand beside safety words; empty where none is needed.

        Harm prevented: a wrong translation of what to do in danger. Until a second person has
        translated the words back, she can show or read the English, too.
        """
        if self.english is None or not words.safety:
            return ""
        found = self._find(words, "")
        no_need = found is None or unpacked(found).back
        return "" if no_need else self.english(words, **slots)

    def recording(self, words: Words) -> str:
        """The name of a recording of exactly what is said for these words; empty for none.

        Words that stand in English for want of a translation have the recording of the English.
        """
        found = self._find(words, "")
        if found is None and self.english is not None:
            return self.english.recording(words)
        if not self.recordings or slots_in(words.text):
            return ""  # a recording cannot say what stands in a slot
        heard = words.text if found is None else _first(found)
        name = f"{self.language.code}/{sum_of(words.text, heard)}"
        return name if name in self.recordings else ""

    def plural(self, phrase: Phrase, count: int, /, **slots: str) -> str:
        """The form for `count` (1 or more), which also fills the slot `$count`."""
        found = self._find(phrase, "")
        if found is None and self.english is not None:
            return self.english.plural(phrase, count, **slots)
        slots = {**slots, "count": str(count)}
        if found is None:
            return render(phrase.text if count == 1 else phrase.plural or phrase.text, slots)
        group = _locale(self.language.code).plural_form(count)
        form = self.language.forms.get(group, self.language.forms["other"])
        forms = unpacked(found).forms
        return render(forms[min(form, len(forms) - 1)], slots, rtl=self.language.rtl)

    def typed(self, words: Words) -> tuple[str, ...]:
        """The typed words of this language (`back | go back`), English where it has none."""
        found = self._find(words, TYPED)
        if found is None and self.english is not None:
            return self.english.typed(words)
        both = words.text if found is None else _first(found)
        return tuple(word for part in both.split("|") if (word := part.strip()))

    def time(self, moment: datetime.datetime | datetime.time) -> str:
        """`18:30`, or `6:30 شام` where the part of the day is said. The clock of `moment` itself."""
        plain = moment.time() if isinstance(moment, datetime.datetime) else moment
        return _time(plain, self.language.time, self.language.code)

    def day(self, moment: datetime.date) -> str:
        """The name of the day of the week."""
        return _day(moment, self.language.code)

    def date(self, moment: datetime.date) -> str:
        """Day and month: `5 March`."""
        return str(format_skeleton("MMMMd", moment, locale=_locale(self.language.code)))

    def month(self, seen: str) -> str:
        """`March 2025` from `2025-03` or `2025-03-05`; `2025` stays as it is."""
        year, _, rest = seen.partition("-")
        if not rest:
            return year
        first = datetime.date(int(year), int(rest[:2]), 1)
        return str(format_skeleton("yMMMM", first, locale=_locale(self.language.code)))

    def listing(self, items: Sequence[str]) -> str:
        """`a, b and c`; nothing for no items."""
        return str(format_list(items, locale=_locale(self.language.code))) if items else ""

    def language_name(self, code: str) -> str:
        """The name of the language `code` in this language; the code itself when it has none."""
        return str(_locale(self.language.code).languages.get(code, code))

    def isolate(self, value: str, kind: Kind) -> str:
        """A number, link, time or name that stands alone, made safe for this direction."""
        return isolate(value, kind) if self.language.rtl else value


def _first(said: Said) -> str:
    return said if isinstance(said, str) else said.forms[0]


def _english(words: Words | str) -> str:
    return words if isinstance(words, str) else words.text


@cache
def _locale(code: str) -> Locale:
    # English is British here: the day comes before the month.
    try:
        return Locale.parse("en_GB" if code == ENGLISH.code else code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


# An entry's opening times are said again and again, and are few.


@lru_cache(maxsize=8192)
def _time(plain: datetime.time, pattern: str, code: str) -> str:
    return str(format_time(plain, pattern, locale=_locale(code)))


@lru_cache(maxsize=1024)
def _day(moment: datetime.date, code: str) -> str:
    return str(format_date(moment, "EEEE", locale=_locale(code)))
