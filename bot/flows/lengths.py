"""Lengths: how many questions every woman is asked before the next list of services."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from bot.flows.card_checks import asks_language
from bot.flows.cards import Card, Walker, index_of
from bot.flows.ways import optional

MOST_STATES = 20_000  # places of a talk that are looked at

Place = tuple[str, tuple[str, ...]]  # the question, and the calls it stands in


@dataclass(slots=True)
class Lengths:
    """The longest way to the next results from any card, each question counted once.

    What is not asked of every woman does not count: steps and calls with a condition, the
    language, and the flows in `apart`. A way that comes round again adds nothing.
    """

    walker: Walker
    apart: Collection[str] = ()
    onward: dict[Place, list[Place]] = field(default_factory=dict)
    counts: dict[Place, int] = field(default_factory=dict)
    cards: dict[Place, Card] = field(default_factory=dict)  # one that waits there

    def longest(self, cards: Iterable[Card]) -> int:
        """How many answers it takes at most from these cards."""
        first = self._places(cards)
        self._walk(first)
        done: dict[Place, int] = {}
        for place in first:
            self._finish(place, done)
        return max((done[place] for place in first), default=0)

    def _places(self, cards: Iterable[Card]) -> list[Place]:
        """Where the talk may wait on these cards, lists of services left out."""
        found: dict[Place, Card] = {}
        for card in cards:
            if card.asked is not None and card.asked.step.results is None:
                calls = tuple(f"{flow.id}.{flow.steps[index].id}" for flow, index in card.stack)
                found.setdefault((card.asked.name, calls), card)
        for place, card in found.items():
            if place not in self.counts and len(self.counts) < MOST_STATES:
                self.counts[place] = self._counts(card)
                self.cards[place] = card
        return [place for place in found if place in self.counts]

    def _counts(self, card: Card) -> int:
        asked = card.asked
        if asked is None or asked.flow.id in self.apart:
            return 0
        at_times = any(flow.steps[index].only_if for flow, index in card.stack)
        return 0 if at_times or optional(asked.step) or asks_language(asked.step) else 1

    def _walk(self, first: Iterable[Place]) -> None:
        left = list(first)
        while left:
            place = left.pop()
            if place not in self.onward:
                card = self.cards[place]
                after = []
                if card.asked is not None:
                    index = index_of(card.asked.flow, card.asked.step)
                    after = self.walker.after(card.asked, index, card.stack)
                self.onward[place] = self._places(after)
                left += self.onward[place]

    def _finish(self, root: Place, done: dict[Place, int]) -> None:
        """Work out the longest way from `root`, the places after it first."""
        begun, left = set[Place](), [root]
        while left:
            place = left[-1]
            ahead = (
                [] if place in begun else [one for one in self.onward[place] if one not in done]
            )
            begun.add(place)
            ahead = [one for one in ahead if one not in begun]
            if ahead:
                left += ahead
                continue
            left.pop()
            if place not in done:
                further = max((done.get(one, 0) for one in self.onward[place]), default=0)
                done[place] = self.counts[place] + further
