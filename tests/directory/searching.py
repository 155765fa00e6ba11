"""A small made-up region to search in: councils a, b and c in a row, d far off."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.directory.index import Index, build
from bot.directory.matching import Found, match
from bot.directory.model import Contact, Hours, Place, Service, Status, Verified
from bot.directory.places import Council, Outcode, Places
from bot.directory.schedules import SchoolYear
from bot.documents import read
from bot.needs import Needs, Vocabulary, load_vocabulary
from bot.problems import Mark

TODAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
MARK = Mark()

WORDS = """
schema: 1
tags: [danger, discreet, unsafe_place]
needs:
  alcohol: {tag: Drink, ask: A?, met_by: {helps_with: alcohol, kind: treatment}, weight: 3, rung: kind}
  drugs: {tag: Drugs, ask: A?, met_by: {helps_with: drugs, kind: treatment}, weight: 3, rung: kind}
  woman_worker:
    tag: Woman
    ask: A?
    met_by: {worker.female: [guaranteed, on_request]}
    weight: 3
  own_community: {tag: Own, ask: A?, met_by: {worker.own_community: always}, rung: comfort}
  by_and_for: {tag: By, ask: A?, met_by: {by_and_for: [black, sikh], kind: by_and_for}, rung: comfort}
  women_only_group:
    tag: Group
    ask: A?
    met_by: {groups.women_only: yes}
    weight: 2
    rung: group
    relaxes_to: one_to_one
  one_to_one: {tag: Alone, ask: A?, met_by: {worker.one_to_one: always}, rung: group}
  creche:
    tag: Creche
    ask: A?
    met_by: {children.creche: yes}
    weight: 2
    rung: comfort
    relaxes_to: children_welcome
  children_welcome: {tag: Child, ask: A?, met_by: {children.welcome: [any, under_5]}, rung: comfort}
  evening: {tag: Evening, ask: A?, met_by: {times.evening: yes}, weight: 2, rung: time}
  weekend: {tag: Weekend, ask: A?, met_by: {times.weekend: yes}, rung: time}
  phone_or_video:
    tag: Phone
    ask: A?
    met_by: {ways.phone: yes, ways.video: yes}
    rung: distance
  no_voice: {tag: Text, ask: A?, met_by: {contact.no_voice: yes}, weight: 3, rung: distance}
  home_visit:
    tag: Home
    ask: A?
    met_by: {ways.home_visit: yes}
    rung: distance
    relaxes_to: phone_or_video
  discreet:
    tag: No sign
    ask: A?
    met_by: {place.sign: discreet}
    ruled_out_by: {place.sign: names_drugs_or_alcohol}
    rung: comfort
    relaxes_to: phone_or_video
  women_only_building:
    tag: No men
    ask: A?
    met_by: {place.men: never}
    ruled_out_by: {place.men: same_time}
    rung: comfort
  step_free: {tag: No steps, ask: A?, met_by: {place.step_free: yes}, standing: safety}
  pregnancy:
    tag: Pregnant
    ask: A?
    met_by: {welcomes: pregnant}
    ruled_out_by: {not_for: pregnant}
    rung: kind
  using_now: {tag: Using, ask: A?, met_by: {accepts.using_now: yes}}
  sex_work: {tag: Sex, ask: A?, met_by: {who: sex_workers, kind: sex_work}, rung: comfort}
  young_person:
    tag: Young
    ask: A?
    met_by: {young_people: yes}
    ruled_out_by: {not_for: under_18}
    rung: comfort
  my_language:
    tag: Language
    ask: A?
    met_by: {languages.spoken: her_language, languages.interpreter: [her_language, any_by_phone]}
    ruled_out_by: {languages.multilingual: no}
    weight: 3
    rung: language
  housing: {tag: Housing, ask: A?, met_by: {on_site: housing, kind: housing}, rung: kind}
  domestic_abuse: {tag: Abuse, ask: A?, met_by: {kind: domestic_abuse}, weight: 3, rung: kind}
