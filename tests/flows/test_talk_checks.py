"""Checks of the whole talk: what brings a finding, and what is all right."""

import pytest

from bot.locales.tongues import Tongue, Translated
from tests.flows.talks import ASK, rules, talk
from tests.locales.polish import WORDS

LINES = "lines: {results: helplines, choices: {on: Go on}}"
LIST = f"list: {{results: services, empty: lines, choices: {{on: Go on}}}}\n{LINES}"


def asks(count):
    return "\n".join(f"q{n}: {ASK}" for n in range(count))


@pytest.mark.parametrize(("count", "broken"), [(3, []), (4, ["late-result"])])
def test_the_first_services_come_after_three_answers(count, broken):
    assert rules(talk(f"{asks(count)}\n{LIST}")) == broken


def test_a_talk_without_services_has_no_first_ones():
    assert rules(talk(asks(6))) == []


@pytest.mark.parametrize(("count", "broken"), [(8, []), (9, ["many-questions"])])
def test_eight_questions_lie_between_two_lists(count, broken):
    first = "first: {results: services, empty: lines, choices: {more: More}}"
    assert rules(talk(f"{first}\n{asks(count)}\n{LIST}")) == broken


@pytest.mark.parametrize(
    ("empty", "broken"),
    [
        ("empty: lines, ", []),
        ("empty: said, ", []),
        ("empty: asked, ", ["nothing-when-empty"]),
        ("", ["nothing-when-empty"]),
    ],
)
def test_where_nothing_is_near_there_is_somebody_to_ring(empty, broken):
    steps = f"""
        list: {{results: services, {empty}choices: {{on: Go on}}}}
        asked: {ASK}
        {LINES}
        said: {{say: You can ring., contacts: [a-line]}}
        more: {ASK}
        """
    assert rules(talk(steps)) == broken


@pytest.mark.parametrize(
    ("say", "polish", "broken"),
    [
        ("You have not answered everything yet.", "Nie na wszystko.", []),
        ("You have not answered everything yet.", "", []),
        ("You have not answered everything yet.", "Te pasują.", ["quick-route"]),
        ("These places may suit you.", "Nie na wszystko.", ["quick-route"]),
    ],
)
def test_the_short_way_says_what_it_leaves_out(say, polish, broken):
    flow = f"""
        flow: now
        steps:
          list: {{results: services, say: {say}, empty: lines, choices: {{on: Go on}}}}
          {LINES}
          on: {{return: true}}
        """
    everywhere = "  services: {label: Show me, words: show, call: now}"
    said = {("", say): Translated((polish,), 7)} if polish else {}
    tongue = Tongue("pl", WORDS["pl"], "locales/pl.po", said)
    assert rules(talk(f"one: {ASK}", flow, everywhere=everywhere), tongue) == broken
    # The same list is complete where it is not the short way.
    assert rules(talk(f"one: {ASK}\ntwo: {{call: now}}", flow)) == []


# ---- privacy

LIMITS = """
flow: privacy
steps:
  limits: {say: We keep little. Services must share some things.}
  more: {ask: It is private. Go on?, choices: {a: {label: A, must: [pram]}, b: B}}
  on: {return: true}
"""


@pytest.mark.parametrize(
    ("steps", "broken"),
    [
        ("one: {say: This is private.}", ["privacy-without-limits"]),
        ("one: {say: This is private.}\nlimits: {call: privacy}", []),
        ("one: {say: This is a talk.}", []),
    ],
)
def test_a_word_about_privacy_stands_beside_its_limits(steps, broken):
    flows = talk(f"first: {ASK}\n{steps}\nlast: {ASK}", LIMITS)
    assert rules(flows) == broken


def test_a_label_about_privacy_leads_to_its_limits():
    ask = "{ask: Now?, choices: {a: {label: Privacy, next: said}, b: {label: B, must: [pram]}}}"
    steps = f"one: {ask}\nover: {{next: goodbye}}\nsaid: {{call: privacy, next: one}}"
    assert rules(talk(steps, LIMITS)) == []
    assert rules(talk(steps.replace("next: said", "next: over"), LIMITS)) == [
        "privacy-without-limits"
    ]
    everywhere = "  privacy: {label: Privacy, words: privacy, call: privacy}"
    assert rules(talk(f"one: {ASK}", LIMITS, everywhere=everywhere)) == []
    elsewhere = "  privacy: {label: Privacy, words: privacy, call: urgent}"
    assert rules(talk(f"one: {ASK}", LIMITS, everywhere=elsewhere)) == ["privacy-without-limits"]


def test_the_limits_say_that_services_must_share():
    short = LIMITS.replace("Services must share some things.", "")
    assert rules(talk(f"one: {ASK}", short)) == ["privacy-without-limits"]


# ---- somebody else

WHO = (
    "who: {ask: Who?, many: {min: 1}, choices: {me: {label: My drinking, must: [pram]},"
    " other: {label: Somebody, must: [someone_else]}}}"
)


@pytest.mark.parametrize(
    ("step", "broken"),
    [
        ("{say: Come when you drink.}", ["no-words-for-other"]),
        ("{say: Come when you drink., for_other: Come.}", []),
        ("{say: Come when you drink., only_if: not who has other}", []),
        ("{say: Come when you drink., only_if: who has other}", ["no-words-for-other"]),
        ("{say: You can drink water here.}", []),
        ("{say: Come when somebody drinks.}", []),
    ],
)
def test_her_own_use_is_not_said_to_a_woman_who_worries_about_somebody(step, broken):
    assert rules(talk(f"{WHO}\none: {step}\ntwo: {ASK}")) == broken


def test_a_choice_and_a_reason_are_said_for_her_too():
    label = "{ask: Now?, choices: {a: {label: I still drink, must: [pram]}, b: B}}"
    assert rules(talk(f"{WHO}\none: {label}")) == ["no-words-for-other"]
    both = label.replace("I still drink,", "I still drink, for_other: Somebody drinks,")
    assert rules(talk(f"{WHO}\none: {both}")) == []
    why = "{ask: Now?, why: It is about your drinking., choices: {a: {label: A, must: [pram]}, b: B}}"
    assert rules(talk(f"{WHO}\none: {why}")) == ["no-words-for-other"]


def test_before_she_said_so_it_may_be_about_her():
    assert rules(talk(f"first: {ASK}\none: {{say: Come when you drink.}}\n{WHO}")) == []


def test_words_for_everywhere_are_met_by_every_woman():
    flow = "flow: know\nsteps: {a: {say: When you drink.}, b: {ask: More?, choices: {on: {label: On, next: c}}}, c: {return: true}}"
    everywhere = "  know: {label: Know, words: know, call: know}"
    assert rules(talk(WHO, flow, everywhere=everywhere)) == ["no-words-for-other"]


def test_where_nobody_can_say_so_nothing_is_asked_for():
    assert rules(talk(f"one: {ASK}\ntwo: {{say: Come when you drink.}}\nthree: {ASK}")) == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [("From $council on.", ["leak"]), ("It costs $ and more.", []), ("Nothing.", [])],
)
def test_no_answer_is_shown_again(text, broken):
    assert rules(talk(f"one: {ASK}\ntwo: {{say: {text}}}\nthree: {ASK}")) == broken
