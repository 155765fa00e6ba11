"""Telling: what an entry states, in plain English for the people who answer for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.directory import hours
from bot.directory.languages import LANGUAGES
from bot.directory.reading import day_range
from bot.directory.shape import SHAPE

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = ("", "first", "second", "third", "fourth", "fifth")

# Words of the format that say too little alone. All others are read with spaces.
_WORDS: Mapping[str, str] = {
    "on_request": "if she asks",
    "names_drugs_or_alcohol": "a sign names drugs or alcohol",
    "discreet": "nothing outside says what it is",
    "same_time": "men are there at the same time",
    "other_times": "men come at other times",
    "womens_centre": "women's centre",
    "childrens_centre": "children's centre",
    "gp": "a doctor's",
    "area_only": "only the area",
    "any_by_phone": "any language by phone",
    "web_form": "a form on the web",
    "web_page": "a web page",
    "prison_history": "women who have been in prison",
    "prison_release": "women leaving prison",
    "hospital_discharge": "women leaving hospital",
    "sex_work": "women who sell or swap sex",
    "sex_workers": "women who sell or swap sex",
    "no_recourse": "women with no right to benefits",
    "child_removed": "women whose child is in care",
    "court_ordered": "women a court has sent",
    "under_18": "girls under 18",
    "licence_end": "ends with the licence",
    "women_only_group": "a group for women only",
    "sex_work_group": "a group for women who sell or swap sex",
    "someone_else": "family and friends",
    "as_usual": "as usual",
    "walk_in": "walking in",
    "webchat": "online chat",
    "callback": "a call back",
    "relay": "relay or sign language",
    "standard": "costs what a normal call costs",
    "parents_rights": "parents' rights",
    "24/7": "day and night",
    "lgbt": "LGBTQ+",
}


def told(key: str, values: Sequence[str]) -> str:
    """The values of one key (as `SHAPE` writes it) in words; `none` where its list is empty."""
    kind = SHAPE[key].kind if key in SHAPE else "text"
    between = "; " if kind in {"lines", "lines_or_choice", "days"} else ", "
    return between.join(_one(kind, value) for value in values) or "none"


def _one(kind: str, value: str) -> str:
    match kind:
        case "choice" | "choices":
            return _WORDS.get(value, value.replace("_", " "))
        case "languages":
            return LANGUAGES.get(value) or _WORDS.get(value, value)
        case "date":
            return day_told(value)
        case "lines" | "lines_or_choice":
            return hours_told(value)
        case "days":
            first, last = day_range(value)
            return day_told(first) if first == last else f"{day_told(first)} to {day_told(last)}"
        case _:
            return value


def day_told(text: str | date) -> str:
    """`5 November 2026`, `November 2026` or `2026`, from a date as entries have it."""
    year, *rest = str(text).split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    return f"{int(rest[1])} {month}{year}" if len(rest) > 1 else f"{month}{year}"


def hours_told(line: str) -> str:
    """`Mo-Fr 09:00-17:00` as `Monday to Friday, 09:00 to 17:00`; other words as they are."""
    if line in _WORDS:
        return _WORDS[line]
    found = hours.parse(line)
    if isinstance(found, hours.Refused):
        return line.replace("_", " ")
    times = (f"{hours.clock(each.start)} to {_end(each.end)}" for each in found)
    return f"{_days(found[0])}, {' and '.join(times)}"


def _end(minutes: int) -> str:
    return hours.clock(minutes if minutes == hours.DAY_MINUTES else minutes % hours.DAY_MINUTES)


def _days(found: hours.Range) -> str:
    return ", ".join(_item(item) for item in _items(found.days))


def _items(days: str) -> list[str]:
    """`Mo[1,3],Tu-We` as `Mo[1,3]` and `Tu-We`: a comma inside brackets parts nothing."""
    items: list[str] = []
    for part in days.split(","):
        if part[0].isdigit():
            items[-1] += f",{part}"
        else:
            items.append(part)
    return items


def _item(item: str) -> str:
    first = WEEK[hours.DAYS.index(item[:2])]
    if item[2:3] == "-":
        return f"{first} to {WEEK[hours.DAYS.index(item[3:])]}"
    if item[2:3] == "[":
        nths = " and ".join(_NTH[int(nth)] for nth in item[3:-1].split(","))
        return f"{nths} {first} of the month"
    return first
