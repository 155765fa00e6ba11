from bot.directory.asking import resolve, stages
from bot.directory.masks import legend
from bot.directory.traits import Trait
from tests.directory.searching import VOCABULARY, needs, service, vocabulary

LEGEND = legend(VOCABULARY, [service("s", {"languages.spoken": "ur"})])
TERMS = LEGEND.plain


def asked(**more):
    return resolve(needs(**more), LEGEND)


def standing(**more):
    """Stage by stage: the needs that still keep a service out."""
    by_bit = {term.no: id for id, term in TERMS.items()} | {
        term.yes: f"not {id}" for id, term in TERMS.items()
    }
    return [[by_bit[bit] for bit in stage] for stage in stages(asked(**more).demands)]


def wishes(**more):
    by_bit = {term.yes: id for id, term in TERMS.items()}
    return {by_bit[bit]: weight for bit, weight in asked(**more).wishes}


def test_needs_are_explained_in_the_order_of_the_vocabulary():
    found = asked(must="weekend alcohol", prefer="creche")
    assert [term.id for term in found.terms] == ["alcohol", "creche", "weekend"]
    assert [demand.term.id for demand in found.demands] == ["alcohol", "weekend"]


def test_words_that_the_vocabulary_does_not_know_are_passed_over():
    found = asked(must="nonsense", prefer="rubbish", avoid="trash")
    assert (found.demands, found.terms, found.avoided) == ((), (), ())


def test_a_must_that_is_also_preferred_is_a_must():
    assert wishes(must="alcohol", prefer="alcohol") == {}


def test_wishes_weigh_what_the_vocabulary_says():
    assert wishes(prefer="alcohol creche weekend") == {"alcohol": 3, "creche": 2, "weekend": 1}


def test_without_a_kind_of_help_she_is_taken_to_look_for_the_usual():
    assert wishes(prefer="weekend") == {"weekend": 1, "alcohol": 1, "drugs": 1}
    assert "alcohol" not in wishes(prefer="housing")


def test_a_watched_phone_is_a_wish_not_to_speak():
    assert wishes(prefer="housing", tags="discreet") == {"housing": 1, "no_voice": 1}
    assert asked(tags="discreet").ways == (TERMS["no_voice"].yes,)


def test_what_she_asks_for_is_not_implied_again():
    assert wishes(prefer="no_voice housing", tags="discreet")["no_voice"] == 3


def test_ways_of_being_helped_without_going_there():
    assert set(asked(must="home_visit", prefer="phone_or_video evening").ways) == {
        TERMS["home_visit"].yes,
        TERMS["phone_or_video"].yes,
    }


def test_what_would_turn_her_away_is_closed_to_her_whether_must_or_wish():
    adult = LEGEND.trait(Trait.CHILDREN_ONLY)
    assert set(asked(prefer="pregnancy").closed) == {TERMS["pregnancy"].no, adult}
    assert set(asked(must="using_now").closed) == {TERMS["using_now"].no, adult}
    assert asked(prefer="creche").closed == (adult,)


def test_services_for_children_are_closed_unless_she_is_young():
    assert asked(prefer="young_person").closed == (TERMS["young_person"].no,)


def test_help_beside_treatment_puts_hubs_first():
    assert asked(prefer="housing").hub_first
    assert not asked(prefer="creche").hub_first


def test_musts_give_way_rung_by_rung():
    assert standing(must="evening drugs own_community woman_worker") == [
        ["drugs", "woman_worker", "own_community", "evening"],
        ["drugs", "woman_worker", "own_community"],
        ["drugs", "woman_worker"],
        ["woman_worker"],
        [],
    ]


def test_a_weaker_need_takes_the_place_of_one_that_gives_way():
    assert standing(must="creche") == [["creche"], ["children_welcome"]]


def test_a_weaker_need_whose_own_rung_is_past_stays():
    assert standing(must="discreet evening") == [
        ["evening", "discreet"],
        ["discreet"],
        ["phone_or_video"],
    ]


def test_a_weaker_need_on_a_later_rung_gives_way_in_its_turn():
    words = vocabulary(
        "schema: 1\nneeds:\n"
        "  a: {tag: A, ask: A?, met_by: {who: women}, rung: time, relaxes_to: b}\n"
        "  b: {tag: B, ask: B?, met_by: {who: lgbt}, rung: kind}\n"
    )
    found = resolve(needs(must="a"), legend(words, [])).demands
    assert [len(stage) for stage in stages(found)] == [1, 1, 0]


def test_a_weaker_safety_need_stays():
    words = vocabulary(
        "schema: 1\nneeds:\n"
        "  a: {tag: A, ask: A?, met_by: {who: women}, rung: time, relaxes_to: b}\n"
        "  b: {tag: B, ask: B?, met_by: {who: lgbt}, standing: safety}\n"
    )
    found = resolve(needs(must="a"), legend(words, [])).demands
    assert [len(stage) for stage in stages(found)] == [1, 1]


def test_a_safety_need_never_gives_way():
    assert standing(must="step_free evening") == [["evening", "step_free"], ["step_free"]]


def test_what_she_avoids_gives_way_on_the_rung_of_its_need():
    assert standing(avoid="own_community", must="drugs") == [
        ["drugs", "not own_community"],
        ["drugs"],
        [],
    ]


def test_where_she_may_meet_somebody_men_at_the_same_time_are_never_put_up_with():
    assert standing(tags="unsafe_place") == [["women_only_building"]]
    assert standing(tags="unsafe_place", prefer="women_only_building") == [["women_only_building"]]
    assert standing(must="women_only_building") == [["women_only_building"], []]


def test_her_language_stands_for_the_one_she_chats_in():
    spoken = resolve(needs(must="my_language", language="ur"), LEGEND).demands[0].term
    assert spoken == LEGEND.terms("ur")["my_language"]
    assert spoken != TERMS["my_language"]
