"""From hello to services: after three answers, wherever she looks, and never with nothing."""

from bot.conversation.messages import Listing, Paragraph
from tests.conversation.card_blocks import alerts, names, results


def test_three_answers_after_the_language_lead_to_services(talk):
    card = talk.type("1", "Birmingham", "1")
    assert card.step == "triage.first"
    # With what was a sensitive question: that it fits is said, and not what.
    assert results(card)[0].fits == Listing("Fits what you asked", ())


def test_every_result_says_when_it_was_checked_and_how_to_get_in_touch(talk):
    for result in results(talk.type("yes", "Walsall", "drugs")):
        assert any("Not yet confirmed by phone." in line for line in result.lines)
        assert result.ways


def test_what_is_not_known_comes_with_the_sentence_to_ask(talk):
    card = talk.type("1", "Birmingham", "1", "1", "1", *["next"] * 7)
    assert card.step == "triage.better"
    first = results(card)[0]
    assert first.asks.heading == "Not known. You can ask:"
    assert "Can I see a woman worker?" in [question.words for question in first.asks.questions]


def test_an_outward_code_of_one_council_needs_no_further_question(talk):
    assert talk.type("1", "B29 7XX").step == "about.what"


def test_an_outward_code_of_several_councils_asks_which_with_few_buttons(talk):
    card = talk.type("1", "b43")
    assert card.step == "triage.council"
    assert {option.id for option in card.options} == {"sandwell", "walsall", "birmingham"}


def test_also_there_the_first_result_comes_after_three_answers(talk):
    assert talk.type("1", "B43", "Walsall").step == "triage.first"


def test_what_the_help_is_for_is_then_asked_first_in_stage_two(talk):
    assert talk.type("1", "B43", "Walsall", "1").step == "about.what"


def test_a_town_stands_for_its_council(talk):
    card = talk.type("1", "Hereford", "alcohol")
    assert any("Herefordshire" in result.name for result in results(card))


def test_where_no_treatment_is_known_it_is_said_plainly(talk):
    card = talk.type("1", "Hereford", "alcohol")
    notes = [block.text for block in card.blocks if isinstance(block, Paragraph)]
    assert any("no drug and alcohol service in Herefordshire" in note for note in notes)


def test_outside_the_area_the_national_lines_stand(talk):
    card = talk.type("1", "LE1", "1")
    assert card.step == "triage.lines"
    assert results(card)


def test_nobody_who_skips_everything_ends_with_nothing(talk):
    card = talk.type("next", "next", "next")
    assert results(card)


def test_danger_brings_urgent_help_first_and_then_the_questions(talk):
    assert talk.type("3").step == "urgent.now"
    assert talk.type("5").step == "triage.area"
    card = talk.type("Birmingham", "1")
    assert any("day and night" in alert for alert in alerts(card))
    assert "Domestic Abuse" in results(card)[0].name


def test_stage_two_has_at_most_eight_questions(talk):
    talk.type("1", "Birmingham", "1", "1")
    steps = []
    for _ in range(12):
        steps.append(talk.card.step)
        talk.type("next")
    assert steps.index("triage.better") == 8


def test_she_can_look_in_another_place(talk):
    talk.type("1", "Birmingham", "1", "Look in another place")
    assert talk.card.step == "triage.area"
    assert any("Beacon" in name for name in names(talk.type("Walsall", "1")))


def test_who_has_not_said_where_is_asked_and_not_told_that_nothing_is_near(talk):
    talk.type("next", "next", "next")
    assert "I do not know where to look." in talk.text
    assert "near you that I can show you yet" not in talk.text
