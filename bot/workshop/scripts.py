"""Scripts: talks written down in YAML by ids, in order or in no order, read as untrusted input."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.conversation.plan import Plan, PlannedStep
from bot.documents import Document
from bot.documents import Mapping as Block
from bot.documents import Sequence as Listed
from bot.fields import Fields
from bot.problems import Mark, Problem, Report, did_you_mean

RULES: Mapping[str, str] = {
    "script-form": "a script has neither 'given' nor 'lines', or both, or a line says two things",
    "script-step": "a script names a step that is not in the flows, or that never waits",
    "script-choice": "a script gives an answer that the question does not have",
    "script-word": "a script says a word that is no answer and works nowhere",
    "script-need": "a script expects a need that is not in the vocabulary",
    "script-service": "a script expects a service that is not shown",
    "script-language": "a script is in a language that is not offered",
    "script-end": "a script expects an end that no flow has",
    "no-row": "a question that cannot be skipped has no answer in the script",
    "unused-row": "an answer of the script was never asked for",
    "goes-round": "the answers of the script go round without an end",
    "not-as-expected": "a talk went another way than the script says",
}

QUERY = ("must", "prefer", "avoid", "tags")
DEEDS = ("say", "word", "see", "end")
Deed = Literal["say", "word", "see", "end"]


@dataclass(frozen=True, slots=True)
class Named:
    """An id in a script, and where it stands."""

    id: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """What is answered at a step whenever it comes.

    Together where the step takes several answers, else one after the other.
    """

    step: Named
    values: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script in order: `say` an answer or a word, `word` only a word, `see` steps."""

    deed: Deed
    values: tuple[Named, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Expected:
    """What a script in no order expects of its talk; what is empty is not looked at."""

    asked: tuple[Named, ...] = ()
    not_asked: tuple[Named, ...] = ()
    query: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    place: Named | None = None  # council or outward code of the last query
    services: tuple[Named, ...] = ()
    not_services: tuple[Named, ...] = ()
    end: Named | None = None  # the reason of an end, or the step where the talk stands


@dataclass(frozen=True, slots=True)
class Script:
    """One talk. `language` None: she is asked. Exactly one of `given` and `lines` is used."""

    path: str
    title: str
    language: str | None
    given: tuple[Row, ...] = ()
    expected: Expected = field(default_factory=Expected)
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a script may use."""

    plan: Plan
    needs: Collection[str]
    tags: Collection[str]
    services: Collection[str]
    languages: Collection[str]

    @property
    def ends(self) -> frozenset[str]:
        """Every reason why a talk may be over."""
        steps = (planned.step.end for planned in self.plan.steps.values())
        intents = (intent.end for intent in self.plan.intents.values())
        return frozenset(end.text for end in (*steps, *intents) if end)


def read_script(document: Document, known: Known) -> tuple[Script | None, list[Problem]]:
    """The script in a document, None where it cannot be played, and every mistake in it."""
    report = Report(document.path)
    if document.root is None:
        return None, []
    script = _Reader(document.root, report, known).script()
    return (None if report.problems else script), report.problems


class _Reader:
    """Reads one script; what it does not know goes to the report."""

    def __init__(self, root: Block, report: Report, known: Known) -> None:
        self.fields = Fields(root, report, "a script")
        self.report = report
        self.known = known

    def script(self) -> Script:
        fields = self.fields
        title = fields.required("play") or ""
        fields.node("note")  # for whoever reads the file
        given, lines = fields.mapping("given"), fields.node("lines")
        if fields.has("given") == fields.has("lines"):
            sentence = "a script has either 'given' or 'lines'; write one of the two"
            self.report.add(fields.mark, "script-form", sentence)
        if isinstance(lines, Listed) and not lines.items:
            self.report.add(lines.mark, "script-form", "there are no lines; write at least one")
        if fields.has("expect") and fields.has("lines"):
            sentence = "'expect' stands beside 'given'; beside 'lines' write 'see' and 'end' lines"
            self.report.add(fields.key_mark("expect"), "script-form", sentence)
        rows = tuple(self.rows(given)) if given else ()
        script = Script(
            self.report.path,
            title,
            self.language(rows),
            rows,
            self.expected(fields.mapping("expect")),
            tuple(self.lines()) if lines else (),
        )
        fields.done()
        return script

    def language(self, rows: tuple[Row, ...]) -> str | None:
        """The language to begin in; one that is answered in the talk is asked for."""
        found = self.fields.text("language")
        node = self.fields.node("language")
        if found and node and found not in self.known.languages:
            near = did_you_mean(found, self.known.languages)
            offered = ", ".join(sorted(self.known.languages))
            sentence = f"there is no language '{found}'; choose one of: {offered}{near}"
            self.report.add(node.mark, "script-language", sentence)
        asked = self.fields.has("lines") or any(self._asks_language(row) for row in rows)
        return found or (None if asked else "en")

    def _asks_language(self, row: Row) -> bool:
        planned = self.known.plan.steps.get(row.step.id)
        return bool(planned and planned.source and planned.source.fills == "language")

    # ---- in no order

    def rows(self, given: Block) -> Iterator[Row]:
        inner = Fields(given, self.report, "'given'")
        for key, _ in given.entries:
            values = self.ids(inner, key.text)
            step = self.step(Named(key.text, key.mark), waits=True)
            if step:
                self.answers(self.known.plan.steps[step.id], values)
                yield Row(step, values)

    def ids(self, fields: Fields, key: str) -> tuple[Named, ...]:
        """The ids under a key, one or a list; none at all is a mistake."""
        node = fields.node(key)
        found = fields.scalars(key)
        empty = isinstance(node, Listed) and not node.items
        if node and (empty or any(not one.text.strip() for one in found)):
            self.report.add(
                node.mark, "empty", f"'{key}' is empty; write something or leave it out"
            )
        return tuple(Named(one.text.strip(), one.mark) for one in found if one.text.strip())

    def step(self, named: Named, *, waits: bool = False) -> Named | None:
        """The step by its full name. `area` will do where only one flow has a step of that name."""
        steps = self.known.plan.steps
        full = [name for name in steps if name.partition(".")[2] == named.id]
        if named.id in steps:
            full = [named.id]
        if len(full) != 1:
            near = did_you_mean(named.id, [*steps, *(name.partition(".")[2] for name in steps)])
            sentence = f"there is no step '{named.id}'{near}"
            if full:
                sentence = f"several flows have a step '{named.id}'; write {' or '.join(full)}"
            self.report.add(named.mark, "script-step", sentence)
            return None
        if waits and not steps[full[0]].waits:
            sentence = f"step '{full[0]}' asks nothing, so it takes no answer; leave the row out"
            self.report.add(named.mark, "script-step", sentence)
            return None
        return Named(full[0], named.mark)

    def steps(self, fields: Fields, key: str) -> tuple[Named, ...]:
        return tuple(step for one in self.ids(fields, key) if (step := self.step(one)))

    def answers(self, planned: PlannedStep, values: tuple[Named, ...]) -> None:
        """Answers that come from data are looked at when the talk is played."""
        if planned.source or planned.parser:
            return
        for value in values:
            if value.id not in planned.effects:
                near = did_you_mean(value.id, planned.effects)
                sentence = f"step '{planned.name}' has no choice '{value.id}'{near}"
                self.report.add(value.mark, "script-choice", sentence)

    def expected(self, block: Block | None) -> Expected:
        if block is None:
            return Expected()
        fields = Fields(block, self.report, "'expect'")
        asked, not_asked = self.steps(fields, "asked"), self.steps(fields, "not_asked")
        query, place = self.query(fields.mapping("query"))
        services = self.services(fields, "services")
        not_services = self.services(fields, "not_services")
        end = next(iter(self.ids(fields, "end")), None)
        found = Expected(
            asked, not_asked, query, place, services, not_services, end and self.end(end)
        )
        fields.done()
        return found

    def query(self, block: Block | None) -> tuple[Mapping[str, tuple[Named, ...]], Named | None]:
        if block is None:
            return {}, None
        fields = Fields(block, self.report, "'query'")
        query = {key: self.ids(fields, key) for key in QUERY}
        for key, values in query.items():
            known = self.known.tags if key == "tags" else self.known.needs
            for value in values:
                self.among(value, known, "script-need", "tag" if key == "tags" else "need")
        place = next(iter(self.ids(fields, "area")), None)
        fields.done()
        return query, place

    def services(self, fields: Fields, key: str) -> tuple[Named, ...]:
        found = self.ids(fields, key)
        for one in found:
            self.among(one, self.known.services, "script-service", "service that is shown")
        return found

    def among(self, named: Named, known: Collection[str], rule: str, what: str) -> None:
        if named.id not in known:
            near = did_you_mean(named.id, known)
            self.report.add(named.mark, rule, f"'{named.id}' is no {what}{near}")

    def end(self, named: Named) -> Named | None:
        """A reason stays as it is, a step gets its full name."""
        if named.id in self.known.ends:
            return named
        steps = self.known.plan.steps
        if named.id in steps or any(name.partition(".")[2] == named.id for name in steps):
            return self.step(named)
        near = did_you_mean(named.id, [*self.known.ends, *steps])
        sentence = f"no flow ends with '{named.id}', and no step is called so{near}"
        self.report.add(named.mark, "script-end", sentence)
        return None

    # ---- in order

    def lines(self) -> Iterator[Line]:
        for block in self.fields.mappings("lines"):
            fields = Fields(block, self.report, "a line")
            deeds: list[Deed] = [deed for deed in DEEDS if fields.has(deed)]  # type: ignore[misc]
            if len(deeds) == 1:
                yield from self.line(deeds[0], fields)
            else:
                sentence = f"a line says one thing; write one of: {', '.join(DEEDS)}"
                self.report.add(block.mark, "script-form", sentence)
                for deed in deeds:
                    fields.node(deed)
            fields.done()

    def line(self, deed: Deed, fields: Fields) -> Iterator[Line]:
        values = self.steps(fields, "see") if deed == "see" else self.ids(fields, deed)
        if deed == "word":
            for value in values:
                self.among(
                    value, self.known.plan.intents, "script-word", "word that works everywhere"
                )
        for value in values if deed == "end" else ():
            if value.id not in self.known.ends:
                near = did_you_mean(value.id, self.known.ends)
                sentence = f"no flow ends with '{value.id}'{near}"
                self.report.add(value.mark, "script-end", sentence)
        if values:
            yield Line(deed, values, fields.key_mark(deed))
