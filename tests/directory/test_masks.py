from bot.directory.masks import legend
from bot.directory.traits import Trait
from tests.directory.searching import VOCABULARY, service, vocabulary


def states(need, facts=None, language=None, words=VOCABULARY, **more):
    """yes, no, or None for a service with these facts."""
    speaking = service("s", facts, **more)
    layout = legend(words, [speaking])
    mask, term = layout.mask(speaking, 0), layout.terms(language)[need]
    assert not mask & term.states_yes or not mask & term.states_no
    return True if mask & term.states_yes else False if mask & term.states_no else None


def test_any_clause_is_enough_for_a_yes():
    assert states("phone_or_video", {"ways.phone": "yes"})
    assert states("phone_or_video", {"ways.phone": "no", "ways.video": "yes"})


def test_a_no_needs_every_clause_that_rules_out():
    assert states("phone_or_video", {"ways.phone": "no"}) is None
    assert states("phone_or_video", {"ways.phone": "no", "ways.video": "no"}) is False


def test_one_clause_that_rules_out_is_a_no():
    assert states("creche", {"children.creche": "no"}) is False


def test_what_is_not_stated_is_not_known():
    assert states("creche") is None
    assert states("creche", {"children.welcome": "any"}) is None


def test_a_yes_counts_more_than_a_no_at_another_place():
    assert states("step_free", {"place.step_free": "yes no"})


def test_the_kind_is_a_fact():
    assert states("alcohol", kinds=("treatment",))


def test_a_need_that_nothing_rules_out_is_never_a_no():
    words = vocabulary(
        "schema: 1\nneeds: {a: {tag: A, ask: A?, met_by: {who: women}, ruled_out_by: {}}}"
    )
    assert states("a", {"who": "no"}, words=words) is None


def test_a_service_for_grown_women_is_not_for_children():
    assert states("young_person", age_from=18) is False
    assert states("young_person", {"young_people": "yes"}, age_from=18)
    assert states("young_person", age_from=16) is None


def test_her_language_is_the_one_she_chats_in():
    spoken = {"languages.spoken": "ur pl"}
    assert states("my_language", spoken, "ur")
    assert states("my_language", spoken, "ro") is None
    assert states("my_language", spoken) is None


def test_an_interpreter_for_any_language_is_one_for_hers():
    by_phone = {"languages.interpreter": "any_by_phone"}
    assert all(states("my_language", by_phone, language) for language in ("ur", "ro", None))


def test_a_service_that_speaks_hers_has_it_though_it_is_not_multilingual():
    stated = {"languages.spoken": "ur", "languages.multilingual": "no"}
    assert states("my_language", stated, "ur")
    assert states("my_language", stated, "pl") is False


def test_terms_sort_in_the_order_of_the_vocabulary_in_every_language():
    layout = legend(VOCABULARY, [service("s", {"languages.spoken": "ur"})])
    for language in ("ur", "ro", None):
        assert [term.id for term in sorted(layout.terms(language).values())] == list(
            VOCABULARY.needs
        )


def test_traits_stand_above_the_needs():
    layout = legend(VOCABULARY, [])
    mask = layout.mask(service("s"), 1 << Trait.HUB)
    assert mask >> layout.trait(Trait.HUB) & 1
    assert mask.bit_length() <= layout.width


def test_a_woman_is_turned_away_where_she_is_not_taken_or_not_accepted():
    assert legend(VOCABULARY, []).turning_away == {"pregnancy", "using_now", "young_person"}


def test_some_needs_say_that_she_belongs_to_a_group():
    assert legend(VOCABULARY, []).belonging == {"by_and_for", "sex_work"}


def test_a_service_that_would_turn_somebody_away_is_barred():
    layout = legend(VOCABULARY, [])
    open_to_all = layout.mask(service("s", {"children.creche": "no"}), 1 << Trait.LINE)
    assert not open_to_all & layout.barred
    assert layout.mask(service("s", {"not_for": "pregnant"}), 0) & layout.barred
    assert layout.mask(service("s"), 1 << Trait.GROUP) & layout.barred
