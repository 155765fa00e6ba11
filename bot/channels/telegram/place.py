"""A place: where the card of one talk stands in its chat, and what else is to be removed there.

The conversation keeps it sealed with the session and does not read it.
"""

from typing import NamedTuple

MOST_LITTER = 60  # messages; more than that at once is a flood, and the newest stay


class Place(NamedTuple):
    """Ids of messages in one private chat, which grow with time.

    `card` 0: no card is known; one may have been sent after `after`, where a crash or a fault hid
    the answer. `unsure` 1: a card was found by her press and there may be a second one. `page`
    counts from 0 and belongs to the card of `turn` only. `begun` is the update that began the talk;
    updates are numbered in the order in which they happened. `litter` are messages to delete.
    """

    chat: int
    card: int = 0
    after: int = 0
    unsure: int = 0
    page: int = 0
    turn: int = 0
    begun: int = 0
    litter: tuple[int, ...] = ()

    def with_litter(self, *messages: int) -> "Place":
        """These messages are to be deleted too, unless one of them is the card."""
        added = dict.fromkeys((*self.litter, *messages))
        kept = [number for number in added if number and number != self.card]
        return self._replace(litter=tuple(kept[:MOST_LITTER]))

    def without_litter(self, messages: tuple[int, ...]) -> "Place":
        """These messages are deleted."""
        return self._replace(litter=tuple(one for one in self.litter if one not in messages))

    def packed(self) -> str:
        """As text to keep."""
        return " ".join(map(str, (*self[:7], *self.litter)))


def unpack_place(text: str) -> Place | None:
    """The place in `text`; None when there is none."""
    try:
        chat, card, after, unsure, page, turn, begun, *litter = map(int, text.split())
        return Place(chat, card, after, unsure, page, turn, begun, tuple(litter))
    except ValueError:
        return None
