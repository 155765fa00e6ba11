"""A place: where the card of one talk stands in its chat, and what else is to be removed there.

The conversation keeps it sealed with the session and does not read it.
"""

from typing import NamedTuple

MOST_LITTER = 60  # messages; more than that at once is a flood, and the newest stay
MOST_HELPED = 8


class Place(NamedTuple):
    """Ids of messages in one private chat, which grow with time.

    `card` 0: no card is known; one may have been sent after `after`, where a crash or a fault hid
    the answer. `unsure` 1: a card was found by her press and there may be a second one, or a voice
    message may stand; either is newer than `after`, which may be newer than the card. `page`
    counts from 0 and belongs to the card of `turn` only.

    `begun` is the update that began the talk, `newest` the last that had its effect: updates are
    numbered in the order in which they happened. `helped` are the last presses that asked for help.
    `litter` are messages to delete.
    """

    chat: int
    card: int = 0
    after: int = 0
    unsure: int = 0
    page: int = 0
    turn: int = 0
    begun: int = 0
    newest: int = 0
    helped: tuple[int, ...] = ()
    litter: tuple[int, ...] = ()

    def with_litter(self, *messages: int) -> "Place":
        """These messages are to be deleted too, unless one of them is the card."""
        added = dict.fromkeys((*self.litter, *messages))
        kept = [number for number in added if number and number != self.card]
        return self._replace(litter=tuple(kept[:MOST_LITTER]))

    def without_litter(self, messages: tuple[int, ...]) -> "Place":
        """These messages are deleted."""
        return self._replace(litter=tuple(one for one in self.litter if one not in messages))

    def with_update(self, number: int, helped: int | None = None) -> "Place":
        """This update had its effect; `helped` says which press it was, where it asked for help."""
        presses = self.helped if helped is None else (*self.helped, helped)[-MOST_HELPED:]
        return self._replace(newest=max(self.newest, number), helped=presses)

    def packed(self) -> str:
        """As text to keep."""
        return ";".join(" ".join(map(str, part)) for part in (self[:8], self.helped, self.litter))


def unpack_place(text: str) -> Place | None:
    """The place in `text`; None when there is none."""
    try:
        one, helped, litter = (tuple(map(int, part.split())) for part in text.split(";"))
        chat, card, after, unsure, page, turn, begun, newest = one
    except ValueError:
        return None
    return Place(chat, card, after, unsure, page, turn, begun, newest, helped, litter)
