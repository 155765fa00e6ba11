"""What she asks for, in the words that the talk and the directory share.

`directory/needs.yaml` joins the two sides: every need a flow may name, the facts of an entry
that meet it, its tag on the card, the sentence to ask when an entry does not say, its weight,
and what it relaxes to when too little fits.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot import documents, sayings
from bot.documents import Document, Scalar
from bot.fields import Fields
from bot.problems import Mark, Problem, Report, did_you_mean


class Standing(StrEnum):
    """How firmly a need holds when too little fits."""

    SAFETY = "safety"  # never relaxed; only she can lift it
    WISH = "wish"  # relaxed in the order of the ladder, and told


# When too little fits, needs give way in this order, one rung at a time, each told in a sentence.
LADDER = ("time", "distance", "comfort", "language", "group", "kind")

# In a clause about languages: the language she chats in, whichever that is.
HER_LANGUAGE = "her_language"

LONGEST_TAG = 40  # letters; a tag stands on one line of the card

RULES: Mapping[str, str] = {
    **sayings.RULES,
    "missing": "Something is left out that every need must have.",
    "empty": "A key has no words.",
    "wrong-type": "A value has another form than its key takes.",
    "not-a-choice": "A value is not in the closed list of its key.",
    "unknown-key": "A key is not part of the format.",
    "bad-need-id": "The id of a need or tag cannot be used as a name.",
    "long-tag": "A tag is too long for the card.",
    "same-tag": "Two needs would look the same on the card.",
    "not-a-question": "The sentence to ask is no question.",
    "nothing-meets": "No fact meets the need, so no service ever could.",
    "bad-promise": "A promise is not a row of the research.",
    "unknown-need": "A need relaxes to one that is not there.",
    "relaxes-in-a-circle": "Needs relax to one another without an end.",
    "safety-relaxes": "A safety need may not give way.",
    "unknown-fact": "A need is met by a fact that no entry can state.",
    "unknown-value": "A need is met by a value that its fact cannot have.",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One fact of an entry and the values of it that meet, or rule out, a need."""

    fact: str  # dotted: `worker.female`
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Need:
    """One need.

    An entry meets it when any clause of `met_by` holds. It is ruled out when it is not met and
    every clause of `ruled_out_by` holds; everything else is not known. With no clause in
    `ruled_out_by` it is never ruled out.
    """

    id: str
    tag: str  # English msgid on the card: "A woman worker"
    ask: str  # English msgid, the sentence to ask: "Can I see a woman worker?"
    met_by: tuple[Clause, ...]
    ruled_out_by: tuple[Clause, ...]
    mark: Mark
    standing: Standing = Standing.WISH
    weight: int = 1  # 1 to 3, among wishes that are not a must
    rung: str | None = None  # of LADDER; None: gives way last
    relaxes_to: str | None = None  # a weaker need that takes its place
    say: str = ""  # English msgid, what she can say of it herself; empty: she decides alone
    promises: tuple[str, ...] = ()  # rows of the research this answers: S3, F4, …


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All needs by id, in file order, and the tags a choice may carry."""

    needs: Mapping[str, Need]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the answers that still stand ask for. The only thing that crosses to the directory.

    Nothing in it says who she is: no name, no full postcode, no text she typed.
    """

    must: frozenset[str] = frozenset()
    prefer: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    council: str | None = None  # an id of directory/places.yaml
    outcode: str | None = None  # the outward half only: "B29"
    hidden: frozenset[str] = (
        frozenset()
    )  # services she must not be shown, with all at their places
    language: str | None = None  # the code she chats in; what `her_language` stands for
    # Of `must` and `prefer`, what only a sensitive question asked: never counted, nor told as fitting.
    sensitive: frozenset[str] = frozenset()


def load_vocabulary(document: Document) -> tuple[Vocabulary, list[Problem]]:
    """Read `directory/needs.yaml`; never raises.

    The vocabulary holds every need that can be used, in file order, and is empty when the file
    cannot be read at all. The problems come sorted by place.
    """
    if document.root is None:
        return Vocabulary({}, frozenset()), []
    report = Report(document.path)
    fields = Fields(document.root, report, "needs.yaml")
    _required(fields, "schema")
    fields.choice("schema", ("1",))
    tags = frozenset(name.text for name in fields.scalars("tags") if _usable(name, report))
    needs = _needs(fields, report)
    fields.done()
    _check_tags(needs, report)
    _check_ladder(needs, report)
    return Vocabulary(needs, tags), sorted(report.problems)


def check_facts(
    vocabulary: Vocabulary, facts: Mapping[str, Collection[str]], path: str
) -> list[Problem]:
    """Problems of needs that name a fact or value which no entry can state.

    `facts` maps every dotted fact to its closed list of values; `path` is the file shown. Sorted
    by place; empty when all is well.
    """
    report = Report(path)
    for need in vocabulary.needs.values():
        values: dict[str, frozenset[str]] = {}
        for clause in (*need.met_by, *need.ruled_out_by):
            values[clause.fact] = values.get(clause.fact, frozenset()) | clause.values
        for fact, named in values.items():
            _check_fact(need, fact, named, facts, report)
    return sorted(report.problems)


_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_PROMISE = re.compile(r"[A-Z][0-9]{1,2}\Z")


def _usable(name: Scalar, report: Report) -> bool:
    usable = bool(_ID.match(name.text))
    if not usable:
        report.add(
            name.mark,
            "bad-need-id",
            f"'{name.text}' cannot be a name; use small letters, digits and '_'",
        )
    return usable


def _required(fields: Fields, key: str) -> None:
    if not fields.has(key):
        fields.report.add(fields.mark, "missing", f"{fields.where} has no '{key}'")


