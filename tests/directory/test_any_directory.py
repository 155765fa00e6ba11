"""What she finds in any directory and for any question: what always holds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.plain_matching import plain_match, prepare
from bot.directory.companions import companions
from bot.directory.index import build
from bot.directory.matching import match
from bot.directory.model import Check, Status, Verified
from bot.needs import Needs, Standing
from tests.directory.searching import (
    ALARM,
    LINES,
    MONDAY,
    PLACES,
    TODAY,
    VOCABULARY,
    at,
    ids,
    opens,
    service,
)

NOBODY = tuple(
    Check(on, "editor", "test_call", answered="no") for on in ("2026-11-01", "2026-11-02")
)
AGAIN = Check("2026-11-20", "service", "phone")
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
