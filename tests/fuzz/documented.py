"""Readers of YAML: each file of the data folders, and problems that always have a place."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.directory.calendars import read_calendars
from bot.directory.checks import read_do_not_ship
from bot.directory.loader import load_service
from bot.directory.places import read_places
from bot.documents import Document, read
from bot.flows.loader import load_flows
from bot.locales import languages, wordlists
from bot.needs import load_vocabulary
from bot.outreach.amending import NEW, with_link
from bot.outreach.links import Links, read_links
from bot.problems import Problem
from tests.directory.entries import shipped_places
from tests.fuzz.readers import Reader
from tests.sessions.disks import quick_folder

ROOT = Path(__file__).parents[2]
SHOWN = "a/file.yaml"
CALENDAR = b"""schema: 1
councils:
  - council: birmingham
    source: https://example.org/terms
    from: 2026-09-01
    to: 2027-07-20
    holidays:
      - {from: 2026-10-26, to: 2026-10-30}
"""

LINKS = b"""# ours
web: https://notes.example.org
bot: notes_bot
links:
  - code: "k7m2x9pa"
    made: 2026-11-26
    venue: "Library: second floor"
    language: ur
    council: walsall
    cover: Notes
    expires: 2027-02-24
  - {code: 0222222a, made: 2026-11-26, revoked: 2026-12-01}
"""

Problems = Sequence[Problem]
Found = tuple[object, Problems]


def files(*patterns: str) -> Callable[[], list[bytes]]:
    """The bytes of the shipped files of these patterns."""
    return lambda: [
        path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))[:4]
    ]


def holds(data: bytes, found: Found) -> None:
    """Every problem has a path, a sentence, a rule, and a place that is in the file."""
    lines = data.decode("utf-8", "replace").splitlines() or [""]
    for problem in found[1]:
        assert problem.path.endswith((".yaml", ".csv", ".lock")), problem
        assert problem.sentence, problem
        assert problem.rule, problem
        assert 1 <= problem.line <= len(lines) + 1, problem
        assert problem.column >= 1, problem


def _of(load: Callable[[Document], Found]) -> Callable[[bytes], Found]:
    def loaded(data: bytes) -> Found:
        document, problems = read(data, SHOWN)
        found, more = load(document)
        assert document.root is not None or problems, "nothing was read, and nobody is told why"
        return found, [*problems, *more]

    return loaded


def _in_folder(name: str, load: Callable[[Path], Found]) -> Callable[[bytes], Found]:
    def loaded(data: bytes) -> Found:
        with quick_folder() as folder:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            return load(folder)

    return loaded


def _places(folder: Path) -> Found:
    (folder / "outcodes.csv").write_bytes(b"outcode,lat,lon,la_shares\n")
    return read_places(folder, "directory")


def _links_hold(data: bytes, found: Found) -> None:
    """What was read is written and read again the same."""
    holds(data, found)
    assert isinstance(found[0], Links)
    text = NEW
    for link in found[0].all:
        text = with_link(text, link)
    assert read_links(text.encode(), SHOWN) == (Links(all=found[0].all), [])


DOCUMENTED = {
    "flows": Reader(
        ("bot.flows.loader", "bot.flows.steps"),
        files("flows/**/*.yaml"),
        _of(lambda document: load_flows([document])),
        holds,
    ),
    "entries": Reader(
        ("bot.directory.loader", "bot.directory.reading"),
        files("directory/services/**/*.yaml"),
        _of(load_service),
        holds,
    ),
    "needs": Reader(("bot.needs",), files("directory/needs.yaml"), _of(load_vocabulary), holds),
    "languages": Reader(
        ("bot.locales.languages",), files("locales/languages.yaml"), _of(languages.load), holds
    ),
    "word lists": Reader(
        ("bot.locales.wordlists",),
        files("locales/words/*.yaml"),
        _of(lambda document: wordlists.load("en", document)),
        holds,
    ),
    "places": Reader(
        (), files("directory/places.yaml"), _in_folder("places.yaml", _places), holds
    ),
    "calendars": Reader(
        ("bot.directory.calendars",),
        lambda: [CALENDAR],
        _in_folder(
            "calendars/school_holidays.yaml",
            lambda folder: read_calendars(folder, "directory", shipped_places()),
        ),
        holds,
    ),
    "links": Reader(
        ("bot.outreach.links",),
        lambda: [LINKS],
        lambda data: read_links(data, SHOWN),
        _links_hold,
    ),
    "what must not ship": Reader(
        ("bot.directory.checks",),
        files("directory/do_not_ship.yaml"),
        _in_folder("do_not_ship.yaml", lambda folder: read_do_not_ship(folder, "directory")),
        holds,
    ),
}
