"""Changes: what became different between two states of the directory, in words."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.directory.model import Service, Status
from bot.directory.questions import QUESTIONS
from bot.directory.shape import SHAPE
from bot.directory.stated import pattern
from bot.directory.telling import told

NOT_KNOWN = "not known"
CHECK_NUMBER = "check the number"
_REACHES = frozenset({"number", "url", "address", "say_where"})

# What stands in an entry for editors only; a change of it is no news.
_QUIET = ("sources[]", "changes[]", "notes", "check_first", "schema")
_NAMES: Mapping[str, str] = {
    "status": "status",
    "confidence": "how sure we are",
    "verified.on": "the day of the check",
    "verified.by": "who checked",
    "verified.how": "how it was checked",
    "verified.fields": "what was checked",
    "checks[].on": "checked on",
    "checks[].by": "by",
    "checks[].how": "how",
    "checks[].groups": "what",
    "checks[].answered": "answered",
    "contact[].tested": "tested",
    "contact[].answered": "answered",
    "closed.on": "closed on",
    "closed.why": "why it closed",
    "places[].id": "the short name of a place",
}
_NEWS: Mapping[Status, str] = {
    Status.PAUSED: "PAUSED: not shown for now",
    Status.CLOSED: "CLOSED: not shown any more",
    Status.DRAFT: "back to a draft: not shown until it is confirmed",
    Status.ACTIVE: "active: shown to women from now on",
}


class _Block(NamedTuple):
    """One block of a list: what it is called, and its values in words by key of the shape."""

    name: str
    values: Mapping[str, str]


def changes(before: Iterable[Service], after: Iterable[Service]) -> Iterator[str]:
    """One line a change, by entry id; nothing where nothing changed.

    A change of how she reaches a service ends with the words that the number must be checked.
    """
    old, new = ({each.id: each for each in services} for services in (before, after))
    for id in sorted(old.keys() | new.keys()):
        if id not in old:
            yield f"{id}: NEW entry, {new[id].status}: {new[id].name}"
            yield from (f"{id}: {line}; {CHECK_NUMBER}" for line in _reached(new[id]))
        elif id not in new:
            yield f"{id}: GONE: {old[id].name}; a closed entry should stay as a file"
        else:
            yield from (f"{id}: {line}" for line in _entry(old[id], new[id]))


def _reached(service: Service) -> Iterator[str]:
    for contact in service.contacts:
        yield f"{told('contact[].type', [contact.type])}: {contact.value}"


def _entry(old: Service, new: Service) -> Iterator[str]:
    if old.status is not new.status:
        yield f"{old.status} -> {_NEWS[new.status]}"
    first, second = _single(old), _single(new)
    for key in sorted(first.keys() | second.keys(), key=_in_shape):
        one, other = first.get(key, NOT_KNOWN), second.get(key, NOT_KNOWN)
        if one != other:
            yield f"{_name(key)}: {one} -> {other}"
    for name in ("contact", "places", "sessions", "checks"):
        yield from _blocks_changed(_blocks(old, name), _blocks(new, name), name)


def _single(service: Service) -> Mapping[str, str]:
    """What stands in no list of blocks, in words, by full key."""
    return {
        key: told(_key(key), [scalar.text for scalar in scalars])
        for key, scalars in service.stated.items()
        if "[" not in key and not key.startswith(_QUIET) and key != "status"
    }


def _in_shape(key: str) -> tuple[int, str]:
    return _ORDER.get(_key(key), 0), key


_ORDER = {key: number for number, key in enumerate(SHAPE)}


def _key(full: str) -> str:
    """The key of the shape; a text in a language stands one level below its own."""
    shaped = pattern(full)
    return shaped if shaped in SHAPE else shaped.rpartition(".")[0]


def _name(full: str) -> str:
    key = _key(full)
    name = QUESTIONS[key].name if key in QUESTIONS else _NAMES.get(key, key)
    language = full.rpartition(".")[2] if pattern(full) != key else "en"
    return name if language == "en" else f"{name} ({language})"


def _blocks(service: Service, list_name: str) -> Mapping[Hashable, _Block]:
    """The blocks of a list by what makes each the same one in both states."""
    parts: dict[str, dict[str, str]] = {}
    for key, scalars in service.stated.items():
        block, dot, _ = key.partition(".")
        if dot and block.startswith(f"{list_name}["):
            words = told(_key(key), [scalar.text for scalar in scalars])
            parts.setdefault(block, {})[pattern(key)] = words
    found: dict[Hashable, _Block] = {}
    for values in parts.values():
        called = _called(list_name, values)
        count = sum(isinstance(key, tuple) and key[0] == called for key in found)
        found[called, count] = _Block(called, values)
    return found


def _called(list_name: str, values: Mapping[str, str]) -> str:
    def of(*keys: str) -> list[str]:
        return [words for key in keys if (words := values.get(f"{list_name}[].{key}"))]

    if list_name == "contact":
        return ": ".join((*of("type"), *of(*sorted(_REACHES))[:1]))
    if list_name == "places":
        return f"place '{''.join(of('id'))}'"
    if list_name == "sessions":
        return ", ".join(of("what", "name"))
    ends = [f"answered: {words}" for words in of("answered")]
    return ", ".join((*of("on", "by", "how", "groups"), *ends))


def _blocks_changed(
    old: Mapping[Hashable, _Block], new: Mapping[Hashable, _Block], list_name: str
) -> Iterator[str]:
    mark = f"; {CHECK_NUMBER}" if list_name == "contact" else ""
    old, new = _paired(old, new) if list_name == "contact" else (old, new)
    for id in [id for id in old if id not in new]:
        yield f"{_KINDS[list_name]} gone: {_whole(old[id])}{mark}"
    for id, block in new.items():
        if id not in old:
            yield f"{_KINDS[list_name]} new: {_whole(block)}{mark}"
            continue
        for key in sorted(old[id].values.keys() | block.values.keys(), key=_in_shape):
            one, other = (each.values.get(key, NOT_KNOWN) for each in (old[id], block))
            if one != other:
                yield f"{block.name}: {_name(key)}: {one} -> {other}{mark}"


def _paired(
    old: Mapping[Hashable, _Block], new: Mapping[Hashable, _Block]
) -> tuple[Mapping[Hashable, _Block], Mapping[Hashable, _Block]]:
    """The contacts, where the only one that is gone of a type counts as the only new one of it."""
    gone = _by_type({id: block for id, block in old.items() if id not in new})
    come = _by_type({id: block for id, block in new.items() if id not in old})
    names = {
        ids[0]: come[way][0]
        for way, ids in gone.items()
        if len(ids) == 1 and len(come.get(way, ())) == 1
    }
    return {names.get(id, id): block for id, block in old.items()}, new


def _by_type(blocks: Mapping[Hashable, _Block]) -> Mapping[str, list[Hashable]]:
    found: dict[str, list[Hashable]] = {}
    for id, block in blocks.items():
        found.setdefault(block.values.get("contact[].type", ""), []).append(id)
    return found


_KINDS = {"contact": "contact", "places": "place", "sessions": "session", "checks": "check"}


def _whole(block: _Block) -> str:
    more = [words for words in block.values.values() if words not in block.name]
    return "; ".join((block.name, *more))
