"""One step of a flow file into the model: one small reader for each kind of step."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.documents import Mapping as Block
from bot.documents import Node, Scalar
from bot.fields import Fields
from bot.flows import grammar
from bot.flows.model import Choice, Expression, Kind, Many, Name, Step, Text
from bot.problems import Mark, Report

RULES: Mapping[str, str] = {
    **grammar.RULES,
    "bad-id": "a name has other signs than small letters, digits and _, or is a word of conditions",
    "step-kind": "a step does nothing, or several things at once",
}

_ID = re.compile(r"[a-z][a-z0-9_]{0,29}\Z")
# Only a step without one of these may be a bare 'next'.
_DEEDS = (Kind.ASK, Kind.RESULTS, Kind.SAY, Kind.CALL, Kind.RETURN, Kind.END)


def step(key: Scalar, node: Node, report: Report) -> Step:
    """Read the step called `key`. One that does nothing is kept as a route to the step after it.

    It is kept so that the names that lead to it are not reported as well.
    """
    check_id(key.text, key.mark, "step", report)
    fields = block(key, node, report, "step")
    kind = _kind(key, fields)
    fields.where = f"{'an' if kind in {Kind.ASK, Kind.END} else 'a'} '{kind}' step"
    fields.node("note")  # for whoever reads the file, where there are no words to translate
    only_if = fields.scalar("only_if")
    plain = Step(
        key.text,
        kind,
        key.mark,
        only_if=condition(only_if, report) if only_if else None,
        was=names_of(fields, "was"),
    )
    made = _READERS[kind](plain, fields)
    fields.done()
    return made


def block(key: Scalar, node: Node, report: Report, what: str = "word") -> Fields:
    """The keys of the block under `key`; anything else is reported and read as an empty one."""
    if isinstance(node, Block):
        return Fields(node, report, f"'{key.text}'")
    sentence = f"{what} '{key.text}' must be a block of 'key: value' lines"
    report.add(node.mark, "wrong-type", sentence)
    # What an empty block lacks is not said as well: it goes to a report that nobody reads.
    return Fields(Block((), key.mark), Report(report.path), f"'{key.text}'")


def check_id(id: str, mark: Mark, what: str, report: Report) -> None:
    """Report an id that the program, a button or a condition could not carry."""
    if not _ID.match(id):
        report.add(
            mark,
            "bad-id",
            f"'{id}' cannot be the name of a {what}; use up to 30 small letters, digits and _,"
            " a letter first",
        )
    elif id in grammar.KEYWORDS:
        report.add(
            mark, "bad-id", f"'{id}' is a word of conditions; choose another name for this {what}"
        )


def condition(found: Scalar, report: Report) -> Expression | None:
    """The condition a scalar holds, or None and a problem at the word that is wrong."""
    # In quotes the text begins one column after its scalar.
    start = found.mark if found.plain else Mark(found.mark.line, found.mark.column + 1)
    read = grammar.parse(found.text, start)
    if isinstance(read, grammar.Mistake):
        report.add(read.mark, "bad-expression", read.sentence)
        return None
    return read


def names_of(fields: Fields, key: str) -> tuple[Name, ...]:
    """The words under `key`, one or a list."""
    return tuple(Name(found.text.strip(), found.mark) for found in fields.scalars(key))


def _name(fields: Fields, key: str) -> Name | None:
    text = fields.text(key)
    node = fields.node(key)
    return Name(text, node.mark) if text and node else None


@dataclass(frozen=True, slots=True)
class Words:
    """Reads words to translate; `path` says in a dotted way where in the file they stand."""

    fields: Fields
    path: str
    safety: bool
    note: str

    def text(self, key: str) -> Text | None:
        """The words under `key`, or None."""
        words = self.fields.text(key)
        node = self.fields.node(key)
        return self._made(key, words, node.mark) if words and node else None

    def required(self, key: str) -> Text:
        """The words under `key`; missing ones are a problem and come back empty."""
        words = self.fields.required(key)
        node = self.fields.node(key)
        return self._made(key, words or "", node.mark if node else self.fields.mark)

    def _made(self, key: str, words: str, mark: Mark) -> Text:
        return Text(words, f"{self.path}.{key}", mark, self.safety, self.note)


def words_of(fields: Fields, path: str, *, safety: bool = False) -> Words:
    """The reader of one block's words, with its own 'safety' and 'note'."""
    own = fields.flag("safety") or False
    return Words(fields, path, own or safety, fields.text("note") or "")


