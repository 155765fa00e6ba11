"""Drawings of the flows, as Mermaid flowcharts that no words can break."""

import re
from collections.abc import Collection, Iterable, Mapping

from bot.flows.grammar import written
from bot.flows.model import Flow, Flows, Kind, Step
from bot.flows.ways import Edge, Way, all_edges

_SHAPES: Mapping[Kind, tuple[str, str]] = {
    Kind.ASK: ("[", "]"),
    Kind.RESULTS: ("[/", "/]"),
    Kind.SAY: ("(", ")"),
    Kind.CALL: ("[[", "]]"),
    Kind.RETURN: ("([", "])"),
    Kind.END: ("([", "])"),
    Kind.ROUTE: ("{{", "}}"),
}
_SAFE = frozenset(" .,:;!?'()[]/=+-_")
_LONGEST = 60


def mermaid(flows: Flows, flow_id: str | None = None) -> str:
    """A Mermaid flowchart of one flow, or of all, each in a box of its own.

    A call is drawn on to what follows it, with a dotted line into the flow it calls; the words
    for everywhere are dotted lines from one box. Of an unknown flow the drawing is empty.
    """
    shown = [flow for flow in flows.by_id.values() if flow_id in {None, flow.id}]
    lines = ["flowchart TD"]
    for flow in shown:
        lines += [f'  subgraph {_node(flow.id)}["{escaped(flow.id)}"]']
        lines += [f"    {_drawn(flow, step)}" for step in flow.steps]
        lines += ["  end"]
    inside = {f"{flow.id}.{step.id}" for flow in shown for step in flow.steps}
    lines += [f"  {line}" for line in _lines(all_edges(flows), inside)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Words as they may stand between the quotes of a label: no sign in them is left to Mermaid."""
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return "".join(c if c.isalnum() or c in _SAFE else f"#{ord(c)};" for c in short)


def _node(name: str) -> str:
    # The letter in front keeps a step called 'end' from closing the box it stands in.
    return "s_" + re.sub(r"[^A-Za-z0-9]", "_", name)


def _drawn(flow: Flow, step: Step) -> str:
    words = step.id
    if step.call:
        words += f": {step.call.text}"
    if step.only_if:
        words += f" (only if {written(step.only_if)})"
    left, right = _SHAPES[step.kind]
    return f'{_node(f"{flow.id}.{step.id}")}{left}"{escaped(words)}"{right}'


def _lines(found: Iterable[Edge], inside: Collection[str]) -> list[str]:
    """One line for each pair of steps, with every label between them."""
    labels: dict[tuple[str, str, str], list[str]] = {}
    for edge in found:
        source = _EVERYWHERE if edge.way is Way.INTERRUPT else edge.source
        if edge.way in _ARROWS and {edge.source, edge.target} <= set(inside):
            key = (source, _ARROWS[edge.way], edge.target)
            labels.setdefault(key, []).append(edge.label)
    box = [f'{_node(_EVERYWHERE)}(("{_EVERYWHERE}"))']
    used = any(source == _EVERYWHERE for source, _, _ in labels)
    return (box if used else []) + [
        f"{_node(source)} {arrow}{_label(words)} {_node(target)}"
        for (source, arrow, target), words in labels.items()
    ]


def _label(words: Collection[str]) -> str:
    """The way most answers go needs no words."""
    if {"answer", "next"} & set(words):
        return ""
    return f'|"{escaped(" / ".join(dict.fromkeys(words)))}"|'


_EVERYWHERE = "everywhere"
_ARROWS: Mapping[Way, str] = {
    Way.MOVE: "-->",
    Way.OVER: "-->",
    Way.CALL: "-.->",
    Way.INTERRUPT: "-.->",
}
