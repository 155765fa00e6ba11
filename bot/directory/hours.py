"""Hours lines: the small weekly part of the OSM opening_hours grammar that an entry may use.

    Mo-Fr 09:00-17:00    Mo,We 10:00-12:00,13:00-15:00    Fr-Sa 21:00-05:00    24/7
    Mo[1,3] 11:00-13:00  (the first and third Monday of a month)

Everything else of that grammar is refused here, because the library that evaluates the lines
accepts it and gets it wrong: a comment means "always open", `Mo-Fr, 09:00` means all day, and
`PH` leaves out three of England's bank holidays.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS = "24/7"
DAY_MINUTES = 24 * 60
ALL_NTH: tuple[int, ...] = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Range:
    """One time range of a line on the days it starts: `Fr-Sa` and `21:00-05:00`.

    Minutes count from midnight; `end` is above 1440 when the range ends on the next morning.
    """

    days: str
    weekdays: tuple[tuple[int, tuple[int, ...]], ...]  # Monday is 0; which ones of a month
    start: int
    end: int

    @property
    def expression(self) -> str:
        """The range alone, in the grammar of the lines."""
        end = self.end if self.end == DAY_MINUTES else self.end % DAY_MINUTES
        return f"{self.days} {clock(self.start)}-{clock(end)}"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a line is not one of ours: where in it (from 0), a sentence, and what to write."""

    at: int
    why: str
    fix: str | None = None

    @property
    def sentence(self) -> str:
        """The reason, with the suggested line where there is one."""
        return f"{self.why}; did you mean '{self.fix}'?" if self.fix else self.why