"""


def vocabulary(words: str = WORDS) -> Vocabulary:
    """The needs of such a file, which has no mistakes."""
    document, unread = read(words.encode(), "needs.yaml")
    found, problems = load_vocabulary(document)
    assert [*unread, *problems] == []
    return found


VOCABULARY = vocabulary()


def _council(id: str, *neighbours: str) -> Council:
    return Council(id, id.upper(), (f"d-{id}",), (), neighbours, MARK)


def _outcode(code: str, east: float, *councils: str) -> Outcode:
    return Outcode(code, 52.5, -2 + east, tuple((f"d-{id}", 50) for id in councils))


PLACES = Places(
    {
        council.id: council
        for council in (
            _council("a", "b"),
            _council("b", "a", "c"),
            _council("c", "b"),
            _council("d"),
        )
    },
    {
        outcode.code: outcode
        for outcode in (
            _outcode("A1", 0, "a"),
            _outcode("A2", 0.08, "a"),  # about five kilometres off
            _outcode("A9", 0.8, "a"),  # about fifty
            _outcode("AB1", 0.1, "a", "b"),
            _outcode("Z1", 5, "elsewhere"),
        )
    },
)

LINE: Mapping[str, Any] = {"kinds": ("helpline",), "councils": (), "national": True}


def service(id: str, facts: Mapping[str, str] | None = None, **more: Any) -> Service:
    """A fresh active service of council a; facts are written `fact: "value value"`."""
    kinds = more.pop("kinds", ("support",))
    stated = {fact: frozenset(values.split()) for fact, values in (facts or {}).items()}
    given: dict[str, Any] = {
        "id": id,
        "path": f"services/{id}.yaml",
        "name": id.title(),
        "status": Status.ACTIVE,
        "kinds": kinds,
        "summary": {"en": id},
        "verified": Verified("2026-11-01", "editor", "web_page"),
        "councils": ("a",),
        "contacts": (),
        "facts": stated | {"kind": frozenset(kinds)},
        "mark": MARK,
    }
    return Service(**given | more)


def line(id: str, facts: Mapping[str, str] | None = None, **more: Any) -> Service:
    """A national line."""
    return service(id, facts, **{**LINE, **more})


LINES = (line("line-one"), line("line-two"))


def at(postcode: str | None, street: str | None = None) -> tuple[Place, ...]:
    """One place there."""
    return (Place("main", "shown", MARK, street=street, postcode=postcode),)


def answers(*lines: str) -> tuple[Contact, ...]:
    """One telephone that is answered at these hours."""
    return (Contact("phone", "0", MARK, answers=lines),)


def opens(*lines: str) -> Hours:
    """Opening hours."""
    return Hours(open=lines)


# A line for danger that is answered day and night.
ALARM = line("alarm", kinds=("domestic_abuse", "helpline"), contacts=answers("24/7"))


def index(*services: Service, schools: Mapping[str, SchoolYear] | None = None) -> Index:
    """An index of these services and two national lines."""
    return build((*services, *LINES), VOCABULARY, PLACES, TODAY, schools)


def needs(**more: Any) -> Needs:
    """Needs of a woman in council a; must, prefer, avoid, tags and hidden are written as words."""
    sets = {"must", "prefer", "avoid", "tags", "hidden"}
    given: dict[str, Any] = {"council": "a", **more}
    return Needs(**given | {key: frozenset(more[key].split()) for key in sets & more.keys()})


def search(*services: Service, limit: int = 3, skip: int = 0, **asked: Any) -> Found:
    """What she finds among these services on a Monday morning."""
    return match(needs(**asked), index(*services), MONDAY, limit, skip)


def ids(found: Found) -> list[str]:
    """The ids of the matches, best first."""
    return [each.service.id for each in found.matches]


def steps(found: Found) -> list[tuple[str | None, str | None, str | None]]:
    """What gave way, in order: the rung, the need, and what stands instead of it."""
    return [(step.rung, step.need, step.instead) for step in found.relaxed]
