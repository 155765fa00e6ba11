"""Opening: when somewhere is open or answers, in words: now, next, and by the week."""

import itertools
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.directory import hours
from bot.directory.schedules import Openness
from bot.locales import phrases as say
from bot.locales.phrases import Phrase
from bot.locales.voice import Voice

OPEN = (
    say.OPEN_ALWAYS, say.OPEN_UNTIL, say.OPENS_TODAY, say.OPENS_TOMORROW, say.OPENS_ON_DAY,
    say.OPENS_ON_DATE, say.CLOSED_NOW, say.HOURS_UNKNOWN,
)  # fmt: skip
ANSWERS = (
    say.ANSWERS_ALWAYS, say.ANSWERS_UNTIL, say.ANSWERS_TODAY, say.ANSWERS_TOMORROW,
    say.ANSWERS_ON_DAY, say.ANSWERS_ON_DATE, say.ANSWERS_NOT_NOW, say.ANSWERS_UNKNOWN,
)  # fmt: skip


def open_line(
    found: Openness, voice: Voice, at: datetime, words: tuple[Phrase, ...] = OPEN
) -> str:
    """Open now and until when, or when it opens next. `words` are the eight phrases for it."""
    always, until, today, tomorrow, on_day, on_date, closed, unknown = words
    if found.open is None:
        return voice(unknown)
    if found.open:
        return voice(until, time=voice.time(found.until)) if found.until else voice(always)
    if found.next_open is None:
        return voice(closed)
    opens, here = found.next_open, at.astimezone(found.next_open.tzinfo).date()
    clock = voice.time(opens)
    days = (opens.date() - here) // timedelta(days=1)
    if days < 2:
        return voice(tomorrow if days else today, time=clock)
    if days < 7:
        return voice(on_day, day=voice.day(opens.date()), time=clock)
    return voice(on_date, date=voice.date(opens.date()), time=clock)


@lru_cache(maxsize=4096)
def week(lines: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    """The weekly hours in words, one line a time range. `24/7` has no line: it is said already."""
    return tuple(_range(found, voice) for line in lines for found in _ranges(line))


def _ranges(line: str) -> tuple[hours.Range, ...]:
    found = hours.parse(line)
    return () if isinstance(found, hours.Refused) or line == hours.ALWAYS else found


def _range(found: hours.Range, voice: Voice) -> str:
    times = {
        "time": voice.time(_clock(found.start)),
        "until": voice.time(_clock(found.end)),
    }
    if len(found.weekdays) == 7:
        return voice(say.EVERY_DAY, **times)
    return voice(say.ON_DAYS, days=_days(found, voice), **times)


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _days(found: hours.Range, voice: Voice) -> str:
    """`Monday to Friday` where the days follow each other, else a list of days."""
    days = [day for day, _ in found.weekdays]
    names = [voice.day(_MONDAY + timedelta(days=day)) for day in days]
    in_a_row = len(days) > 2 and all((a + 1) % 7 == b for a, b in itertools.pairwise(days))
    if in_a_row:
        return voice(say.FROM_DAY_TO_DAY, day=names[0], until_day=names[-1])
    return voice.listing(names)


_MONDAY = date(2024, 1, 1)
