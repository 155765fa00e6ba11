"""Import: foreign services as files of drafts, all of them or none."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.directory.checks import ENTRY_RULES
from bot.directory.findings import Around
from bot.directory.hsds.adopting import adopt
from bot.directory.hsds.conformity import MOST_REFUSALS, Refusal, refusals
from bot.directory.hsds.drafts import draft_text
from bot.directory.hsds.gathering import Gathered, one_line, own_attributes
from bot.directory.hsds.reaching import slug
from bot.directory.hsds.records import Record, records_of, text_of
from bot.directory.hsds.untrusted import RefusedError
from bot.directory.loader import load_service
from bot.directory.model import Service
from bot.directory.standards import completeness
from bot.documents import read

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry to write: its id, the name of the service, its file, and what to ask."""

    id: str
    name: str
    text: str
    asks: tuple[str, ...]
    service: Service


def drafts_of(
    services: list[Record],
    around: Around,
    *,
    taken: Collection[str] = (),
    source: str = "an import",
    at: str = "",
    skip_unknown: bool = False,
) -> list[Draft]:
    """The drafts of a list of HSDS 3 or Open Referral UK 3 services, in their order.

    `taken` has the ids that may not be used again, `source` names the file for the editor, `at`
    stands before the index of a service in messages. Raises RefusedError with everything that is
    wrong anywhere, and then there are no drafts at all.
    """
    wrong = refusals(services, at, skip_unknown=skip_unknown)
    if wrong:
        raise RefusedError(wrong)
    councils = {council.name.lower(): id for id, council in around.places.councils.items()}
    used = set(taken)
    drafts: list[Draft] = []
    for index, service in enumerate(services):
        found = _draft(service, f"{at}[{index}]", councils, used, around, source)
        if isinstance(found, Draft):
            drafts.append(found)
        else:
            wrong += found
        if len(wrong) >= MOST_REFUSALS:
            break
    if wrong:
        raise RefusedError(wrong)
    return drafts


def _draft(
    record: Record,
    at: str,
    councils: Mapping[str, str],
    used: set[str],
    around: Around,
    source: str,
) -> Draft | list[Refusal]:
    into = adopt(record, at, councils, source)
    id = _new_id(record, used, into)
    into.put("id", id, f"{at}.name")
    if into.refusals:
        return into.refusals
    service, wrong = _checked(into, id, at, around)
    if service is None:
        return wrong
    asks = (*_needed(into), *into.asks, *_missing(service))
    # Only what a draft lacks is told; the whole file is read again with it, so it must stay sound.
    return Draft(id, service.name, _file(into, asks, source), asks, service)


def _new_id(record: Record, used: set[str], into: Gathered) -> str:
    """The id that our own export had, else one made from the name; never one that is taken."""
    own = own_attributes(records_of(record, "attributes")).first("id")
    fits = len(own) <= _LONGEST_ID and _ID.fullmatch(own)
    wanted = own if fits else slug(text_of(record, "name")) or text_of(record, "id")[:8].lower()
    id, number = wanted, 1
    while id in used:
        number += 1
        id = f"{wanted}-{number}"
    if id != wanted:
        into.asks.append(f"There is an entry '{wanted}' already. Is this the same service?")
    used.add(id)
    return id


def _file(into: Gathered, asks: Collection[str], source: str) -> str:
    head = (
        f"Imported from {one_line(source)}; nobody here has checked it.",
        *(f"- {ask}" for ask in asks),
    )
    entry = into.entry()
    # An entry must have these, even while nobody knows them.
    for key in ("kind", "contact"):
        entry.setdefault(key, [])
    entry.setdefault("area", {})
    return draft_text(entry, head)


def _checked(
    into: Gathered, id: str, at: str, around: Around
) -> tuple[Service | None, list[Refusal]]:
    """The entry as the program reads it, or every error it has, each where its value came from."""
    path = f"directory/services/{id}.yaml"
    document, unread = read(_file(into, (), "an import").encode(), path)
    service, problems = load_service(document)
    wrong = [
        Refusal(at, f"the entry made of this cannot be used: {problem.sentence}")
        for problem in (*unread, *problems)
        if problem.level == "error"
    ]
    if service is None or wrong:
        return None, wrong or [Refusal(at, "no entry can be made of this")]
    wrong = [*_broken(service, into, at, around)]
    return (None if wrong else service), wrong


def _broken(service: Service, into: Gathered, at: str, around: Around) -> Iterator[Refusal]:
    marks = {scalar.mark: key for key, scalars in service.stated.items() for scalar in scalars}
    for rule in ENTRY_RULES:
        for found in rule.find(service, around) if rule.applies(service) else ():
            if found.level == "error":
                key = marks.get(found.mark, "")
                where = into.origins.get(key, at)
                yield Refusal(where, f"{found.sentence} [{rule.id}]")


_NEEDED = (
    ("kind", "Say what the service is, under 'kind'."),
    ("who", "Ask whether it is for women only, and write it under 'who'."),
    ("contact[0].type", "Find a number or a link at which a woman reaches somebody."),
)


def _needed(into: Gathered) -> Iterator[str]:
    for key, sentence in _NEEDED:
        if not into.values.get(key):
            yield sentence
    if not into.values.get("area.councils") and not into.values.get("area.national"):
        yield "Say for which councils it is, under 'area'."
    yield "Ring each number once; write the day and who checked under 'verified'."


def _missing(service: Service) -> Iterator[str]:
    missing = completeness(service).missing
    if missing:
        yield f"Ask about: {'; '.join(missing)}."
