"""Entries for tests: a small whole one to change, and what the checks say about a file."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from bot.directory import calendars, checks, contacts_lock, loader, places, reading
from bot.directory.checks import check_directory, read_do_not_ship
from bot.directory.loader import load_directory, load_service, read_services
from bot.directory.model import Service
from bot.directory.places import Places, read_outcodes, read_places
from bot.documents import Document, read, read_file
from bot.problems import Problem

HERE = Path(__file__).parent
DIRECTORY = HERE.parents[1] / "directory"
TODAY = date(2026, 11, 23)

_WHOLE = {
    "schema": "1",
    "id": "a-centre",
    "name": "A Centre",
    "status": "active",
    "kind": "[womens_centre]",
    "summary": "{en: A quiet place to talk.}",
    "verified": "{by: editor, how: web_page}",
    "area": "{councils: [birmingham]}",
    "contact": "[{type: phone, number: 0121 303 0000}]",
}


def written(**keys: str) -> Document:
    """A whole entry with keys changed or added; an empty value takes the key out."""
    lines = (f"{key}: {value}" for key, value in (_WHOLE | keys).items() if value)
    document, problems = read("\n".join(lines).encode(), "services/a-centre.yaml")
    assert problems == []
    return document


def entry(**keys: str) -> Service:
    """The service that such an entry makes."""
    service, problems = load_service(written(**keys))
    assert service is not None, problems
    return service


def rules(**keys: str) -> list[str]:
    """The rules that such an entry breaks, in file order; whole-directory rules left out."""
    service, problems = load_service(written(**keys))
    found = check_directory([service] if service else [], shipped_places(), TODAY)
    return [
        problem.rule for problem in (*problems, *found) if problem.path != "directory/services"
    ]


@cache
def shipped_places() -> Places:
    """The places that ship."""
    return read_places(DIRECTORY, "directory")[0]


def _service(path: Path, _: Path) -> list[Problem]:
    beside = HERE / "companions" / path.stem
    companions = beside if beside.exists() else HERE / "companions" / "default"
    others, problems = read_services(companions, "companions")
    document, unread = read_file(path, f"broken/{path.name}")
    services, found = load_directory([document])
    gone, _none = read_do_not_ship(DIRECTORY, "directory")
    said = check_directory((*others, *services), shipped_places(), TODAY, gone)
    # Every small example has gaps and old checks; notes count where the example is about them.
    told = [problem for problem in said if problem.level != "info" or problem.rule == path.stem]
    return [*problems, *unread, *found, *told]


def _lock(path: Path, folder: Path) -> list[Problem]:
    """The example is the lock itself, beside a directory without entries."""
    (folder / contacts_lock.FILE).write_bytes(path.read_bytes())
    lines, problems = contacts_lock.read_lock(folder, "broken")
    return [*problems, *contacts_lock.compare(lines, [], "broken")]


def _not_locked(path: Path, _: Path) -> list[Problem]:
    """The example is an entry, beside a lock without lines."""
    services, problems = load_directory([read_file(path, f"broken/{path.name}")[0]])
    return [*problems, *contacts_lock.compare((), services, "directory")]


def _stray(path: Path, folder: Path) -> list[Problem]:
    (folder / "stray-file.txt").write_bytes(path.read_bytes())
    return read_services(folder, "broken")[1]


def _places(path: Path, folder: Path) -> list[Problem]:
    (folder / "places.yaml").write_bytes(path.read_bytes())
    (folder / "outcodes.csv").write_bytes((DIRECTORY / "outcodes.csv").read_bytes())
    return read_places(folder, "broken")[1]


def _outcodes(path: Path, folder: Path) -> list[Problem]:
    """The table stands under the comments; lines count from its own first one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    table = folder / "outcodes.csv"
    table.write_text("\n".join(line for line in lines if not line.startswith("#")))
    return read_outcodes(table, "broken/outcodes.csv")[1]


def _calendar(path: Path, folder: Path) -> list[Problem]:
    (folder / "calendars").mkdir()
    (folder / "calendars" / "school_holidays.yaml").write_bytes(path.read_bytes())
    return calendars.read_calendars(folder, "broken", shipped_places())[1]


def _ending(path: Path, folder: Path) -> list[Problem]:
    (folder / "calendars").mkdir()
    (folder / "calendars" / "school_holidays.yaml").write_bytes(path.read_bytes())
    schools, _none = calendars.read_calendars(folder, "broken", shipped_places())
    said = check_directory((), shipped_places(), TODAY, schools=schools)
    return [problem for problem in said if problem.level == "info"]


RUNS: Mapping[str, Callable[[Path, Path], list[Problem]]] = {
    **dict.fromkeys((*reading.RULES, *loader.RULES, *checks.RULES), _service),
    "stray-file": _stray,
    **dict.fromkeys(contacts_lock.RULES, _lock),
    "contact-not-locked": _not_locked,
    "school-holidays-end": _ending,
    **dict.fromkeys(places.RULES, _places),
    "outcode-row": _outcodes,
    **dict.fromkeys(calendars.RULES, _calendar),
}


def problems_of(path: Path, folder: Path) -> list[str]:
    """What is said about a broken file, without its path; `folder` is empty and may be used."""
    found = RUNS[path.stem](path, folder)
    return [str(problem).removeprefix(f"{problem.path}:") for problem in found]
