"""Flow files into the model: what stands at the top of a file, and the fingerprint of them all."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.documents import Document, Scalar, read_file
from bot.fields import Fields
from bot.flows import steps
from bot.flows.grammar import written
from bot.flows.model import START, Choice, Expression, Fact, Flow, Flows, Intent, Name, Step
from bot.flows.steps import check_id, condition, names_of, words_of
from bot.problems import Mark, Problem, Report

RULES: Mapping[str, str] = {
    **steps.RULES,
    "duplicate-flow": "two files say that they are the same flow",
    "no-start": f"no file is the flow '{START}', with which a talk begins",
    "no-steps": "a flow has no steps",
    "misplaced-key": f"'everywhere' or 'for_other' stands in a flow other than '{START}'",
    "intent-kind": "a word for everywhere does nothing, or several things",
    "file-name": "a file in the folder of flows would be left unread",
}


def read_flows(folder: Path, shown: str) -> tuple[Flows, list[Problem]]:
    """Read `**/*.yaml` under `folder`, sorted by path; other files are left alone.

    `shown` is the folder's name in problems. Returns what could be read and every problem found,
    sorted by place; a file that cannot be read at all is left out.
    """
    problems, documents = [], []
    for path in sorted(folder.rglob("*.y*ml")):
        place = f"{shown}/{path.relative_to(folder).as_posix()}"
        if path.suffix == ".yaml":
            document, found = read_file(path, place)
            documents.append(document)
            problems += found
        else:
            problems.append(_misnamed(place))
    flows, found = load_flows(documents)
    return flows, sorted(problems + found)


def _misnamed(place: str) -> Problem:
    sentence = "this file is not read; let its name end in '.yaml'"
    return Problem(place, 1, 1, "error", sentence, "file-name")


def load_flows(documents: Iterable[Document]) -> tuple[Flows, list[Problem]]:
    """Turn read documents into flows, and every problem found on the way, sorted by place.

    A flow without an id or without steps is left out; of two flows with one id the first stays.
    Without a flow `welcome` the result can be checked but not talked with.
    """
    documents = tuple(documents)
    by_id: dict[str, Flow] = {}
    problems: list[Problem] = []
    for document in documents:
        report = Report(document.path)
        _keep(_flow(document, report), by_id, report)
        problems += report.problems
    # A file that is no YAML may well be the missing one; its own problem says enough.
    if START not in by_id and all(document.root for document in documents):
        path = documents[0].path if documents else "flows"
        sentence = f"there is no flow '{START}'; one file must start with 'flow: {START}'"
        problems.append(Problem(path, 1, 1, "error", sentence, "no-start"))
    return Flows(by_id, START, fingerprint(by_id.values())), sorted(problems)


def _keep(flow: Flow | None, by_id: dict[str, Flow], report: Report) -> None:
    if flow is None:
        return
    first = by_id.setdefault(flow.id, flow)
    if first is not flow:
        sentence = f"the flow '{flow.id}' already stands in {first.path}; choose another name"
        report.add(flow.mark, "duplicate-flow", sentence)


def _flow(document: Document, report: Report) -> Flow | None:
    if document.root is None:
        return None
    fields = Fields(document.root, report, "a flow")
    id = fields.required("flow")
    fields.text("note")  # for whoever reads the file; the program has no use for it
    mark = _mark_of(fields, "flow")
    if id is not None:
        check_id(id, mark, "flow", report)
    everywhere = _everywhere(fields, id, report)
    for_other = _for_other(fields, id, report)
    facts = _facts(fields, report)
    found = _steps(fields, report)
    fields.done()
    if id is None or not found:
        return None
    return Flow(id, document.path, found, facts, everywhere, for_other, mark)


def _mark_of(fields: Fields, key: str) -> Mark:
    node = fields.node(key)
    return node.mark if node else fields.mark


def _steps(fields: Fields, report: Report) -> tuple[Step, ...]:
    if not fields.has("steps"):
        report.add(fields.mark, "missing", "a flow has no 'steps'")
    block = fields.mapping("steps")
    if block is not None and not block.entries:
        report.add(block.mark, "no-steps", "there are no steps here; write at least one")
    return tuple(steps.step(key, node, report) for key, node in (block.entries if block else ()))


def _facts(fields: Fields, report: Report) -> tuple[Fact, ...]:
    block = fields.mapping("facts")
    found: list[Fact] = []
    for key, node in block.entries if block else ():
        check_id(key.text, key.mark, "fact", report)
        if not isinstance(node, Scalar):
            report.add(node.mark, "wrong-type", f"fact '{key.text}' must be one line of text")
        elif test := condition(node, report):
            found.append(Fact(key.text, test, key.mark))
    return tuple(found)


def _everywhere(fields: Fields, flow: str | None, report: Report) -> tuple[Intent, ...]:
    block = fields.mapping("everywhere")
    if block is None:
        return ()
    if flow != START:
        sentence = f"'everywhere' stands only in the flow '{START}'; move it there"
        report.add(fields.key_mark("everywhere"), "misplaced-key", sentence)
        return ()
    return tuple(_intent(key, steps.block(key, node, report)) for key, node in block.entries)


def _for_other(fields: Fields, flow: str | None, report: Report) -> Expression | None:
    """When the talk is only about someone else; None where no flow says."""
    found = fields.scalar("for_other")
    if found is None:
        return None
    if flow != START:
        sentence = f"'for_other' of a flow stands only in the flow '{START}'; move it there"
        report.add(fields.key_mark("for_other"), "misplaced-key", sentence)
        return None
    return condition(found, report)


_DEEDS = ("do", "call", "end")


def _intent(key: Scalar, fields: Fields) -> Intent:
    check_id(key.text, key.mark, "word for everywhere", fields.report)
    words = words_of(fields, f"everywhere.{key.text}")
    label, typed = words.required("label"), words.required("words")
    deeds = [deed for deed in _DEEDS if fields.has(deed)]
    do = fields.choice("do", ("back", "skip"))
    call, end = (next(iter(names_of(fields, deed)), None) for deed in ("call", "end"))
    wipe = fields.flag("wipe") or False
    fields.done()
    if len(deeds) != 1:
        sentence = f"'{key.text}' must have one of 'do', 'call' and 'end', and only one"
        fields.report.add(key.mark, "intent-kind", sentence)
    return Intent(key.text, label, typed, key.mark, do, call, end, wipe)


def fingerprint(flows: Iterable[Flow]) -> str:
    """Twelve hex digits that change with the routing of the flows and never with their words.

    Routing is ids, kinds, order, conditions, jumps, calls, choices, parsers and sources. What a
    choice asks of the directory is not part of it: needs are worked out anew from the answers.
    """
    routing = [_routing(flow) for flow in sorted(flows, key=lambda flow: flow.id)]
    return hashlib.sha256(json.dumps(routing).encode()).hexdigest()[:12]


def _routing(flow: Flow) -> list[object]:
    return [
        flow.id,
        [[fact.id, written(fact.test)] for fact in flow.facts],
        [[one.id, one.do, _text(one.call), _text(one.end)] for one in flow.everywhere],
        [_step_routing(step) for step in flow.steps],
    ]


def _step_routing(step: Step) -> list[object]:
    names = (step.next, step.call, step.results, step.empty, step.end, step.parse)
    return [
        step.id,
        step.kind,
        written(step.only_if) if step.only_if else None,
        [_text(name) for name in (*names, step.choices_from)],
        [_choice_routing(choice) for choice in step.choices],
        [step.many.least, step.many.most] if step.many else None,
        step.skippable,
        step.aside,
    ]


def _choice_routing(choice: Choice) -> list[object]:
    return [choice.id, _text(choice.next), choice.alone]


def _text(name: Name | None) -> str | None:
    return name.text if name else None
