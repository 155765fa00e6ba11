"""The taxonomy "women-access": what an entry states, as HSDS attributes and back.

A closed answer is a term of its own, `worker.female=guaranteed`, so it survives where the value of
an attribute is dropped. What is free text has one term a key, `sharing.say.en`, and stands in
the value of the attribute. What is not known has no attribute.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.directory.hsds.records import Record, id_of, record_of, text_of
from bot.directory.languages import LANGUAGES
from bot.directory.shape import SHAPE, Value, fact_name

NAME = "women-access"
VERSION = "1"
TAXONOMY_ID = id_of("taxonomy", NAME)

# For editors only, or true only where it was checked: none of it leaves the directory.
PRIVATE = frozenset({
    *("schema", "status", "paused.until", "paused.say", "closed.on", "closed.why", "do_not_list"),
    *("verified.fields", "checks[].on", "checks[].by", "checks[].how", "checks[].groups"),
    *("checks[].answered", "places[].address_confirmed_safe", "contact[].tested"),
    *("contact[].answered", "commissioned_until", "confidence", "check_first"),
    *("sources[].where", "sources[].seen", "sources[].gives", "notes"),
    *("changes[].on", "changes[].by", "changes[].what"),
})  # fmt: skip

# Fields of HSDS say these in full; those we still know in an attribute are in `KEYS` as well.
NATIVE = frozenset({
    *("name", "organisation.name", "organisation.charity_number", "organisation.website"),
    *("age.from", "age.to"),
})  # fmt: skip

# HSDS has three kinds of records for what is one list of ours: its order stands in an attribute.
ORDER = "contact[].order"

# A key by the name of its fact: `place.sign` → `places[].sign`.
KEYS: Mapping[str, str] = {
    fact_name(key): key for key in SHAPE if key not in PRIVATE and key not in NATIVE
}

_CLOSED = {"choice", "choices", "languages"}


def attributes_of(stated: Iterable[tuple[str, str]], entity: str, link_id: str) -> list[Record]:
    """The attributes of one record: its stated keys of the shape with their values, in order."""
    return [attribute(key, value, entity, link_id) for key, value in stated]


def attribute(key: str, value: str, entity: str, link_id: str) -> Record:
    """One attribute of the record `link_id`, a row of the table `entity`.

    `key` is a key of the shape; that of a text in languages has its language: `summary.pa`.
    """
    name = fact_name(key)
    closed = key != ORDER and _value(key).kind in _CLOSED
    code = f"{name}={value}" if closed else name
    found: Record = {
        "id": id_of(link_id, "attribute", code, value),
        "link_id": link_id,
        "taxonomy_term_id": id_of("term", NAME, code),
        "link_type": NAME,
        "link_entity": entity,
        "value": value,
        "taxonomy_term": term(code),
    }
    return found


def term(code: str) -> Record:
    """The term of a code, with its id, its name in words, and what it means."""
    fact, _, value = code.partition("=")
    words = fact.replace(".", " ").replace("_", " ")
    name = f"{words}: {value.replace('_', ' ')}" if value else words
    return {
        "id": id_of("term", NAME, code),
        "code": code,
        "name": name,
        "description": f"What the service says under '{fact}' in the entry format of Linnet.",
        "taxonomy": NAME,
        "taxonomy_id": TAXONOMY_ID,
        "language": "en",
    }


def taxonomy() -> Record:
    """The taxonomy itself."""
    return {
        "id": TAXONOMY_ID,
        "name": NAME,
        "description": "What decides whether a woman can use a service, as key=value.",
        "version": VERSION,
    }


def terms() -> Iterator[Record]:
    """Every term, in the order of the shape; a text in languages has one a language."""
    for name, key in KEYS.items():
        value = SHAPE[key]
        if value.kind in _CLOSED:
            allowed = (*LANGUAGES, *value.choices) if value.kind == "languages" else value.choices
            yield from (term(f"{name}={choice}") for choice in allowed)
        elif value.kind == "words":
            yield from (term(f"{name}.{code}") for code in LANGUAGES)
        else:
            yield term(name)
    yield term(fact_name(ORDER))


def is_ours(found: Record) -> bool:
    """Whether an attribute is one of ours."""
    about = record_of(found, "taxonomy_term")
    return NAME in {text_of(about, "taxonomy"), text_of(found, "link_type")} or (
        text_of(about, "taxonomy_id") == TAXONOMY_ID
    )


def stated_by(found: Record) -> tuple[str, str] | None:
    """The key of the shape and the value that one of our attributes states.

    None when there is no such key, or a value that its closed list does not have: who sent this
    knows another version of the taxonomy, or made it up.
    """
    code = text_of(record_of(found, "taxonomy_term"), "code")
    name, closed, choice = code.partition("=")
    stem, _, language = name.rpartition(".")
    if name in KEYS and SHAPE[KEYS[name]].kind != "words":
        key = KEYS[name]
    elif stem in KEYS and SHAPE[KEYS[stem]].kind == "words" and language in LANGUAGES:
        key = f"{KEYS[stem]}.{language}"
    else:
        return None
    value = _value(key)
    if value.kind in _CLOSED:
        allowed = {*value.choices, *(LANGUAGES if value.kind == "languages" else ())}
        return (key, choice) if choice in allowed else None
    text = text_of(found, "value")
    return (key, text) if text and not closed else None


def order_by(attributes: Iterable[Record]) -> int:
    """The place of a contact among the others, from its attributes; 999 when none says it."""
    for found in attributes:
        if text_of(record_of(found, "taxonomy_term"), "code") == fact_name(ORDER):
            text = text_of(found, "value")
            return int(text) if re.fullmatch(r"\d{1,3}", text, re.ASCII) else 999
    return 999


def _value(key: str) -> Value:
    return SHAPE[key] if key in SHAPE else SHAPE[key.rpartition(".")[0]]
