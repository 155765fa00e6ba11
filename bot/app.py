"""The wiring: settings and files into a world, a world and a store into turns.

Only here do the clock, the disk and the settings meet the rest of the program.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from bot.conversation import sources as named
from bot.conversation.acting import CHANNEL_WORDS, World
from bot.conversation.codes import codes
from bot.conversation.engine import compile_flows
from bot.conversation.lexicons import all_safety_words
from bot.conversation.plan import Plan
from bot.conversation.progress import questions_left
from bot.conversation.turns import Turns
from bot.conversation.wording import Material
from bot.directory.always import day_and_night
from bot.directory.calendars import read_calendars
from bot.directory.checks import check_directory, fit_to_show, read_do_not_ship
from bot.directory.contacts_lock import Line, compare, read_lock
from bot.directory.findings import Gone
from bot.directory.freshness import current
from bot.directory.index import all_near, build
from bot.directory.loader import read_services
from bot.directory.model import Service, Status
from bot.directory.places import Places, read_places
from bot.directory.schedules import SchoolYear
from bot.directory.shape import FACTS
from bot.documents import read_file
from bot.events import write_events
from bot.exceptions import DataError, SettingsError
from bot.flows.checks import check_flows
from bot.flows.loader import read_flows
from bot.flows.model import Flows
from bot.flows.proofreading import proofread
from bot.locales.catalogues import Catalogues
from bot.locales.checks import check_catalogues, check_sources
from bot.locales.extraction import Message, extract
from bot.locales.languages import Step
from bot.locales.pofile import read_files
from bot.locales.recording_checks import check_recordings
from bot.locales.rendering import SLOTS
from bot.locales.shelf import read_shelf, sync_shelf
from bot.locales.sync import targets
from bot.needs import Vocabulary, check_facts, load_vocabulary
from bot.problems import Problem
from bot.sessions.memory import MemoryStore
from bot.sessions.model import Lifetimes
from bot.settings import Settings

FOLDERS = ("flows", "directory", "locales")
MOST_SECONDS = 90 * 60  # after which a talk ends, however busy
_ENTRIES = "directory/services"
WORDS = (  # what catalogues rest on
    "flows",
    "directory/needs.yaml",
    "locales/languages.yaml",
    "locales/review.json",
)


@dataclass(frozen=True, slots=True)
class Data:
    """What the files say, with every problem found on the way; nothing is thrown away."""

    flows: Flows
    vocabulary: Vocabulary
    services: tuple[Service, ...]
    places: Places
    schools: Mapping[str, SchoolYear]
    gone: tuple[Gone, ...]  # what must not come back into the directory
    lock: tuple[Line, ...]  # who looked at each contact last
    folders: "Folders"
    problems: tuple[Problem, ...]
    checked: bool = False  # `services` are those to show, and were checked before


@dataclass(frozen=True, slots=True)
class Folders:
    """Where flows, directory and locales are read from, and how their paths are shown."""

    flows: Path
    directory: Path
    locales: Path
    shipped: Path  # the shipped locales: an own folder may have no word lists


def folders(settings: Settings) -> Folders:
    """The folders to read: those under `LINNET_DATA`, else the shipped ones.

    Raises SettingsError where one is missing, and where `LINNET_DATA` holds none of the three: the
    shipped data must not pass for somebody's own.
    """
    if settings.data and not any((settings.data / name).is_dir() for name in FOLDERS):
        wanted = ", ".join(FOLDERS)
        raise SettingsError(f"LINNET_DATA is '{settings.data}', which holds none of: {wanted}")
    shipped = Path(__file__).parent / "data"
    if not shipped.is_dir():
        shipped = Path(__file__).parent.parent  # a checkout: the data stands beside the program
    found = []
    for name in FOLDERS:
        own = settings.data / name if settings.data else None
        folder = own if own and own.is_dir() else shipped / name
        if not folder.is_dir():
            raise SettingsError(f"the folder '{name}' is missing; set LINNET_DATA to where it is")
        found.append(folder)
    return Folders(*[*found, shipped / "locales"])


def read_data(where: Folders, checked: Sequence[Service] | None = None) -> Data:
    """Read flows and directory. Never raises for what is in the files.

    `checked` are entries to show that were read and checked before, in place of those in the files.
    """
    flows, problems = read_flows(where.flows, "flows")
    document, unread = read_file(where.directory / "needs.yaml", "directory/needs.yaml")
    vocabulary, unknown = load_vocabulary(document)
    services, misfits = (
        (tuple(checked), [])
        if checked is not None
        else read_services(where.directory / "services", "directory/services")
    )
    places, lost = read_places(where.directory, "directory")
    schools, unclear = read_calendars(where.directory, "directory", places)
    gone, unfit = read_do_not_ship(where.directory, "directory")
    lock, unlocked = read_lock(where.directory, "directory")
    return Data(
        flows=flows,
        vocabulary=vocabulary,
        services=services,
        places=places,
        schools=schools,
        gone=gone,
        lock=lock,
        folders=where,
        problems=(*problems, *unread, *unknown, *misfits, *lost, *unclear, *unfit, *unlocked),
        checked=checked is not None,
    )


def flow_problems(data: Data) -> list[Problem]:
    """What is wrong with the flows, seen together with the rest.

    A flow may name only entries that can be shown; for her a draft is no entry.
    """
    return check_flows(
        data.flows,
        data.vocabulary,
        parsers=named.PARSERS,
        sources=named.SOURCES,
        contacts=[one.id for one in data.services if one.status is Status.ACTIVE],
        slots=SLOTS,
    )


def directory_problems(data: Data, day: date) -> list[Problem]:
    """What is wrong with the entries, one by one and together, and with their contacts' lock."""
    found = check_directory(data.services, data.places, day, data.gone, data.schools)
    if any(problem.rule == "lock-missing" for problem in data.problems):
        return found  # which is said once, and not again for each contact
    unread = {PurePosixPath(problem.path).stem for problem in errors_in(data.problems, _ENTRIES)}
    return [*found, *compare(data.lock, data.services, "directory", unread)]


