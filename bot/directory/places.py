"""Where she is: councils, and the outward half of a postcode; the other half is never kept."""

import csv
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.documents import Mapping as Block
from bot.documents import Scalar, read_file
from bot.fields import Fields
from bot.problems import Mark, Problem, Report, did_you_mean

Band = Literal["near", "close", "far", "away"]

RULES: Mapping[str, str] = {
    "place-twice": "A council, district or town stands in places.yaml twice.",
    "not-a-neighbour": "A neighbour is no council we know, or does not name this one back.",
    "not-a-district": "No outcode of the table lies in a district.",
    "outcode-row": "A row of the outcode table cannot be read.",
}

MOST_COUNCILS = 5
LEAST_SHARE = 2  # per cent of an outcode's postcodes


@dataclass(frozen=True, slots=True)
class Council:
    """A council she may live in. `towns` are other names that people type."""

    id: str
    name: str
    districts: tuple[str, ...]  # ONS codes
    towns: tuple[str, ...]
    neighbours: tuple[str, ...]  # ids
    mark: Mark


@dataclass(frozen=True, slots=True)
class Outcode:
    """The outward half of a postcode: its centre in degrees, and per cent by district code."""

    code: str
    latitude: float
    longitude: float
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The area that the directory knows; councils by id in the order they are shown."""

    councils: Mapping[str, Council]
    outcodes: Mapping[str, Outcode]

    def councils_of(self, outcode: str) -> tuple[str, ...]:
        """Ids of the councils an outcode lies in, largest share first, at most five.

        Empty when it lies elsewhere or is not known: then she is asked by button.
        """
        found = self.outcodes.get(outcode)
        shares: Counter[str] = Counter()
        for district, share in found.shares if found else ():
            for council in self.councils.values():
                shares[council.id] += share * (district in council.districts)
        return tuple(
            council for council, share in shares.most_common(MOST_COUNCILS) if share >= LEAST_SHARE
        )

    def distance_band(self, one: str, other: str) -> Band | None:
        """How far apart two outcodes are, in words; None when either is not known.

        Measured between centres, so an outcode is always near itself. Kilometres would promise
        more than a centre can say.
        """
        first, second = self.outcodes.get(one), self.outcodes.get(other)
        if first is None or second is None:
            return None
        distance = _kilometres(first, second)
        return next((band for band, most in _BANDS if distance <= most), "away")

    def neighbours(self, council: str) -> tuple[str, ...]:
        """Ids of the councils that border it; empty for one we do not know."""
        found = self.councils.get(council)
        return found.neighbours if found else ()

    def __iter__(self) -> Iterator[Council]:
        return iter(self.councils.values())


_BANDS: tuple[tuple[Band, int], ...] = (("near", 3), ("close", 8), ("far", 20))


def _kilometres(one: Outcode, other: Outcode) -> float:
    """Good to a few metres over the tens of kilometres that matter here."""
    middle = math.radians((one.latitude + other.latitude) / 2)
    east = (one.longitude - other.longitude) * math.cos(middle)
    return 111.2 * math.hypot(east, one.latitude - other.latitude)


def _plain(text: str) -> str:
    """Small letters and figures only, words apart: `Stoke-on-Trent` → `stoke on trent`."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return " ".join(re.findall(r"\w+", folded))


# The postcode areas of Great Britain. "O12" and "I need help at 7" name no place.
_ALL_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC "
    "EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M "
    "ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREAS = frozenset(_ALL_AREAS.split())
# Only inner London has a letter behind the figure, so "l8r" and "g2g" are no postcodes.
_LETTERED = frozenset({"E", "EC", "N", "NW", "SE", "SW", "W", "WC"})
_OUTWARD = r"([A-Z]{1,2})([0-9][0-9A-Z]?)"
_INWARD = r"[0-9][A-Z]{2}"
_TOKEN = re.compile(rf"(?<![A-Z0-9]){_OUTWARD}(?:{_INWARD})?(?![A-Z0-9])")
_SPACED = re.compile(rf"([A-Z]{{1,2}}) ([0-9][0-9A-Z]?)(?: ?{_INWARD})?")


def outward(text: str) -> str | None:
    """The outward half of the postcode in what she typed: "b12 9xx" → "B12".

    None when there is none, or two different ones. The inward half, which could name her street,
    never leaves this function.
    """
    typed = " ".join(_ascii_digits(text).upper().split())
    spaced = _SPACED.fullmatch(typed)
    found = {
        f"{area}{district}"
        for area, district in ([spaced.groups()] if spaced else _TOKEN.findall(typed))
        if area in (_AREAS if district.isdigit() else _LETTERED)
    }
    return found.pop() if len(found) == 1 else None


