"""Paused and closed act at once: nobody is sent to a door that does not open."""

from dataclasses import replace
from datetime import date

import pytest

from bot import app
from bot.directory.checks import check_directory, fit_to_show
from bot.directory.index import all_near
from bot.directory.model import Status
from bot.settings import Settings
from tests.directory.entries import TODAY, entry, rules, shipped_places


@pytest.mark.parametrize(
    ("keys", "broken"),
    [
        ({"paused": "{until: 2027-01-05}"}, ["stopped-but-active"]),
        ({"paused": "{say: {en: Back in spring.}}"}, ["stopped-but-active"]),
        ({"closed": "{why: No money}"}, ["stopped-but-active"]),
        ({"status": "paused", "paused": "{until: 2027-01-05}"}, []),
        ({"status": "paused", "paused": "{until: 2026-11-22}"}, ["pause-over"]),
        ({"status": "paused"}, []),
        ({"status": "closed", "closed": "{why: No money}"}, []),
        ({"status": "closed"}, ["closed-without-reason"]),
        ({"do_not_list": "yes"}, ["do-not-list"]),
        ({"do_not_list": "no"}, []),
        ({"do_not_list": "yes", "status": "closed", "closed": "{why: They asked us}"}, []),
    ],
)
def test_status_and_words_about_it_agree(keys, broken):
    assert rules(**keys) == broken


@pytest.mark.parametrize("keys", [{"paused": "{until: 2027-01-05}"}, {"do_not_list": "yes"}])
def test_an_active_entry_that_says_it_stopped_is_not_shown(keys):
    service = entry(**keys)
    problems = check_directory([service], shipped_places(), TODAY)
    assert fit_to_show([service], problems) == ()


@pytest.fixture(scope="module")
def data():
    return app.read_data(app.folders(Settings()))


def shown(data, today=TODAY):
    """The ids of all that a woman may be shown."""
    return set(app.build_world(data, Settings(), today).material.services)


def changed(data, id, **parts):
    services = (replace(one, **parts) if one.id == id else one for one in data.services)
    return replace(data, services=tuple(services))


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED, Status.DRAFT])
def test_an_entry_that_is_paused_or_closed_disappears_with_the_next_load(data, status):
    assert "bcwa-willow" in shown(data)
    world = app.build_world(changed(data, "bcwa-willow", status=status), Settings(), TODAY)
    assert "bcwa-willow" not in world.material.services
    assert "bcwa-willow" not in {service.id for service in all_near(world.index, "dudley")}


def test_a_pause_that_is_over_does_not_bring_an_entry_back_by_itself(data):
    paused = entry(id="bcwa-willow", status="paused", paused="{until: 2026-11-30}")
    one = replace(data, services=(*data.services, paused))
    one = replace(one, services=tuple(s for s in one.services if s is paused or s.id != paused.id))
    assert "bcwa-willow" not in shown(one)
    assert "bcwa-willow" not in shown(one, date(2026, 12, 24))