def _needs(fields: Fields, report: Report) -> dict[str, Need]:
    _required(fields, "needs")
    block = fields.mapping("needs")
    needs = {}
    for name, node in block.entries if block else ():
        if not isinstance(node, documents.Mapping):
            report.add(
                name.mark, "wrong-type", f"'{name.text}' must be a block of 'key: value' lines"
            )
        elif _usable(name, report):
            needs[name.text] = _need(name, Fields(node, report, f"'{name.text}'"))
    return needs


def _need(name: Scalar, fields: Fields) -> Need:
    met_by = _met_by(name, fields)
    _required(fields, "met_by")
    need = Need(
        id=name.text,
        tag=_tag(fields),
        ask=_ask(fields),
        met_by=met_by,
        ruled_out_by=_ruled_out_by(fields, met_by),
        mark=name.mark,
        standing=Standing(fields.choice("standing", tuple(Standing)) or Standing.WISH),
        weight=int(fields.choice("weight", ("1", "2", "3")) or 1),
        rung=fields.choice("rung", LADDER),
        relaxes_to=fields.text("relaxes_to"),
        say=_say(fields),
        promises=_promises(fields),
    )
    if need.standing is Standing.SAFETY and (need.rung or need.relaxes_to):
        fields.report.add(
            name.mark,
            "safety-relaxes",
            f"'{name.text}' is a safety need, so it never gives way; leave out 'rung' and 'relaxes_to'",
        )
    fields.done()
    return need


def _met_by(name: Scalar, fields: Fields) -> tuple[Clause, ...]:
    clauses = _clauses(fields, "met_by")
    if fields.has("met_by") and not clauses:
        fields.report.add(
            fields.key_mark("met_by"),
            "nothing-meets",
            f"no fact meets '{name.text}'; write for example 'met_by: {{worker.female: [yes]}}'",
        )
    return clauses


def _ruled_out_by(fields: Fields, met_by: tuple[Clause, ...]) -> tuple[Clause, ...]:
    if fields.has("ruled_out_by"):
        return _clauses(fields, "ruled_out_by")
    return tuple(Clause(clause.fact, frozenset({"no"})) for clause in met_by)


def _clauses(fields: Fields, key: str) -> tuple[Clause, ...]:
    block = fields.mapping(key)
    if block is None:
        return ()
    facts = Fields(block, fields.report, f"'{key}'")
    listed = ((fact.text, facts.scalars(fact.text)) for fact, _ in block.entries)
    return tuple(
        Clause(fact, frozenset(value.text for value in values))
        for fact, values in listed
        if values
    )


def _tag(fields: Fields) -> str:
    tag = fields.required("tag") or ""
    if len(tag) > LONGEST_TAG:
        fields.report.add(
            fields.key_mark("tag"),
            "long-tag",
            f"this tag has {len(tag)} letters; {LONGEST_TAG} fit on the card",
        )
    return tag


def _ask(fields: Fields) -> str:
    ask = fields.required("ask") or ""
    if ask and not ask.endswith("?"):
        fields.report.add(
            fields.key_mark("ask"),
            "not-a-question",
            "this is what she asks the service; end it with '?'",
        )
    return ask


def _say(fields: Fields) -> str:
    say = fields.text("say") or ""
    for rule, why in sayings.faults(say) if say else ():
        fields.report.add(fields.key_mark("say"), rule, why)
    return say


def _promises(fields: Fields) -> tuple[str, ...]:
    rows = fields.scalars("promises")
    for row in rows:
        if not _PROMISE.match(row.text):
            fields.report.add(
                row.mark,
                "bad-promise",
                f"'{row.text}' is no row of the research; write a letter and a number, like S3",
            )
    return tuple(row.text for row in rows)


def _check_tags(needs: Mapping[str, Need], report: Report) -> None:
    first: dict[str, Need] = {}
    for need in needs.values():
        other = first.setdefault(need.tag, need)
        if other is not need and need.tag:
            report.add(
                need.mark,
                "same-tag",
                f"'{need.id}' has the same tag as '{other.id}'; she could not tell them apart",
            )


def _check_ladder(needs: Mapping[str, Need], report: Report) -> None:
    for need in needs.values():
        if need.relaxes_to is not None and need.relaxes_to not in needs:
            report.add(
                need.mark,
                "unknown-need",
                f"'{need.id}' relaxes to '{need.relaxes_to}', which is not here"
                + did_you_mean(need.relaxes_to, needs),
            )
        elif need.relaxes_to is not None and _returns(need, needs):
            report.add(
                need.mark,
                "relaxes-in-a-circle",
                f"'{need.id}' relaxes back to itself; end the row with a need that relaxes to nothing",
            )


def _returns(need: Need, needs: Mapping[str, Need]) -> bool:
    """Whether following `relaxes_to` from `need` comes back to it."""
    seen = set()
    at: Need | None = need
    while at and at.relaxes_to and at.id not in seen:
        seen.add(at.id)
        at = needs.get(at.relaxes_to)
    return at is need


def _check_fact(
    need: Need,
    fact: str,
    values: frozenset[str],
    facts: Mapping[str, Collection[str]],
    report: Report,
) -> None:
    if fact not in facts:
        why = f"'{need.id}' asks for '{fact}', which no entry can state"
        report.add(need.mark, "unknown-fact", why + did_you_mean(fact, facts))
        return
    # "no" is what rules out by default, also where a fact can only say yes.
    for value in sorted(values - {"no", HER_LANGUAGE}):
        if value not in facts[fact]:
            why = f"'{value}' is no value of '{fact}'"
            report.add(need.mark, "unknown-value", why + did_you_mean(value, facts[fact]))