def build_world(data: Data, settings: Settings, today: date) -> World:
    """Everything a turn needs. Raises DataError when the talk could not be had as it is.

    An entry of the directory with a mistake is left out, also where a flow names it; a flow with
    a mistake stops the start.
    """
    found = [*data.problems, *flow_problems(data)]
    errors = [
        problem for problem in found if problem.level == "error" and not _may_be_left_out(problem)
    ]
    if errors:
        raise DataError(errors)
    shown = data.services
    if not data.checked:
        shown = fit_to_show(shown, [*data.problems, *directory_problems(data, today)])
    shown = tuple(current(service, today) for service in shown)
    index = build(shown, data.vocabulary, data.places, today, data.schools)
    catalogues = Catalogues.read(data.folders.locales, Step(settings.min_status))
    languages = offered(catalogues, settings.languages)

    def near(council: str) -> Sequence[Service]:
        return all_near(index, council)

    plan = compile_flows(
        data.flows,
        named.sources(languages, data.places, near, {service.id for service in shown}),
        named.parsers(),
    )
    return World(
        material=Material(
            plan=plan,
            vocabulary=data.vocabulary,
            services={service.id: service for service in shown},
            councils=_council_names(data.places),
            names=_names(catalogues, data, shown),
            left=questions_left(plan, _border_outcode(data.places)),
        ),
        index=index,
        places=data.places,
        catalogues=catalogues,
        safety_words=all_safety_words(plan, [catalogues.typed_voice(code) for code in languages]),
        aliases=_aliases(data.places),
        codes=codes(_ids(plan, data.places, languages, shown)),
    )


def _border_outcode(places: Places) -> str | None:
    """Any first half of a postcode that lies in more than one council, which brings a question."""
    return next((code for code in places.outcodes if len(places.councils_of(code)) > 1), None)


def _ids(
    plan: Plan, places: Places, languages: Sequence[str], services: Sequence[Service]
) -> Iterator[str]:
    """Every id that may stand behind a button."""
    for name, planned in plan.steps.items():
        yield name
        yield from planned.effects
        yield from planned.renamed  # on cards from before a flow was edited
    yield from (*plan.renamed, *plan.intents)
    yield from (*CHANNEL_WORDS, *languages, *places.councils)
    yield from (service.id for service in services)


def _may_be_left_out(problem: Problem) -> bool:
    # Harm prevented: one edited entry must not keep every woman from the numbers of all others.
    entry = problem.path.startswith(f"{_ENTRIES}/")
    return entry or problem.rule in {"unknown-contact", "lock-line"}


