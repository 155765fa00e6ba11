"""Which entries the numbers rest on."""

from dataclasses import replace

from bot.directory.basis import basis
from bot.directory.model import Status
from tests.directory.entries import entry

SHOWN = entry()
DRAFT, PAUSED, CLOSED = (
    replace(entry(), status=status) for status in (Status.DRAFT, Status.PAUSED, Status.CLOSED)
)
EMERGENCY = entry(kind="[emergency]")


def test_every_entry_is_counted_once():
    found = basis([SHOWN, DRAFT, PAUSED, CLOSED, EMERGENCY, SHOWN], [SHOWN, EMERGENCY])
    assert found.counted == (SHOWN,)
    assert (found.all, found.apart, found.drafts, found.away, found.faulty) == (6, 1, 1, 2, 1)


def test_the_sentence_leaves_out_what_is_not_there():
    assert basis([SHOWN], [SHOWN]).sentence == (
        "The directory has 1 entry: 1 that a search can show and that is counted here."
    )
    assert "2 still in draft and not shown" in basis([DRAFT, DRAFT], []).sentence


def test_the_shipped_directory_has_102_entries_68_shown_and_34_drafts(data):
    """A change of these numbers is meant, and is told in the changelog."""
    status = [service.status for service in data.services]
    assert len(status) == 102
    assert (status.count(Status.ACTIVE), status.count(Status.DRAFT)) == (68, 34)