def clock(minutes: int) -> str:
    """Minutes from midnight as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_NTH = r"\[[1-5](?:,[1-5])*\]"
_DAY_ITEM = rf"{_DAY}(?:-{_DAY}|{_NTH})?"
_TIMES = r"\d\d:\d\d-\d\d:\d\d"
_LINE = re.compile(rf"({_DAY_ITEM}(?:,{_DAY_ITEM})*) ({_TIMES}(?:,{_TIMES})*)", re.ASCII)


@lru_cache(maxsize=4096)
def parse(line: str) -> tuple[Range, ...] | Refused:
    """The ranges of one line, in the order they are written; never raises."""
    if line == ALWAYS:
        return parse("Mo-Su 00:00-24:00")
    match = _LINE.fullmatch(line)
    if match is None:
        return _explain(line)
    days, weekdays = match[1], _weekdays(match[1])
    found, at = [], match.start(2)
    for times in match[2].split(","):
        start, end = _minutes(times[:5]), _minutes(times[6:])
        if refused := _refuse_times(times, start, end, at):
            return refused
        found.append(Range(days, weekdays, start, end if end > start else end + DAY_MINUTES))
        at += len(times) + 1
    return tuple(found)


def _weekdays(text: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    found: list[tuple[int, tuple[int, ...]]] = []
    for item in re.findall(_DAY_ITEM, text):
        first, nths = DAYS.index(item[:2]), ALL_NTH
        last = DAYS.index(item[3:]) if item[2:3] == "-" else first
        if item[2:3] == "[":
            nths = tuple(sorted({int(n) for n in item[3:-1].split(",")}))
        # Fr-Mo runs over the end of the week.
        found += [((first + step) % 7, nths) for step in range((last - first) % 7 + 1)]
    return tuple(found)


def _minutes(text: str) -> int:
    """Minutes from midnight of `HH:MM`, -1 when there is no such time; 24:00 is one."""
    hours, minutes = int(text[:2]), int(text[3:])
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY_MINUTES else -1


def _refuse_times(times: str, start: int, end: int, at: int) -> Refused | None:
    if start < 0 or start == DAY_MINUTES:
        return Refused(at, f"'{times[:5]}' is not a time; use 24-hour HH:MM", _later(times))
    if end < 0:
        return Refused(at + 6, f"'{times[6:]}' is not a time; use 24-hour HH:MM", _later(times))
    if start == end:
        return Refused(at, "start and end are the same; for all day write 00:00-24:00")
    return None


def _later(times: str) -> str | None:
    """OSM writes 21:00-29:00 for a night; we write 21:00-05:00."""
    start, hours, minutes = _minutes(times[:5]), int(times[6:8]), int(times[9:])
    end = (hours - 24) * 60 + minutes
    fits = minutes < 60 and 0 <= end < start < DAY_MINUTES
    return f"{times[:6]}{clock(end)}" if fits else None


_ONLY = "only days and times can stand here; put words in a note"
_PLAIN = "write days and times, one line each, like 'Mo-Fr 09:00-17:00'"

# The first pattern that is found in a line that is not one of ours says what is wrong with it.
_REASONS = (
    (r"\|\||\"", _ONLY),
    (r"\bPH\b", "'PH' cannot stand here; write bank holidays under hours.bank_holidays"),
    (r"\bSH\b", "'SH' cannot stand here; write school holidays under hours.school_holidays"),
    (r"(?i)\b(?:off|closed)\b", "leave out the days that are closed"),
    (r";", "write each part as a line of its own"),
    (
        r"(?i)\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)|\b\d{4} ",
        "dates and months cannot stand here; for closed days use hours.closed_on",
    ),
    (r"(?<=[a-zA-Z]),(?= *\d)", "write a space and no comma between days and times"),
    (r"\+", "an open end cannot stand here; write when it ends"),
)
_OTHER_CLOCK = re.compile(r"(?<=\d) ?(?:[ap]m|h)", re.IGNORECASE)
_WORD = re.compile(r"(?<![\dA-Za-z])(?<!\d )[A-Za-z]+")  # the "am" of "9 am" is no day


def _explain(line: str) -> Refused:
    fix = suggest(line)
    for pattern, why in _REASONS:
        if found := re.search(pattern, line):
            return Refused(found.start(), why, fix)
    for word in _WORD.finditer(line):
        if word[0] not in DAYS:
            why = f"'{word[0]}' is not a day; use {' '.join(DAYS)}"
            return Refused(word.start(), why, fix)
    if found := _OTHER_CLOCK.search(line):
        return Refused(found.start(), "write times by the 24-hour clock, as HH:MM", fix)
    return Refused(0, _PLAIN, fix)


_DAY_WORDS = (
    (r"every ?day|daily|all week|7 days(?: a week)?", "Mo-Su"),
    (r"week ?days?", "Mo-Fr"),
    (r"week ?ends?", "Sa-Su"),
    (r"mo(?:n(?:day)?s?)?", "Mo"),
    (r"tu(?:es?(?:day)?s?)?", "Tu"),
    (r"we(?:d(?:nesday)?s?)?", "We"),
    (r"th(?:u(?:rs?(?:day)?)?s?)?", "Th"),
    (r"fr(?:i(?:day)?s?)?", "Fr"),
    (r"sa(?:t(?:urday)?s?)?", "Sa"),
    (r"su(?:n(?:day)?s?)?", "Su"),
)
_TIME_WORDS = ((r"\bnoon\b|\bmidday\b", "12pm"), (r"\bmidnight\b", "24:00"))
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})(?:[:.]?(\d\d))?(?: ?(am|pm)\b)?(?![\d:])")


def suggest(line: str) -> str | None:
    """What the author may have meant, as a line that parses, or None."""
    text = line.lower().replace("–", "-").replace("—", "-")
    for pattern, word in _TIME_WORDS:
        text = re.sub(pattern, word, text)
    text = re.sub(r"\b24(?: ?h(?:ours?|rs?)?)\b", "00:00-24:00", text)
    text = _CLOCK.sub(_written_out, text)
    for pattern, word in _DAY_WORDS:
        text = re.sub(rf"\b(?:{pattern})\b", word, text)
    return _checked(_joined(text), line)


def _written_out(match: re.Match[str]) -> str:
    hours, minutes = int(match[1]), match[2] or "00"
    if match[3] and 1 <= hours <= 12:
        hours = hours % 12 + (12 if match[3] == "pm" else 0)
    return f"{hours:02}:{minutes}"


def _joined(text: str) -> str:
    text = re.sub(r"\bfrom\b|\bopen\b", " ", text)
    text = re.sub(r" ?(?:\bto\b|\buntil\b|\btill?\b|-) ?", "-", text)
    text = re.sub(r" ?(?:\band\b|&|/|,) ?", ",", text)
    text = re.sub(r"(?<=[a-z])[,:. ]+(?=\d)", " ", text.strip(), flags=re.IGNORECASE)
    # Without days only "24 hours" says which: "9am-5pm" is as likely to mean weekdays.
    return re.sub(r"\A(?=00:00-24:00\Z)", "Mo-Su ", " ".join(text.split()))


def _checked(text: str, line: str) -> str | None:
    if text == line or not _LINE.fullmatch(text):
        return None
    found = parse(text)
    # "9-5" without am or pm could be a day or a night: better no suggestion than a wrong one.
    if isinstance(found, Refused) or any(part.end > DAY_MINUTES for part in found):
        return None
    return text


def overlap(parts: tuple[Range, ...]) -> tuple[int, int] | None:
    """The weekday and the minute where two of the ranges first cover the same time, or None."""
    for index, part in enumerate(parts):
        for other, (day, nths) in product(parts[index + 1 :], part.weekdays):
            for same, others in other.weekdays:
                start, end = max(part.start, other.start), min(part.end, other.end)
                if same == day and set(nths) & set(others) and start < end:
                    return day, start
    return None
