from dataclasses import replace

from bot.directory.asking import resolve
from bot.directory.columns import bits
from bot.directory.model import Check, Verified
from bot.directory.ranking import Tier, best, compare, visible, without_old
from tests.directory.searching import at, index, line, needs, service

LONG_AGO = Verified("2024", "editor", "web_page")
NO_DATE = Verified(None, "editor", "web_page")
NOBODY = tuple(
    Check(on, "editor", "test_call", answered="no") for on in ("2026-11-01", "2026-11-02")
)


def ranked(*services, tier=Tier.LOCAL, near=None, **asked):
    """The ids of the services of council a, or of the lines, best first; ties by id."""
    made = index(*services)
    block = made.national if tier is Tier.NATIONAL else made.own["a"]
    scope = compare(tier, block, block.counted, resolve(needs(**asked), made.legend), near)
    found = best([(scope, scope.rows)], lambda row: (0, 0, 0))
    return [row.service.id for _, row in found]


def seen(*services, hidden=(), **asked):
    made = index(*services)
    own = made.own["a"]
    rows = visible(own, own.counted, resolve(needs(**asked), made.legend), frozenset(hidden))
    return {own.rows[row].service.id for row in bits(rows)}


def left(*services):
    own = index(*services).own["a"]
    return {own.rows[row].service.id for row in bits(without_old(own, own.counted))}


def test_hidden_services_are_not_seen():
    assert seen(service("a"), service("b"), hidden=("a", "never-heard-of")) == {"b"}


def test_a_service_that_would_turn_her_away_is_not_seen():
    services = service("a", {"not_for": "pregnant"}), service("b", age_to=17), service("c")
    assert seen(*services, prefer="pregnancy") == {"c"}
    assert seen(*services) == {"a", "c"}


def test_an_old_entry_gives_way_where_a_fresher_one_is_of_all_its_kinds():
    old = service("old", verified=LONG_AGO)
    assert left(old, service("fresh")) == {"fresh"}


def test_an_old_entry_stays_for_a_kind_that_nobody_fresh_covers():
    old = service("old", verified=LONG_AGO, kinds=("support", "legal"))
    assert left(old, service("fresh")) == {"old", "fresh"}
    assert left(old) == {"old"}


def test_an_old_entry_for_a_group_stays_beside_a_fresh_one_for_everybody():
    old = service("old", {"by_and_for": "sikh"}, verified=LONG_AGO)
    assert left(old, service("fresh")) == {"old", "fresh"}


def test_an_old_entry_stays_where_she_is_not_shown_the_fresher_one():
    own = index(service("a", verified=LONG_AGO), service("b")).own["a"]
    assert without_old(own, 0b11) == 0b10
    assert without_old(own, 0b01) == 0b01


def test_an_entry_without_a_date_stays():
    assert left(service("none", verified=NO_DATE), service("fresh")) == {"none", "fresh"}


def test_a_row_fits_while_it_has_none_of_the_bits_that_stand_in_the_way():
    made = index(service("a", {"times.evening": "no"}), service("b"))
    own, asked = made.own["a"], resolve(needs(must="evening"), made.legend)
    scope = compare(Tier.LOCAL, own, own.counted, asked, None)
    assert scope.fitting([asked.demands[0].breaks]) == 0b10
    assert scope.fitting([]) == 0b11


def test_fewer_broken_musts_come_first():
    one = service("one", {"times.evening": "no", "children.creche": "yes"})
    two = service("two", {"times.evening": "no", "children.creche": "no"})
    none = service("zero")
    assert ranked(two, one, none, must="evening creche") == ["zero", "one", "two"]


def test_then_fewer_unknown_musts():
    one = service("one", {"times.evening": "yes"})
    assert ranked(service("a"), one, must="evening creche") == ["one", "a"]


def test_then_what_is_for_every_woman_or_for_a_group_she_named():
    group = service("a", {"who": "sex_workers"}, kinds=("sex_work",))
    wished = service("b", {"times.evening": "yes"})
    assert ranked(group, wished) == ["b", "a"]
    assert ranked(group, wished, prefer="sex_work") == ["a", "b"]


def test_a_group_she_did_not_name_comes_after_all_that_is_for_every_woman():
    group = service("b", {"who": "lgbt", "times.evening": "yes"})
    assert ranked(service("a"), group, must="evening") == ["a", "b"]


def test_a_service_by_one_community_that_is_for_everyone_is_no_closed_group():
    by_and_for = service("a", {"by_and_for": "sikh", "who": "everyone", "times.evening": "yes"})
    assert ranked(service("b"), by_and_for, must="evening") == ["a", "b"]


def test_a_good_first_door_comes_before_one_for_another_harm():
    rape = service("a", kinds=("sexual_violence",))
    centre = service("b", kinds=("womens_centre",))
    women = service("c", {"who": "women"}, kinds=("domestic_abuse",))
    refuge = service("d", {"who": "women"}, kinds=("refuge",))
    assert ranked(rape, refuge, women, centre, must="alcohol")[:2] == ["b", "c"]