def offered(catalogues: Catalogues, wanted: Sequence[str]) -> tuple[str, ...]:
    """The codes of the languages to offer, in menu order; English is always one of them.

    `wanted` is empty for all. Raises SettingsError where it names one that cannot be offered.
    """
    every = tuple(language.code for language in catalogues.offered)
    for code in wanted:
        if code not in every:
            known = ", ".join(every)
            raise SettingsError(f"LINNET_LANGUAGES names '{code}'; it may name: {known}")
    return tuple(code for code in every if not wanted or code in wanted or code == "en")


def _council_names(places: Places) -> dict[str, str]:
    return {id: council.name for id, council in places.councils.items()}


def _names(
    catalogues: Catalogues, data: Data, services: Sequence[Service]
) -> dict[str, dict[str, str]]:
    councils = _council_names(data.places)
    places = {service.id: service.name for service in services}
    return {
        "languages": {language.code: language.endonym for language in catalogues.offered},
        "councils": councils,
        "councils_of_area": councils,
        "services_near": places,
        "services_shown": places,
    }


def _aliases(places: Places) -> Mapping[str, Mapping[str, Sequence[str]]]:
    towns = {id: council.towns for id, council in places.councils.items()}
    return {"councils": towns, "councils_of_area": towns}


def make_turns(
    settings: Settings,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251  # the one clock
) -> Turns:
    """Turns over the files and the memory store, ready to take acts.

    Raises SettingsError and DataError.
    """
    data = read_data(folders(settings))
    world = build_world(data, settings, clock().date())
    store = MemoryStore(time.monotonic, lifetimes(settings))
    return Turns(world, store, clock)


def lifetimes(settings: Settings) -> Lifetimes:
    """How long sessions are kept, in seconds; 90 minutes or the idle time are the most."""
    idle = settings.session_minutes * 60
    return Lifetimes(idle, max(idle, MOST_SECONDS))


def start_logging(settings: Settings) -> None:
    """Log event names to standard error and nothing of what people say or do."""
    write_events(settings.log_level)


def today() -> date:
    """The day by the clock of this machine."""
    return now().date()


def now() -> datetime:
    """This moment, aware, by the clock of this machine."""
    return datetime.now(UTC)  # noqa: TID251  # the one place with a clock


def seconds() -> float:
    """Seconds of a clock that never goes back, to measure how long something took."""
    return time.monotonic()


def messages(data: Data) -> tuple[Message, ...]:
    """Every text there is to translate."""
    return extract(data.flows.by_id.values(), data.vocabulary)


def all_problems(data: Data, day: date) -> list[Problem]:
    """Everything that `linnet check` finds, in no order."""
    shelf = read_shelf(data.folders.locales)
    languages = shelf.languages
    texts = messages(data)
    # Reading the catalogues takes longer than most rules; two look at all of them.
    files = read_files(path for path, _ in targets(data.folders.locales, languages))
    wrong = flow_problems(data)
    whole = not errors_in([*data.problems, *wrong], "flows")
    return [
        *data.problems,
        *shelf.problems,
        *shelf.stale(),
        *wrong,
        *proofread(
            data.flows if whole else None,
            texts,
            languages,
            (data.folders.locales, data.folders.shipped),
            [*(service.name for service in data.services), *languages.same],
            day_and_night(data.services),
            files,
        ),
        *check_facts(data.vocabulary, FACTS, "directory/needs.yaml"),
        *directory_problems(data, day),
        *check_sources(texts, languages),
        *check_catalogues(texts, data.folders.locales, languages, files=files),
        *check_recordings(texts, data.folders.locales, languages),
    ]


def errors_in(problems: Iterable[Problem], *places: str) -> list[Problem]:
    """The errors in these files and folders, named as problems name them: `flows`."""
    return [
        problem
        for problem in problems
        if problem.level == "error"
        and f"{problem.path}/".startswith(tuple(f"{place}/" for place in places))
    ]


def sync_catalogues(data: Data, *, write: bool) -> list[str]:
    """The catalogues that change, or would, as paths below the folder of locales.

    Raises DataError while flows, needs or languages cannot be read: what was not read would look
    as if it were gone, and its translations would be dropped.
    """
    shelf = read_shelf(data.folders.locales)
    unread = errors_in([*data.problems, *shelf.problems], *WORDS)
    if unread:
        raise DataError(unread)
    changed = sync_shelf(shelf, messages(data), write=write)
    return [path.relative_to(shelf.folder).as_posix() for path in changed]
