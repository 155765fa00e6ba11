"""What a woman finds; the last part holds for any directory and any question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.plain_matching import plain_match, prepare
from bot.directory.companions import companions
from bot.directory.index import build
from bot.directory.matching import AREA, match
from bot.directory.model import Check, Status, Verified
from bot.directory.ranking import Tier
from bot.directory.schedules import openness
from bot.needs import Needs, Standing
from tests.directory.searching import (
    LINES,
    MONDAY,
    PLACES,
    TODAY,
    VOCABULARY,
    answers,
    at,
    ids,
    index,
    line,
    needs,
    opens,
    search,
    service,
)

LONG_AGO = Verified("2024", "editor", "web_page")
NOBODY = tuple(
    Check(on, "editor", "test_call", answered="no") for on in ("2026-11-01", "2026-11-02")
)
AGAIN = Check("2026-11-20", "service", "phone")
ALARM = line("alarm", kinds=("domestic_abuse", "helpline"), contacts=answers("24/7"))


def steps(found):
    return [(step.rung, step.need, step.instead) for step in found.relaxed]


# ---- what is shown


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.CLOSED])
@pytest.mark.parametrize("council", ["a", "b", "d"])
def test_an_entry_that_is_not_active_is_never_shown(status, council):
    facts = {"ways.video": "yes", "times.evening": "yes"}
    entry = service("s", facts, status=status, councils=(council,), kinds=("domestic_abuse",))
    far = replace(entry, id="n", national=True, contacts=answers("24/7"))
    found = search(entry, far, prefer="evening", tags="danger")
    assert (ids(found), found.crisis) == ([], None)
    assert {each.service.id for each in found.national} == {"line-one", "line-two"}


def test_only_a_stated_no_breaks_a_must():
    refuses = service("refuses", {"times.evening": "no"})
    found = search(refuses, service("silent"), limit=1, must="evening")
    assert ids(found) == ["silent"]


def test_her_own_services_come_first_then_the_neighbours_then_those_from_afar():
    found = search(
        service("far", {"ways.video": "yes"}, councils=("d",)),
        service("next", {"times.evening": "yes"}, councils=("b",)),
        service("hers"),
        must="evening",
    )
    assert [(each.service.id, each.tier) for each in found.matches] == [
        ("hers", Tier.LOCAL),
        ("next", Tier.NEIGHBOUR),
        ("far", Tier.REMOTE),
    ]
    assert steps(found) == [(AREA, None, None)]


def test_the_area_is_not_widened_where_enough_fits():
    found = search(service("one"), service("next", councils=("b",)), limit=1)
    assert ids(found) == ["one"]
    assert found.relaxed == ()


def test_a_neighbour_that_fits_comes_before_one_of_her_own_that_does_not():
    refuses = service("hers", {"times.evening": "no"})
    found = search(refuses, service("next", councils=("b",)), must="evening")
    assert ids(found) == ["next", "hers"]


def test_what_gave_way_is_told_in_the_order_of_the_ladder():
    facts = {"groups.women_only": "no", "times.evening": "no", "worker.female": "no"}
    found = search(service("s", facts), must="woman_worker women_only_group evening")
    assert steps(found) == [
        ("time", "evening", None),
        ("group", "women_only_group", "one_to_one"),
        (None, "woman_worker", None),
    ]


def test_a_rung_that_lets_enough_in_is_the_last():
    no_evening = service("a", {"times.evening": "no"})
    no_group = service("b", {"groups.women_only": "no"})
    found = search(no_evening, no_group, limit=1, must="evening women_only_group")
    assert ids(found) == ["a"]


def test_fewer_broken_musts_come_first_whichever_rung_they_stand_on():
    two = service("two", {"times.evening": "no", "times.weekend": "no"})
    one = service("one", {"children.creche": "no"})
    found = search(two, one, must="evening weekend creche")
    assert ids(found) == ["one", "two"]


def test_a_safety_need_never_gives_way():
    steps_only = service("steps", {"place.step_free": "no"})
    assert ids(search(steps_only, must="step_free")) == []


def test_a_group_never_relaxes_to_a_mixed_group_alone():
    mixed = {"groups.women_only": "no"}
    alone, never = service("a", mixed), service("b", mixed | {"worker.one_to_one": "no"})
    assert ids(search(alone, never, must="women_only_group")) == ["a"]


def test_men_at_the_same_time_are_put_up_with_unless_the_place_is_unsafe_for_her():
    mixed = service("mixed", {"place.men": "same_time"})
    assert ids(search(mixed, must="women_only_building")) == ["mixed"]
    assert ids(search(mixed, tags="unsafe_place")) == []


def test_where_the_place_may_be_unsafe_the_card_tells_whether_men_are_there():
    found = search(service("silent"), tags="unsafe_place")
    assert found.matches[0].unknown == ("women_only_building",)


def test_a_service_that_would_turn_her_away_is_never_shown():
    refuses = service("refuses", {"not_for": "pregnant"})
    assert ids(search(refuses, prefer="pregnancy")) == []


def test_the_reasons_come_with_the_match():
    facts = {"times.evening": "yes", "children.creche": "no", "worker.own_community": "always"}
    found = search(
        service("s", facts), prefer="evening creche weekend", avoid="own_community"
    ).matches[0]
    assert (found.has, found.lacks, found.unknown) == (("evening",), ("creche",), ("weekend",))
    assert found.against == ("own_community",)


def test_what_she_avoids_is_not_told_as_a_step():
    found = search(service("s", {"worker.own_community": "always"}), avoid="own_community")
    assert (ids(found), found.relaxed) == (["s"], ())


def test_openness_is_that_of_the_hours():
    hours = opens("Mo-Fr 09:00-17:00")
    found = search(service("s", hours=hours)).matches[0]
    assert found.openness == openness(hours, MONDAY)


def test_what_is_open_now_comes_first_then_what_may_be():
    closed, may_be = service("a", hours=opens("Tu 09:00-10:00")), service("b")
    found = search(closed, may_be, service("c", hours=opens("Mo 09:00-17:00")))
    assert ids(found) == ["c", "b", "a"]


def test_the_nearer_service_comes_first_and_the_band_of_its_nearest_place_is_told():
    two_places = service("two", places=(*at("A9 1AA"), *at("A1 1AA")))
    found = search(service("one", places=at("A2 1AA")), two_places, outcode="A1")
    assert [(each.service.id, each.band) for each in found.matches] == [
        ("two", "near"),
        ("one", "close"),
    ]


def test_without_an_outcode_or_a_place_no_distance_is_told():
    assert search(service("s", places=at("A1 1AA"))).matches[0].band is None
    assert search(service("s"), outcode="A1").matches[0].band is None
    assert search(service("s", places=at("Q1 1AA")), outcode="A1").matches[0].band is None


def test_no_service_is_first_every_day_and_each_is_first_in_turn():
    made = index(*(service(name) for name in ("one", "two", "three")))
    first = [
        match(needs(), made, MONDAY + timedelta(days=day)).matches[0].service.id
        for day in range(60)
    ]
    assert all(first.count(name) >= 10 for name in ("one", "two", "three"))


def test_an_entry_not_checked_for_a_year_is_marked():
    found = search(service("old", verified=LONG_AGO), service("new", kinds=("treatment",)))
    assert [(each.service.id, each.stale) for each in found.matches] == [
        ("new", False),
        ("old", True),
    ]


def test_an_old_entry_is_hidden_where_a_fresher_one_covers_its_council_and_kind():
    found = search(service("old", verified=LONG_AGO), service("new"))
    assert ids(found) == ["new"]


def test_her_language_is_looked_for():
    found = search(
        service("a"),
        service("b", {"languages.spoken": "ur"}),
        prefer="my_language",
        language="ur",
    )
    assert ids(found) == ["b", "a"]


# ---- national lines, the line for danger, honesty


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


@pytest.mark.parametrize(
    "where",
    [
        {"council": "nowhere"},
        {"council": None, "outcode": "Z1"},
        {"council": None, "outcode": "Q1"},
    ],
)
def test_outside_all_councils_is_said_and_there_are_national_lines(where):
    found = search(service("s", {"ways.video": "yes"}), **where)
    assert (found.outside, found.no_treatment, ids(found)) == (True, False, [])
    assert len(found.national) == 2


def test_without_a_place_there_are_national_lines_and_no_claim():
    found = search(service("s"), council=None)
    assert (found.outside, found.no_treatment, ids(found)) == (False, False, [])


def test_an_outcode_stands_for_its_council():
    assert ids(search(service("s"), council=None, outcode="A1")) == ["s"]


def test_an_outcode_of_two_councils_stands_for_both():
    found = search(service("s"), service("t", councils=("b",)), council=None, outcode="AB1")
    assert {(each.service.id, each.tier) for each in found.matches} == {
        ("s", Tier.LOCAL),
        ("t", Tier.LOCAL),
    }


# ---- pages


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


# ---- someone she must not meet


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


# ---- for any directory and any question

# Without a deadline: how fast it is belongs to the benchmarks.
ANY = settings(max_examples=40, deadline=None)
NEEDS = sorted(VOCABULARY.needs)
FACTS = {
    clause.fact: sorted(
        {
            value
            for need in VOCABULARY.needs.values()
            for each in (*need.met_by, *need.ruled_out_by)
            if each.fact == clause.fact
            for value in each.values - {"her_language"}
        }
        | ({"ur", "pl"} if clause.fact.startswith("languages.") else set())
    )
    for need in VOCABULARY.needs.values()
    for clause in (*need.met_by, *need.ruled_out_by)
    if clause.fact != "kind"
}
KINDS = ("treatment", "support", "housing", "domestic_abuse", "sex_work", "womens_centre")


@st.composite
def stated(draw):
    facts = draw(st.lists(st.sampled_from(sorted(FACTS)), unique=True, max_size=8))
    return {fact: draw(st.sampled_from(FACTS[fact])) for fact in facts}


@st.composite
def entries(draw):
    made = []
    for number in range(draw(st.integers(0, 9))):
        postcode = draw(st.sampled_from([None, "A1 1AA", "A2 1AA", "A9 1AA", "AB1 1AA"]))
        entry = service(
            f"s{number}",
            draw(stated()),
            kinds=(draw(st.sampled_from(KINDS)),),
            councils=tuple(draw(st.sets(st.sampled_from("abcd"), min_size=1, max_size=2))),
            must_live_there=draw(st.booleans()),
            status=draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, *Status])),
            verified=Verified(draw(st.sampled_from([None, "2024", "2026-11"])), "editor", "visit"),
            hours=opens(*draw(st.sampled_from([("Mo 09:00-12:00",), ("Tu 09:00-12:00",)]))),
            places=at(postcode, draw(st.sampled_from([None, "1 High Street"])))
            if postcode
            else (),
            age_from=draw(st.sampled_from([None, None, 18])),
            age_to=draw(st.sampled_from([None, None, 17])),
            checks=draw(st.sampled_from([(), (), NOBODY, (AGAIN,)])),
        )
        made.append(entry)
    return (*made, ALARM, *LINES)


WORDS = st.sets(st.sampled_from(NEEDS), max_size=5).map(frozenset)


@st.composite
def questions(draw):
    return Needs(
        must=draw(WORDS),
        prefer=draw(WORDS),
        avoid=draw(st.sets(st.sampled_from(NEEDS), max_size=1).map(frozenset)),
        tags=draw(st.sets(st.sampled_from(sorted(VOCABULARY.tags))).map(frozenset)),
        council=draw(st.sampled_from([*"aabcd"])),
        outcode=draw(st.sampled_from([None, "A1", "A9", "AB1"])),
        hidden=draw(
            st.sets(st.sampled_from([f"s{n}" for n in range(9)]), max_size=2).map(frozenset)
        ),
        language=draw(st.sampled_from([None, "ur", "ro"])),
    )


def found_in(services, asked, **more):
    return match(asked, build(services, VOCABULARY, PLACES, TODAY), MONDAY, **more)


def shown(found):
    return [*found.matches, *found.national, *([found.crisis] if found.crisis else [])]


@ANY
@given(entries(), questions())
def test_she_never_finds_nothing(services, asked):
    found = found_in(services, asked)
    assert len(found.national) >= 2
    assert any("helpline" in each.service.kinds for each in found.national)


@ANY
@given(entries(), questions())
def test_nothing_is_shown_that_is_not_active_nor_twice(services, asked):
    found = [each.service for each in shown(found_in(services, asked))]
    assert all(each.status is Status.ACTIVE for each in found)
    assert len({each.id for each in found}) == len(found)


@ANY
@given(entries(), questions())
def test_hiding_is_the_same_as_a_directory_without_these_services(services, asked):
    beside = companions(services)
    hidden = asked.hidden.union(*(beside.get(id, ()) for id in asked.hidden))
    without = [each for each in services if each.id not in hidden]
    assert found_in(services, asked) == found_in(without, replace(asked, hidden=frozenset()))


@ANY
@given(entries(), questions())
def test_the_order_of_the_files_changes_nothing(services, asked):
    assert found_in(services, asked) == found_in(services[::-1], asked)


@ANY
@given(entries(), questions(), st.sampled_from(["nonsense", "another"]))
def test_a_need_that_was_skipped_changes_nothing(services, asked, word):
    with_word = replace(asked, must=asked.must | {word}, prefer=asked.prefer | {word})
    assert found_in(services, asked) == found_in(services, with_word)


@ANY
@given(entries(), questions(), st.data())
def test_facts_that_nobody_asked_for_change_no_order(services, asked, data):
    fact = data.draw(st.sampled_from(["times.evening", "children.welcome", "place.step_free"]))
    quiet = replace(
        asked,
        must=asked.must - {"evening", "children_welcome", "creche", "step_free"},
        prefer=asked.prefer - {"evening", "children_welcome", "step_free"},
        avoid=frozenset(),
    )
    plain = [replace(each, facts=without(each, fact)) for each in services]
    assert ids(found_in(services, quiet)) == ids(found_in(plain, quiet))


def without(entry, fact):
    return {name: values for name, values in entry.facts.items() if name != fact}


@ANY
@given(entries(), questions(), st.data())
def test_stating_one_more_yes_never_ranks_a_service_of_hers_lower(services, asked, data):
    wanted = sorted((asked.must | asked.prefer) - asked.avoid)
    hers = [each for each in services if asked.council in each.councils]
    if not wanted or not hers:
        return
    asked = replace(asked, avoid=frozenset())
    entry, need = data.draw(st.sampled_from(hers)), data.draw(st.sampled_from(wanted))
    clause = next((each for each in VOCABULARY.needs[need].met_by if each.fact != "kind"), None)
    if clause is None or entry.facts.get(clause.fact):
        return
    value = "ur" if "her_language" in clause.values else min(clause.values)
    richer = replace(entry, facts={**entry.facts, clause.fact: frozenset({value})})
    more = [richer if each is entry else each for each in services]
    before = ids(found_in(services, asked, limit=20))
    after = ids(found_in(more, asked, limit=20))
    if entry.id in before:
        assert after.index(entry.id) <= before.index(entry.id)


@ANY
@given(entries(), questions())
def test_no_safety_need_is_ever_broken(services, asked):
    firm = {id for id, need in VOCABULARY.needs.items() if need.standing is Standing.SAFETY}
    firm |= {"women_only_building"} if "unsafe_place" in asked.tags else set()
    found = found_in(services, asked, limit=20)
    assert not any(set(each.lacks) & firm & asked.must for each in found.matches)
    assert not any(step.need in firm for step in found.relaxed)


@ANY
@given(entries(), questions())
def test_every_need_stands_in_one_list_and_in_the_order_of_the_vocabulary(services, asked):
    order = list(VOCABULARY.needs)
    for each in shown(found_in(services, asked)):
        lists = [each.has, each.lacks, each.unknown]
        told = [need for found in lists for need in found]
        assert len(told) == len(set(told))
        assert asked.must | asked.prefer <= set(told)
        assert all(list(found) == sorted(found, key=order.index) for found in lists)


@settings(ANY, max_examples=150)
@given(entries(), questions(), st.integers(1, 6))
def test_a_plain_loop_over_sets_finds_the_same(services, asked, limit):
    plain = prepare(services, VOCABULARY, PLACES, TODAY)
    found = found_in(services, asked, limit=limit)
    assert ids(found) == plain_match(asked, plain, MONDAY, limit)


@ANY
@given(entries(), questions(), st.integers(1, 3))
def test_pages_put_together_are_one_long_list_without_gap(services, asked, limit):
    pages = [
        ids(found_in(services, asked, limit=limit, skip=skip)) for skip in range(0, 12, limit)
    ]
    together = [id for page in pages for id in page]
    assert len(together) == len(set(together))
    assert set(together) == set(ids(found_in(services, asked, limit=20)))


def test_what_else_she_named_gets_the_last_of_the_first_places():
    drink = [service(f"drink{n}", {"helps_with": "alcohol"}) for n in range(4)]
    other = service("other", {"who": "sex_workers"}, kinds=("sex_work",))
    found = search(*drink, other, must="alcohol", prefer="sex_work")
    assert ids(found)[2] == "other"
    assert "other" not in ids(search(*drink, other, must="alcohol"))


def test_pages_show_every_service_once_also_then():
    drink = [service(f"drink{n}", {"helps_with": "alcohol"}) for n in range(4)]
    other = service("other", {"who": "sex_workers"}, kinds=("sex_work",))
    pages = [search(*drink, other, must="alcohol", prefer="sex_work", skip=n) for n in (0, 3)]
    shown = [id for page in pages for id in ids(page)]
    assert sorted(shown) == ["drink0", "drink1", "drink2", "drink3", "other"]
