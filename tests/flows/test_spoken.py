"""Spoken: cards by the way that leads to them, and findings where the words stand."""

from bot.flows.spoken import called_by, finding, hear
from bot.flows.ways import all_edges
from bot.locales.tongues import Tongue, Translated
from bot.locales.voice import TYPED
from bot.problems import Mark
from tests.flows.talks import ASK, heard, talk
from tests.locales.polish import ENGLISH, WORDS


def test_cards_are_found_by_question_and_answer():
    spoken = heard(talk(f"one: {ASK}\ntwo: {{say: Two.}}\nthree: {ASK}"))
    flow = spoken.flows.by_id["welcome"]
    for way in ("a", "b", "skip"):
        (card,) = spoken.after(flow, flow.step("one"), way)
        assert [one.name for one in card.steps] == ["welcome.two", "welcome.three"]
    assert spoken.after(flow, flow.step("one"), "none") == ()
    assert spoken.after(flow, flow.step("two"), "a") == ()


def test_english_is_the_language_of_the_files():
    flows = talk(f"one: {ASK}")
    polish = Tongue("pl", WORDS["pl"], "locales/pl.po")
    assert hear(flows, (ENGLISH, polish), ()).english is WORDS["en"]


def test_edges_are_found_once_and_handed_on():
    flows = talk(f"one: {ASK}")
    assert heard(flows).edges == tuple(all_edges(flows))


def test_the_walker_that_made_the_cards_is_handed_on():
    flows = talk(f"one: {ASK}\ntwo: {{say: Two., only_if: one == a}}\nthree: {ASK}")
    spoken = heard(flows)
    worked_out = len(spoken.walker.known)
    assert worked_out
    assert tuple(spoken.walker.all()) == spoken.cards
    assert len(spoken.walker.known) == worked_out


def test_every_step_and_choice_is_seen():
    spoken = heard(talk(f"one: {ASK}"))
    assert [step.id for _, step in spoken.steps()] == [
        *("hello", "one", "goodbye", "bye"),
        *("now", "on"),
    ]
    assert [choice.id for _, _, choice in spoken.choices()] == ["a", "b", "on"]


def test_a_finding_stands_where_the_words_do():
    flow = talk(f"one: {ASK}").by_id["welcome"]
    text = flow.steps[1].text
    said = {("", text.text): Translated(("Co?",), 7), (TYPED, text.text): Translated(("co",), 9)}
    polish = Tongue("pl", WORDS["pl"], "locales/pl.po", said)
    here = finding(ENGLISH, flow, text, "x")
    assert (here.path, here.mark) == (flow.path, text.mark)
    there = finding(polish, flow, text, "x")
    assert (there.path, there.mark) == ("locales/pl.po", Mark(7))
    assert finding(polish, flow, text, "x", typed=True).mark == Mark(9)


def test_a_word_for_everywhere_calls_its_flow():
    flows = talk(f"one: {ASK}")
    assert called_by(flows, "urgent") == {"urgent"}
    assert called_by(flows, "leave") == called_by(flows, "none") == frozenset()
