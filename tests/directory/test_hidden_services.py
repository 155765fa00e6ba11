"""Someone she must not meet: what stands at the place she avoids is hidden, without a trace."""

from bot.directory.model import Status
from tests.directory.searching import at, ids, search, service


def test_all_services_at_the_place_she_avoids_are_hidden():
    house = at("B1 1AA", "1 High Street")
    found = search(
        service("hers", places=house),
        service("beside", places=house),
        service("other"),
        hidden="hers",
    )
    assert ids(found) == ["other"]


def test_a_place_stays_hidden_when_the_service_she_named_has_closed():
    house = at("B1 1AA", "1 High Street")
    closed = service("closed", places=house, status=Status.PAUSED)
    assert ids(search(closed, service("beside", places=house), hidden="closed")) == []


def test_a_hidden_treatment_service_leaves_no_trace():
    hidden = service("s", kinds=("treatment",))
    assert search(hidden, hidden="s") == search(hidden="")
