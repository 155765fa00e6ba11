"""Typical women: made of real needs, and found or not as any woman is."""

from bot.directory.model import Verified
from bot.directory.typical import TYPICAL, Woman, sent
from tests.directory.searching import MONDAY, index, line, service

MOTHER = Woman("m", must=frozenset({"woman_worker", "creche"}), prefer=frozenset({"using_now"}))
LONG_AGO = Verified("2024", "editor", "web_page")


def told(entry, *others, woman=MOTHER):
    return sent(entry, woman, index(entry, *others), MONDAY)


def test_all_three_ask_for_needs_that_there_are(data):
    for woman in TYPICAL:
        assert woman.must | woman.prefer <= data.vocabulary.needs.keys()
        assert woman.tags <= data.vocabulary.tags


def test_what_it_has_lacks_and_does_not_say():
    found = told(service("s", {"worker.female": "guaranteed", "children.creche": "no"}))
    assert found.place == 1
    assert (found.has, found.lacks) == (("woman_worker",), ("creche",))
    assert found.unknown == ("children_welcome", "using_now")


def test_the_place_counts_over_all_pages():
    others = [service(f"s{n}", {"worker.female": "guaranteed"}) for n in range(7)]
    assert told(service("last"), *others).place == 8


def test_a_woman_it_does_not_take_is_not_sent():
    found = told(service("s", {"accepts.using_now": "no"}))
    assert found.place is None
    assert found.turned_away == ("using_now",)


def test_an_old_entry_gives_way_and_it_is_said():
    found = told(service("s", verified=LONG_AGO), service("fresh"))
    assert found.place is None
    assert found.old


def test_a_line_counts_among_the_lines():
    found = told(line("a-line", {"worker.female": "guaranteed"}))
    assert (found.lines, found.place) == (True, 1)


def test_an_entry_of_no_council_we_know_is_not_found():
    assert told(service("s", councils=("nowhere",))).place is None