def test_what_says_it_helps_comes_before_any_door():
    says = service("b", {"helps_with": "alcohol"}, kinds=("housing",))
    door = service("a", kinds=("womens_centre",))
    assert ranked(door, says, must="alcohol") == ["b", "a"]


def test_then_what_reaches_her_in_the_way_she_asks_for():
    rings = service("rings", {"ways.phone": "yes"})
    wishes = service("a", {"times.evening": "yes"})
    assert ranked(wishes, rings, prefer="phone_or_video evening") == ["rings", "a"]


def test_then_what_is_not_a_long_way_off():
    far, near = service("a", places=at("A9 1AA")), service("b", places=at("A1 1AA"))
    assert ranked(far, near, near=lambda outcode: outcode != "A9") == ["b", "a"]
    assert ranked(far, near) == ["a", "b"]


def test_a_long_way_is_none_for_a_service_that_needs_no_travel_or_has_no_place():
    far, video = (service(id, places=at("A9 1AA")) for id in ("a", "b"))
    video = replace(video, facts={"ways.video": frozenset({"yes"})})
    found = ranked(far, video, service("c"), near=lambda outcode: False)
    assert found == ["b", "c", "a"]


def test_then_hubs_where_she_needs_more_than_treatment():
    hub = service("hub", kinds=("womens_centre",))
    other = service("a", {"on_site": "housing"})
    assert ranked(other, hub, prefer="housing") == ["hub", "a"]
    assert ranked(other, hub, prefer="evening") == ["a", "hub"]


def test_then_the_weight_of_the_wishes_it_meets():
    heavy = service("heavy", {"worker.female": "guaranteed"})
    light = service("a", {"times.weekend": "yes", "children.welcome": "any"})
    asked = "woman_worker weekend children_welcome"
    assert ranked(light, heavy, prefer=asked) == ["heavy", "a"]


def test_the_weaker_need_counts_where_a_must_is_refused():
    refused = {"children.creche": "no"}
    bring = service("bring", refused | {"children.welcome": "any"})
    assert ranked(service("a", refused), bring, must="creche") == ["bring", "a"]


def test_the_weaker_need_counts_nowhere_else():
    bring = service("bring", {"children.welcome": "any"})
    assert ranked(service("a"), bring, must="creche") == ["a", "bring"]


def test_then_what_answers_when_we_try():
    silent = service("a", checks=NOBODY)
    once = service("b", checks=NOBODY[:1])
    assert ranked(silent, once) == ["b", "a"]
    assert ranked(silent, service("b", verified=LONG_AGO)) == ["b", "a"]


def test_a_silent_service_still_comes_before_one_that_fits_less():
    silent = service("b", {"times.evening": "yes"}, checks=NOBODY)
    assert ranked(silent, service("a"), prefer="evening") == ["b", "a"]


def test_a_line_that_nobody_answers_comes_after_the_others():
    silent = line("a-line", checks=NOBODY)
    assert ranked(silent, tier=Tier.NATIONAL) == ["line-one", "line-two", "a-line"]


def test_then_the_fresher_entry():
    old = service("a", verified=LONG_AGO)
    assert ranked(old, service("b")) == ["b", "a"]


def test_what_she_avoids_breaks_only_where_it_is_stated():
    own = service("a", {"worker.own_community": "always"})
    assert ranked(own, service("b"), avoid="own_community") == ["b", "a"]


def test_national_lines_rank_first_by_what_they_are_about():
    drink = line("drink", {"helps_with": "alcohol", "worker.female": "no"})
    found = ranked(drink, tier=Tier.NATIONAL, must="woman_worker alcohol")
    assert found == ["drink", "line-one", "line-two"]


def test_national_lines_come_before_other_national_entries_that_are_even():
    found = ranked(line("a-house", kinds=("residential",)), tier=Tier.NATIONAL)
    assert found == ["line-one", "line-two", "a-house"]


def test_national_lines_rank_by_broken_musts_too():
    refuses = line("a-line", {"times.evening": "no"})
    found = ranked(refuses, tier=Tier.NATIONAL, must="evening")
    assert found == ["line-one", "line-two", "a-line"]


def test_parts_come_in_order_among_services_that_break_equally_much():
    made = index(service("hers", {"times.evening": "no"}), service("next", councils=("b",)))
    asked = resolve(needs(must="evening"), made.legend)
    scopes = [
        compare(Tier.LOCAL, made.own["a"], 1, asked, None),
        compare(Tier.NEIGHBOUR, made.own["b"], 1, asked, None),
    ]
    found = list(best([(scope, scope.rows) for scope in scopes], lambda row: (0, 0, 0)))
    assert [(tier, row.service.id) for tier, row in found] == [
        (Tier.NEIGHBOUR, "next"),
        (Tier.LOCAL, "hers"),
    ]


def test_a_tie_is_settled_by_what_is_given():
    made = index(service("a"), service("b"), service("c"))
    own = made.own["a"]
    scope = compare(Tier.LOCAL, own, own.counted, resolve(needs(), made.legend), None)
    found = best([(scope, scope.rows)], lambda row: (-ord(row.service.id), 0, 0))
    assert [row.service.id for _, row in found] == ["c", "b", "a"]
