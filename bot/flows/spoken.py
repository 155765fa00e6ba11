"""Spoken: what the rules about words and care look at, and the places of their findings."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot.flows.cards import Card, Walker
from bot.flows.model import Choice, Flow, Flows, Step, Text
from bot.flows.rules import Finding
from bot.flows.ways import Edge, all_edges
from bot.locales.tongues import Tongue
from bot.locales.voice import TYPED
from bot.locales.wordlists import Wordlist
from bot.problems import Mark


@dataclass(frozen=True, slots=True)
class Spoken:
    """The flows, every card of theirs, and every language in which they are said.

    `tongues` begin with English. `day_and_night` are ids of entries that somebody answers at any
    hour. `ways` gives the cards after a question (its full name) and a way out of it. `edges` are
    all of the flows; `walker` made the cards and knows which conditions shut each other out.
    """

    flows: Flows
    tongues: tuple[Tongue, ...]
    day_and_night: Collection[str]
    cards: tuple[Card, ...]
    ways: Mapping[tuple[str, str], tuple[Card, ...]] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    walker: Walker = field(repr=False)

    @property
    def english(self) -> Wordlist:
        """The words of English, in which every flow is written."""
        return self.tongues[0].words

    def steps(self) -> Iterator[tuple[Flow, Step]]:
        """Every step with its flow, in file order."""
        for flow in self.flows.by_id.values():
            for step in flow.steps:
                yield flow, step

    def choices(self) -> Iterator[tuple[Flow, Step, Choice]]:
        """Every choice with its step and flow, in file order."""
        for flow, step in self.steps():
            for choice in step.choices:
                yield flow, step, choice

    def after(self, flow: Flow, step: Step, way: str) -> tuple[Card, ...]:
        """The cards that come after one way out of a question."""
        return self.ways.get((f"{flow.id}.{step.id}", way), ())


def hear(flows: Flows, tongues: tuple[Tongue, ...], day_and_night: Collection[str]) -> Spoken:
    """Everything the rules look at; the flows must have passed the rules about ways."""
    walker = Walker(flows)
    cards = tuple(walker.all())
    ways: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        ways.setdefault((card.source.name if card.source else "", card.way), []).append(card)
    after = {way: tuple(found) for way, found in ways.items()}
    return Spoken(flows, tongues, day_and_night, cards, after, tuple(all_edges(flows)), walker)


def finding(
    tongue: Tongue, flow: Flow, text: Text, sentence: str, *, typed: bool = False
) -> Finding:
    """A finding where the words stand: in the flow, or in the catalogue of the language."""
    if tongue.english:
        return Finding(flow.path, text.mark, sentence)
    line = tongue.line(text.text, TYPED if typed else "")
    return Finding(tongue.path, Mark(line), sentence)


def called_by(flows: Flows, intent: str) -> frozenset[str]:
    """The flow that the word for everywhere of that id calls; empty where it calls none."""
    start = flows.by_id.get(flows.start)
    return frozenset(
        one.call.text
        for one in (start.everywhere if start else ())
        if one.id == intent and one.call
    )
