"""Further pages of what she finds: no gap, nothing twice, and the first page stays as it was."""

from bot.directory.matching import AREA
from tests.directory.searching import ids, search, service, steps


def test_a_further_page_goes_on_where_the_one_before_ended():
    services = [service(f"s{number}") for number in range(5)]
    one, two = search(*services), search(*services, skip=3)
    assert (one.more, two.more) == (True, False)
    assert sorted(ids(one) + ids(two)) == [f"s{number}" for number in range(5)]


def test_a_further_page_widens_the_search_without_disturbing_the_first():
    services = (
        service("fits"),
        service("late", {"times.evening": "no"}),
        service("next", councils=("b",)),
    )
    pages = [search(*services, limit=1, skip=skip, must="evening") for skip in range(3)]
    assert [ids(page) for page in pages] == [["fits"], ["next"], ["late"]]
    assert [page.more for page in pages] == [True, True, False]
    assert [steps(page) for page in pages] == [
        [],
        [(AREA, None, None)],
        [("time", "evening", None)],
    ]


def test_pages_show_every_service_once_also_then():
    drink = [service(f"drink{n}", {"helps_with": "alcohol"}) for n in range(4)]
    other = service("other", {"who": "sex_workers"}, kinds=("sex_work",))
    pages = [search(*drink, other, must="alcohol", prefer="sex_work", skip=n) for n in (0, 3)]
    shown = [id for page in pages for id in ids(page)]
    assert sorted(shown) == ["drink0", "drink1", "drink2", "drink3", "other"]
