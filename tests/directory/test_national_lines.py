"""National lines always follow, the line for danger stands apart, and missing treatment is said."""

from dataclasses import replace

from bot.directory.model import Status
from bot.directory.ranking import Tier
from tests.directory.searching import ALARM, ids, line, search, service


def test_national_lines_always_follow():
    found = search(*(service(f"s{number}") for number in range(5)))
    assert len(found.matches) == 3
    assert [each.tier for each in found.national] == [Tier.NATIONAL] * 2


def test_national_lines_fill_up_what_is_missing():
    found = search(line("a-line"), service("s"), limit=5)
    assert len(found.national) == 3


def test_a_national_line_never_outranks_a_service_of_hers_for_stating_more():
    found = search(line("rich", {"times.evening": "yes"}), service("s"), must="evening")
    assert ids(found) == ["s"]


def test_a_line_to_ring_is_always_among_the_national_entries():
    houses = [line(f"house-{n}", {"helps_with": "alcohol"}, kinds=("residential",)) for n in "abc"]
    found = search(*houses, prefer="alcohol")
    kinds = [each.service.kinds for each in found.national]
    assert kinds == [("residential",), ("residential",), ("helpline",)]


def test_where_danger_was_named_the_24_hour_line_stands_apart():
    found = search(ALARM, service("s"), tags="danger")
    assert found.crisis.service.id == "alarm"
    assert found.crisis.tier is Tier.CRISIS
    assert "alarm" not in [each.service.id for each in found.national]


def test_without_danger_it_does_not():
    assert search(ALARM).crisis is None


def test_of_several_such_lines_the_fitting_one_stands_on_top():
    writes = replace(ALARM, id="writes", facts={"contact.no_voice": frozenset({"yes"})})
    found = search(ALARM, writes, tags="danger discreet")
    assert found.crisis.service.id == "writes"


def test_without_such_a_line_nothing_is_made_up():
    assert search(service("s"), tags="danger").crisis is None


def test_no_treatment_for_her_council_is_said():
    assert search(service("s")).no_treatment
    assert search(service("s", kinds=("treatment",), councils=("b",))).no_treatment
    assert not search(service("s", kinds=("treatment",))).no_treatment


def test_treatment_for_children_or_in_a_draft_is_none_for_her():
    assert search(service("s", kinds=("treatment",), age_to=18)).no_treatment
    assert search(service("s", kinds=("treatment",), status=Status.DRAFT)).no_treatment
