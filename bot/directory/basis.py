"""Basis: which entries the numbers about a directory rest on, and how to say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.directory.index import may_be_shown
from bot.directory.model import Service, Status


@dataclass(frozen=True, slots=True)
class Basis:
    """The entries that a search can show, and how many others there are."""

    counted: tuple[Service, ...]  # in the order given
    all: int
    apart: int  # shown, but on a card of their own or for men: no search finds them
    drafts: int
    away: int  # paused or closed
    faulty: int  # active, and left out because of a mistake in the file

    @property
    def sentence(self) -> str:
        """What is counted and what is not, in words; numbers that are 0 are left out."""
        left_out = (
            (self.drafts, "still in draft and not shown"),
            (self.away, "paused or closed"),
            (self.faulty, "left out because of a mistake in the file"),
            (self.apart, "shown on a card of its own or for men, and not counted"),
        )
        rest = "".join(f"; {count} {words}" for count, words in left_out if count)
        return (
            f"The directory has {_entries(self.all)}: {len(self.counted)} that a search can show"
            f" and that {_are(len(self.counted))} counted here{rest}."
        )


def basis(services: Sequence[Service], fit: Iterable[Service]) -> Basis:
    """Sort out all entries; `fit` are those without a mistake, see `checks.fit_to_show`."""
    shown = tuple(fit)
    counted = tuple(filter(may_be_shown, shown))
    status = [service.status for service in services]
    active = status.count(Status.ACTIVE)
    return Basis(
        counted=counted,
        all=len(services),
        apart=len(shown) - len(counted),
        drafts=status.count(Status.DRAFT),
        away=status.count(Status.PAUSED) + status.count(Status.CLOSED),
        faulty=active - len(shown),
    )


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
