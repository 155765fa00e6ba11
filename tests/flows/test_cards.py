"""Cards: which texts stand together, found without running anything."""

from bot.flows.cards import MOST_CARDS, MOST_RUN_ON, Walker
from bot.flows.graph import asked_again, reads_after
from bot.flows.loader import load_flows
from bot.simulator import Ahead, walk
from tests.flows.examples import document
from tests.flows.talks import ASK, talk
from tests.test_simulator import SAMPLES, SOURCE_READS


def shown(flows, source="", way=None):
    """The cards after a question as lists of names; the last is the question, or `end`, `back`."""
    found = [
        [one.name.removeprefix("welcome.") for one in card.said]
        + [card.asked.name.removeprefix("welcome.") if card.asked else _over(card)]
        for card in Walker(flows).all()
        if (card.source.name.removeprefix("welcome.") if card.source else "") == source
        and way in {None, card.way}
    ]
    return sorted(found)


def _over(card):
    return "end" if card.ends else "back"


def test_a_talk_begins_with_its_first_card():
    assert shown(talk(f"one: {ASK}"), way="start") == [["hello", "one"]]


def test_every_way_out_of_a_question_has_its_cards():
    flows = talk(f"one: {ASK}\ntwo: {{say: Two.}}\nthree: {ASK}")
    ways = [(card.way, len(card.said)) for card in Walker(flows).all() if card.source]
    assert ways[:3] == [("a", 1), ("b", 1), ("skip", 1)]


def test_conditions_that_exclude_each_other_never_meet():
    flows = talk(
        f"""
        one: {ASK}
        two: {{say: Two., only_if: one == a}}
        three: {{say: Three., only_if: one != a}}
        four: {{say: Four., only_if: one is unknown}}
        five: {ASK}
        """
    )
    assert shown(flows, "one", "a") == [["two", "five"]]
    assert shown(flows, "one", "b") == [["three", "five"]]
    assert shown(flows, "one", "skip") == [["four", "five"]]


def test_what_is_not_known_may_be_either():
    flows = talk(
        f"""
        one: {ASK}
        two: {ASK}
        three: {{say: Three., only_if: one == a}}
        four: {{say: Four., only_if: one == b}}
        five: {ASK}
        """
    )
    assert shown(flows, "two", "a") == [["five"], ["four", "five"], ["three", "five"]]


def test_several_answers_may_stand_together():
    many = "{ask: Now?, many: {min: 1}, choices: {a: {label: A, must: [creche]}, b: B}}"
    flows = talk(f"one: {many}\ntwo: {{say: Two., only_if: one has b}}\nthree: {ASK}")
    assert shown(flows, "one", "a") == [["three"], ["two", "three"]]
    assert shown(flows, "one", "skip") == [["three"]]


def test_a_call_and_its_return_stand_on_one_card():
    flows = talk(
        f"one: {ASK}\ntwo: {{call: said}}\nthree: {ASK}",
        "flow: said\nsteps: {here: {say: Here.}, back: {return: true}}",
    )
    assert shown(flows, "one", "a") == [["said.here", "three"]]


def test_a_question_in_a_called_flow_goes_on_behind_every_caller():
    flows = talk(
        f"one: {{call: asked}}\ntwo: {ASK}\nthree: {{call: asked}}\nfour: {ASK}",
        f"flow: asked\nsteps: {{here: {ASK}, back: {{return: true}}}}",
    )
    assert shown(flows, "asked.here", "a") == [["four"], ["two"]]


def test_an_interrupt_goes_back():
    flows = talk(f"one: {ASK}")
    assert shown(flows, "urgent.now", "on") == [["back"]]
    assert shown(flows, way="urgent") == [["urgent.now"]]


def test_a_flow_may_be_called_and_interrupt_too():
    flows = talk(f"one: {{call: urgent}}\ntwo: {{say: Two.}}\nthree: {ASK}")
    assert shown(flows, "urgent.now", "on") == [["back"], ["two", "three"]]


def test_without_a_first_flow_only_questions_have_cards():
    flows, _ = load_flows(
        [document(f"flow: a\nsteps: {{b: {ASK}, c: {{say: C.}}, d: {ASK}, e: {{return: true}}}}")]
    )
    assert [[one.name for one in card.steps] for card in Walker(flows).all()] == [
        ["a.c", "a.d"],
        ["a.c", "a.d"],
        ["a.c", "a.d"],
    ]


def test_the_last_words_are_a_card_of_their_own():
    assert shown(talk(f"one: {ASK}"), "one", "a") == [["goodbye", "end"]]


def test_where_nothing_is_near_there_is_a_card():
    flows = talk(
        """
        list: {results: services, empty: sorry, choices: {on: Go on}}
        sorry: {say: Nothing near.}
        lines: {results: helplines, choices: {on: Go on}}
        """
    )
    assert shown(flows, "list", "empty") == [["sorry", "lines"]]


def test_a_source_with_one_choice_may_be_passed_over():
    flows = talk(f"one: {{ask: Where?, choices_from: councils}}\ntwo: {ASK}")
    assert shown(flows, way="start") == [["hello", "one"], ["hello", "two"]]
    assert shown(flows, "one", "answer") == [["two"]]


def test_an_unknown_step_or_flow_leads_to_no_card():
    flows = talk("one: {ask: One?, choices: {a: {label: A, next: nowhere}, b: B}}")
    assert shown(flows, "one", "a") == []
    assert shown(talk(f"one: {{call: nowhere}}\ntwo: {ASK}"), way="start") == []


def test_a_round_without_a_question_ends():
    flows = talk("one: {say: One.}\ntwo: {next: one}")
    assert [len(card) < MOST_RUN_ON for card in shown(flows, way="start")] == [True]


def test_many_steps_in_a_row_are_no_trouble():
    row = "\n".join(f"s{n}: {{say: Hm.}}" for n in range(MOST_RUN_ON * 20))
    (card,) = shown(talk(f"{row}\nlast: {ASK}"), way="start")
    assert len(card) == MOST_RUN_ON + 2  # as far as the engine would come, and a little further


def test_many_conditions_in_a_row_are_no_trouble():
    asks = "\n".join(f"q{n}: {ASK}" for n in range(12))
    row = "\n".join(f"s{n}: {{say: Hm., only_if: q{n} == a}}" for n in range(12))
    flows = talk(f"{asks}\n{row}\nlast: {ASK}")
    found = shown(flows, "q11", "a")
    assert len(found) <= MOST_CARDS
    assert max(map(len, found)) == 12 + 1  # the longest is among them


# ---- the engine is the judge


def test_the_engine_draws_no_card_that_is_not_found_here(world, data):
    """What the engine says on its way to a question is among the cards, on every shipped way."""
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    found = {
        (tuple(one.name for one in card.said), card.asked.name if card.asked else None)
        for card in Walker(data.flows).all()
    }
    asked = {name for _, name in found}
    drawn = set()
    for stride in walk(world.material.plan, ahead, SAMPLES):
        session = stride.after.session
        if session is not None and not stride.after.repeated:
            assert session.at in asked
            if session.said:
                drawn.add((session.said, session.at))
    assert drawn - found == set()
    assert len(drawn) > 5