def _kind(key: Scalar, fields: Fields) -> Kind:
    deeds = [kind for kind in _DEEDS if fields.has(kind)]
    if Kind.RESULTS in deeds and Kind.SAY in deeds:
        deeds.remove(Kind.SAY)  # the heading of the results
    if len(deeds) > 1:
        for deed in deeds[1:]:
            fields.node(deed)
        sentence = f"step '{key.text}' has both '{deeds[0]}' and '{deeds[1]}'; write two steps"
        fields.report.add(key.mark, "step-kind", sentence)
    elif not deeds and not fields.has("next"):
        kinds = ", ".join(f"'{kind}'" for kind in Kind)
        sentence = f"step '{key.text}' does nothing; give it one of {kinds}"
        fields.report.add(key.mark, "step-kind", sentence)
    return deeds[0] if deeds else Kind.ROUTE


def _ask(step: Step, fields: Fields) -> Step:
    words = words_of(fields, f"steps.{step.id}")
    return replace(
        _waiting(step, fields, words),
        text=words.text("ask"),
        for_other=words.text("for_other"),
        choices_from=_name(fields, "choices_from"),
        many=_many(fields),
        parse=_name(fields, "parse"),
        sensitive=fields.flag("sensitive") or False,
        skippable=fields.choice("skip", ("never",)) is None,
        aside=fields.flag("aside") or False,
        shows=_name(fields, "shows"),
    )


def _results(step: Step, fields: Fields) -> Step:
    words = words_of(fields, f"steps.{step.id}")
    return replace(
        _waiting(step, fields, words),
        text=words.text("say"),
        for_other=words.text("for_other"),
        results=_name(fields, "results"),
        skippable=False,  # there is nothing to skip in a list of services
        empty=_name(fields, "empty"),
    )


def _waiting(step: Step, fields: Fields, words: Words) -> Step:
    return replace(
        step,
        why=words.text("why"),
        retry=words.text("retry"),
        choices=_choices(fields, words),
        next=_name(fields, "next"),
        contacts=names_of(fields, "contacts"),
        plain=fields.flag("plain") or False,
    )


def _say(step: Step, fields: Fields) -> Step:
    words = words_of(fields, f"steps.{step.id}")
    return replace(
        step,
        text=words.text("say"),
        for_other=words.text("for_other"),
        next=_name(fields, "next"),
        contacts=names_of(fields, "contacts"),
    )


def _call(step: Step, fields: Fields) -> Step:
    return replace(step, call=_name(fields, "call"), next=_name(fields, "next"))


def _return(step: Step, fields: Fields) -> Step:
    if fields.flag("return") is False:
        mark = fields.key_mark("return")
        fields.report.add(mark, "step-kind", "write 'return: true', or leave the step out")
    return step


def _end(step: Step, fields: Fields) -> Step:
    return replace(step, end=_name(fields, "end"), wipe=fields.flag("wipe") or False)


def _route(step: Step, fields: Fields) -> Step:
    return replace(step, next=_name(fields, "next"))


_READERS: Mapping[Kind, Callable[[Step, Fields], Step]] = {
    Kind.ASK: _ask,
    Kind.RESULTS: _results,
    Kind.SAY: _say,
    Kind.CALL: _call,
    Kind.RETURN: _return,
    Kind.END: _end,
    Kind.ROUTE: _route,
}


def _many(fields: Fields) -> Many | None:
    found = fields.mapping("many")
    if found is None:
        return None
    limits = Fields(found, fields.report, "'many'")
    least, most = limits.whole("min"), limits.whole("max")
    limits.done()
    # Without 'min', "Done" with nothing chosen would be an answer that says nothing.
    return Many(1 if least is None else least, most, found.mark)


def _choices(fields: Fields, words: Words) -> tuple[Choice, ...]:
    found = fields.mapping("choices")
    return tuple(_choice(key, node, fields, words) for key, node in found.entries) if found else ()


def _choice(key: Scalar, node: Node, fields: Fields, words: Words) -> Choice:
    check_id(key.text, key.mark, "choice", fields.report)
    path = f"{words.path}.choices.{key.text}"
    if isinstance(node, Scalar):
        # The short form, `id: Label`, is a block with nothing but its label.
        node = Block(((Scalar("label", key.mark, "label", True), node),), key.mark)
    inner = block(key, node, fields.report, "choice")
    inner.where = f"choice '{key.text}'"
    own = words_of(inner, path, safety=words.safety)
    choice = Choice(
        key.text,
        own.required("label"),
        key.mark,
        next=_name(inner, "next"),
        for_other=own.text("for_other"),
        also=own.text("also"),
        must=names_of(inner, "must"),
        prefer=names_of(inner, "prefer"),
        avoid=names_of(inner, "avoid"),
        tags=names_of(inner, "tags"),
        alone=inner.flag("alone") or False,
        open=inner.flag("open") or False,
        typed_only=inner.flag("typed_only") or False,
        was=names_of(inner, "was"),
    )
    inner.done()
    return choice
