import pytest

from bot.directory.index import all_near, build
from bot.directory.model import Status
from bot.exceptions import DataError
from tests.directory.searching import LINES, PLACES, TODAY, VOCABULARY, index, line, service

OPEN = (line("line-one"), line("line-two"))


def built(*services):
    return build(services, VOCABULARY, PLACES, TODAY)


def names(block):
    return {row.service.id for row in block.rows}


def counted(block):
    return {id for id, number in block.where.items() if block.counted >> number & 1}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.CLOSED])
def test_only_active_entries_are_laid_out(status):
    found = index(service("s", status=status), line("n", status=status))
    assert names(found.own["a"]) == set()
    assert names(found.national) == {"line-one", "line-two"}


def test_services_for_men_and_the_emergency_services_are_left_out():
    found = index(
        service("men", {"who": "men"}), line("emergency", kinds=("emergency", "helpline"))
    )
    assert names(found.own["a"]) | names(found.national) == {"line-one", "line-two"}


@pytest.mark.parametrize(
    "other",
    [
        None,
        line("other", status=Status.DRAFT),
        line("other", kinds=("information",)),
        line("other", {"who": "lgbt"}),
        line("other", age_to=18),
        line("other", {"not_for": "pregnant"}),
        service("other", kinds=("helpline",)),
    ],
)
def test_fewer_than_two_lines_for_every_woman_are_refused(other):
    with pytest.raises(DataError) as refused:
        built(line("one"), *([other] if other else []))
    assert [problem.rule for problem in refused.value.problems] == ["too-few-helplines"]


def test_two_lines_for_every_woman_are_enough():
    assert names(built(*OPEN).national) == {"line-one", "line-two"}


def test_a_service_stands_in_each_council_it_serves_and_a_council_we_do_not_know_is_passed_over():
    found = index(service("s", councils=("a", "c", "nowhere")))
    assert [council for council, block in found.own.items() if "s" in block.where] == ["a", "c"]


def test_around_are_services_of_neighbours_that_do_not_serve_her():
    found = index(
        service("hers", councils=("a", "b")),
        service("next", councils=("b",)),
        service("theirs", councils=("b",), must_live_there=True),
        service("further", councils=("c",)),
    )
    assert counted(found.beside(("a",)).around) == {"next"}


def test_elsewhere_are_services_from_further_off_that_need_no_travel():
    far = {"facts": {"ways.video": "yes"}, "councils": ("d",)}
    found = index(
        service("far", **far),
        service("theirs", **far, must_live_there=True),
        service("in-person", councils=("d",)),
        service("hers", {"ways.video": "yes"}),
        service("next", {"ways.video": "yes"}, councils=("b",)),
    )
    elsewhere = found.beside(("a",)).elsewhere
    assert {id for id, row in found.remote.where.items() if elsewhere >> row & 1} == {"far"}


def test_an_outcode_of_two_councils_has_the_services_of_both_at_home():
    found = index(service("s", councils=("a", "b")), service("t", councils=("b",)))
    assert counted(found.home(("a", "b"))) == {"s", "t"}
    assert counted(found.beside(("a", "b")).around) == set()


def test_the_home_of_one_council_is_its_own_block():
    found = index(service("s"))
    assert found.home(("a",)) is found.own["a"]


def test_all_near_are_the_active_services_of_a_council_by_name():
    found = index(
        service("x", name="beta"),
        service("y", name="Alpha"),
        service("draft", status=Status.DRAFT),
        service("z", councils=("b",)),
    )
    assert [each.name for each in all_near(found, "a")] == ["Alpha", "beta"]
    assert all_near(found, "d") == ()
    assert all_near(found, "nowhere") == ()


def test_the_order_of_the_files_does_not_matter():
    services = [service("s"), service("t"), *LINES]
    one, other = built(*services), built(*reversed(services))
    assert [row.service.id for row in one.own["a"].rows] == [
        row.service.id for row in other.own["a"].rows
    ]