def _ascii_digits(text: str) -> str:
    """Digits of any script, and full-width letters, as a British keyboard writes them."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(char, char)) for char in folded)


def read_places(folder: Path, shown: str) -> tuple[Places, list[Problem]]:
    """Read `places.yaml` and `outcodes.csv` of the directory folder, with all their problems."""
    outcodes, problems = read_outcodes(folder / "outcodes.csv", f"{shown}/outcodes.csv")
    document, unreadable = read_file(folder / "places.yaml", f"{shown}/places.yaml")
    report = Report(document.path)
    councils = _councils(document.root, report) if document.root else ()
    places = Places({council.id: council for council in councils}, outcodes)
    _check_neighbours(places, report)
    _check_districts(places, report)
    return places, problems + unreadable + sorted(report.problems)


def _councils(root: Block, report: Report) -> tuple[Council, ...]:
    fields = Fields(root, report, "places.yaml")
    fields.choice("schema", ("1",))
    taken: dict[str, Mark] = {}
    found = [_council(block, report, taken) for block in fields.mappings("councils")]
    fields.done()
    return tuple(council for council in found if council)


def _council(block: Block, report: Report, taken: dict[str, Mark]) -> Council | None:
    fields = Fields(block, report, "a council")
    found = Council(
        id=fields.required("id") or "",
        name=fields.required("name") or "",
        districts=_texts(fields.scalars("districts")),
        towns=_texts(fields.scalars("towns")),
        neighbours=_texts(fields.scalars("neighbours")),
        mark=fields.key_mark("neighbours"),
    )
    for key in ("id", "districts", "towns"):
        for scalar in fields.scalars(key):
            _once(scalar, report, taken)
    fields.done()
    return found if found.id and found.name else None


def _texts(found: tuple[Scalar, ...]) -> tuple[str, ...]:
    return tuple(scalar.text for scalar in found)


def _once(found: Scalar, report: Report, taken: dict[str, Mark]) -> None:
    """Two councils that claim one town would send a woman to the wrong one."""
    key = _plain(found.text)
    if key in taken:
        why = f"'{found.text}' is written twice; first on line {taken[key].line}"
        report.add(found.mark, "place-twice", why)
    taken.setdefault(key, found.mark)


def _check_neighbours(places: Places, report: Report) -> None:
    for council in places:
        for other in council.neighbours:
            if other not in places.councils:
                near = did_you_mean(other, places.councils)
                report.add(council.mark, "not-a-neighbour", f"'{other}' is not a council{near}")
            elif council.id not in places.neighbours(other):
                why = f"'{other}' does not name '{council.id}' as its neighbour; name both"
                report.add(council.mark, "not-a-neighbour", why)


def _check_districts(places: Places, report: Report) -> None:
    known = {code for outcode in places.outcodes.values() for code, _ in outcode.shares}
    for council in places:
        for code in (code for code in council.districts if code not in known):
            why = f"no outcode lies in '{code}'; check the ONS code of {council.name}"
            report.add(council.mark, "not-a-district", why)


def read_outcodes(path: Path, shown: str) -> tuple[Mapping[str, Outcode], list[Problem]]:
    """Read the outcode table; rows that cannot be read are left out and reported."""
    report, found = Report(shown), dict[str, Outcode]()
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        report.add(Mark(), "outcode-row", "this table cannot be read; check that it is there")
        return found, report.problems
    for number, row in enumerate(rows, start=2):
        try:
            outcode = _outcode(row)
        except (KeyError, ValueError, AttributeError, TypeError):
            why = "this row needs outcode, lat, lon and la_shares like 'E08000025:96;E08000027:3'"
            report.add(Mark(number), "outcode-row", why)
        else:
            found[outcode.code] = outcode
    return found, report.problems


def _outcode(row: Mapping[str, str]) -> Outcode:
    shares = (part.split(":") for part in row["la_shares"].split(";"))
    latitude, longitude = float(row["lat"]), float(row["lon"])
    # Python reads 'nan' as a number; the distance to such a place would be no number either.
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("this is no place on earth")
    return Outcode(
        code=row["outcode"],
        latitude=latitude,
        longitude=longitude,
        shares=tuple((code, int(share)) for code, share in shares),
    )
