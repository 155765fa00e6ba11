"""The walk of every path of the shipped flows, on the real engine, in every language."""

from random import Random

import pytest

from bot.conversation import engine
from bot.conversation.folding import fold
from bot.conversation.lexicons import lexicon, voices_for
from bot.conversation.messages import Paragraph, Result
from bot.conversation.plan import Asked, Chosen, NotUnderstood
from bot.conversation.reading import read
from bot.conversation.replaying import migrate, replay
from bot.conversation.safety import screen
from bot.conversation.wording import draw
from bot.directory.matching import match
from bot.flows.graph import asked_again, edges, reads_after
from bot.flows.sight import sight
from bot.sessions.model import pack, unpack
from bot.simulator import Ahead, ends_or_waits, moves, sets_left_out, walk
from tests.examples import KNOW, URGENT, flows_of, plan_of, welcome

# One council with much and one with little, an outward code of one council, of several, of none.
SAMPLES = {
    "languages": ("en", "ur", "pl"),
    "councils": ("birmingham", "herefordshire"),
    "uk_outcode": ("B29", "B43", "LE1"),
    "services_near": ("kikit", "anawim", "wmwa-herefordshire"),
}
AREA = ("triage.area", "triage.council")
SOURCE_READS = {"councils_of_area": AREA, "services_near": AREA}

# What Telegram, the smallest of the channels, can carry.
LONGEST_MESSAGE = 4096
MOST_OPTIONS = 20


@pytest.fixture(scope="module")
def strides(world, data):
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    return list(walk(world.material.plan, ahead, SAMPLES))


@pytest.fixture(scope="module")
def plan(world):
    return world.material.plan


def after(strides):
    return [stride for stride in strides if stride.after.session is not None]


def test_the_walk_comes_to_every_step_that_waits(plan, strides):
    seen = {stride.after.session.at for stride in after(strides)}
    assert seen == {name for name, planned in plan.steps.items() if planned.step.waits}


def test_the_walk_takes_every_choice_of_every_question(plan, strides):
    taken = {
        (stride.before.at, value)
        for stride in strides
        if isinstance(stride.move, Chosen)
        for value in stride.move.values
    }
    for name, planned in plan.steps.items():
        for choice in planned.step.choices:
            assert (name, choice.id) in taken


def test_the_drawing_knows_every_way_the_engine_takes(data, plan, strides):
    """The graph behind `check` and the engine are two readings of one language: they must agree."""
    graph = {}
    for edge in edges(data.flows):
        graph.setdefault(edge.source, set()).add(edge.target)

    def reaches(start, target):
        seen, left = {start}, [start]
        while left:
            for step in graph.get(left.pop(), ()):
                if step == target:
                    return True
                if step not in seen and not plan.steps[step].step.waits:
                    seen.add(step)
                    left.append(step)
        return False

    for stride in after(strides):
        if (
            isinstance(stride.move, Chosen)
            and not stride.before.stack
            and not stride.after.repeated
        ):
            assert reaches(stride.before.at, stride.after.session.at), stride


def test_every_move_ends_or_waits(plan, strides):
    assert all(ends_or_waits(plan, stride.after) for stride in strides)


def test_every_session_survives_packing(strides):
    for stride in after(strides):
        assert unpack(pack(stride.after.session)) == stride.after.session


def test_replaying_the_trail_comes_to_the_same_step(plan, strides):
    for stride in after(strides):
        session = stride.after.session
        if not session.stack:
            turn, left = replay(plan, session.trail, session.language)
            assert (turn.state, tuple(turn.trail), left) == (session.at, session.trail, [])


def test_back_after_an_answer_restores_the_session_exactly(plan, strides):
    for stride in after(strides):
        before, session = stride.before, stride.after.session
        forward = len(session.trail) == len(before.trail) + 1
        aside = plan.steps[before.at].step.aside
        if isinstance(stride.move, Chosen) and forward and not before.stack and not aside:
            back = engine.step(plan, session, Asked("back")).session
            assert (back.at, back.trail, back.stack) == (before.at, before.trail, before.stack)


def test_urgent_help_comes_at_once_and_goes_back_to_the_same_question(plan, strides):
    for stride in after(strides):
        if stride.move == Asked("urgent"):
            assert stride.after.session.at == "urgent.now"
            on = engine.step(plan, stride.after.session, Chosen(("on",))).session
            base = [site[1:] for site in stride.before.stack if site.startswith("!")]
            assert on.at == (base[0] if base else stride.before.at)


def test_leave_ends_the_talk_from_every_place(strides):
    leaving = [stride for stride in strides if stride.move == Asked("leave")]
    assert leaving
    assert all(stride.after.session is None for stride in leaving)


def test_what_is_hidden_stays_hidden_until_she_says_so(plan, strides):
    for stride in after(strides):
        before = fold(plan, stride.before).hidden
        shown_again = isinstance(stride.move, Chosen) and "show_again" in stride.move.values
        if not shown_again:
            assert before <= fold(plan, stride.after.session).hidden, stride


def test_long_random_talks_keep_what_is_hidden_and_go_back_exactly(plan):
    """The walk joins places that go on alike; here whole talks are lived through."""
    chance = Random(20261123)  # noqa: S311  # the same talks every time
    for _ in range(250):
        session = engine.start(plan, "en").session
        for _ in range(40):
            move = chance.choice(moves(plan, session, SAMPLES))
            outcome = engine.step(plan, session, move)
            if outcome.session is None:
                break
            hidden = fold(plan, outcome.session).hidden
            if not (isinstance(move, Chosen) and "show_again" in move.values):
                assert fold(plan, session).hidden <= hidden
            forward = len(outcome.session.trail) == len(session.trail) + 1
            aside = plan.steps[session.at].step.aside
            if isinstance(move, Chosen) and forward and not session.stack and not aside:
                back = engine.step(plan, outcome.session, Asked("back")).session
                assert (back.at, back.trail) == (session.at, session.trail)
            session = outcome.session
            again = migrate(plan, session._replace(fingerprint="another"))
            assert (again.at, again.stack, again.pending) == (session.at, session.stack, ())
            assert fold(plan, again) == fold(plan, session)


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_every_answer_can_be_typed_as_it_is_written(world, plan, strides, language):
    voice, voices = world.catalogues.voice(language), voices_for(language, world.catalogues)
    seen = set()
    for stride in after(strides):
        session = stride.after.session
        if session.at in seen:
            continue
        seen.add(session.at)
        words = lexicon(plan, session, voices, world.material.names, world.aliases)
        for choice in plan.steps[session.at].step.choices:
            assert read(voice(choice.label), words) == Chosen((choice.id,)), (
                session.at,
                choice.id,
            )
            assert screen(voice(choice.label), world.safety_words) is None
        for number, option in enumerate(plan.options(session), 1):
            assert read(str(number), words) == Chosen((option,))


def test_words_that_mean_nothing_never_move_her(strides):
    for stride in strides:
        if stride.move == NotUnderstood():
            session = stride.after.session
            assert (session.at, session.trail) == (stride.before.at, stride.before.trail)


def test_the_first_result_comes_after_at_most_three_answers(strides):
    first = [
        stride.after.session
        for stride in after(strides)
        if stride.after.session.at in {"triage.first", "triage.lines"}
        and not {"triage.first", "triage.better"} & {name for name, _ in stride.before.trail}
    ]
    assert first
    for session in first:
        # Urgent help that she asked for herself comes on top; a skipped question is no answer.
        answers = [
            name
            for name, answer in session.trail
            if answer is not None
            and not name.startswith("urgent.")
            and name not in {"welcome.language", "triage.first", "triage.lines", "triage.avoid"}
        ]
        assert len(answers) <= 3


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_every_card_can_be_drawn_in_every_language(world, strides, moment, language):
    voice = world.catalogues.voice(language)
    drawn = set()
    for stride in after(strides):
        session = stride.after.session
        place = (session.at, session.said, session.misses > 0)
        if place in drawn:
            continue
        drawn.add(place)
        needs = stride.after.needs
        found = match(needs, world.index, moment) if needs else None
        card = draw(world.material, session, voice, moment, found, needs)
        assert card.blocks
        assert card.language == language
        assert all(option.label.strip() for option in card.options)
        assert len({option.label for option in card.options}) == len(card.options)
        assert len(card.options) <= MOST_OPTIONS
        words = [block for block in card.blocks if isinstance(block, Paragraph)]
        assert all(block.text.strip() and "$" not in block.text for block in words)
        # English stands only beside words about safety that nobody has translated back.
        assert all(block.tone == "beside" for block in words if block.english)
        assert all(len(_longest(block)) < LONGEST_MESSAGE for block in card.blocks)
    assert len(drawn) > 50


def _longest(block):
    return (
        block.text
        if isinstance(block, Paragraph)
        else str(block)
        if isinstance(block, Result)
        else ""
    )


# ---- the short walk against the walk that tells every talk apart

SMALL = {
    "conditions": """
        one: {ask: One?, choices: {a: A, b: B}}
        two: {ask: Two?, only_if: one == a, choices: {c: C, d: D}}
        three: {ask: Three?, choices: {e: E, again: {label: Again, next: one}}}
        four: {ask: Four?, only_if: two == c, choices: {f: F, back: {label: Back to two, next: two}}}
        over: {end: done}
    """,
    "a way around a question": """
        one: {ask: One?, choices: {a: A, b: {label: B, next: three}}}
        two: {ask: Two?, choices: {c: C, d: D}}
        three: {ask: Three?, choices: {e: E, again: {label: Again, next: two}}}
        four: {ask: Four?, only_if: two == c, choices: {f: F, once: {label: Once more, next: three}}}
        over: {end: done}
    """,
    "several choices": """
        one: {ask: One?, many: {min: 1, max: 2}, choices: {a: A, b: B, c: {label: C, alone: true}}}
        two: {ask: Two?, only_if: one has a and one has b, choices: {d: D, e: E}}
        three: {ask: Three?, only_if: not one has c, choices: {f: F, g: {label: G, next: one}}}
        over: {end: done}
    """,
    "an answer given aside": """
        one: {ask: One?, choices: {a: A, b: B}}
        two: {ask: Two?, choices: {c: C, keep: {label: Keep, next: aside}}}
        told: {say: Kept., only_if: aside == x}
        three: {ask: Three?, choices: {d: D, again: {label: Again, next: one}}}
        four: {ask: Four?, only_if: aside == y, choices: {e: E}}
        over: {end: done}
        aside: {ask: Aside?, aside: true, choices: {x: X, y: Y}, next: two}
    """,
    "lists": """
        one: {ask: One?, choices: {a: A, b: B}}
        found: {results: services, empty: none, choices: {more: {label: More, next: two}, on: On}}
        over: {end: done}
        two: {ask: Two?, only_if: one == a, choices: {c: C}}
        three: {ask: Three?, choices: {d: D}, next: found}
        none: {say: None.}
        lines: {results: helplines, choices: {more: {label: More, next: two}, end: {label: End, next: over}}}
        end: {next: over}
    """,
    "calls": """
        one: {ask: One?, choices: {a: A, b: B}}
        early: {call: sub, only_if: one == a}
        two: {ask: Two?, choices: {c: C, again: {label: Again, next: one}}}
        late: {call: sub, only_if: one != a}
        three: {ask: Three?, only_if: sub.method == phone, choices: {d: D}}
        over: {end: done}
    """,
}
SUB = """
flow: sub
steps:
  method: {ask: How?, choices: {phone: Phone, text: Text}}
  done: {return: true}
"""
READING = """
flow: know
steps:
  menu: {ask: Know?, choices: {keeps: {label: Keeps, next: keeps}, on: {label: On, next: on}}}
  keeps: {say: Kept., only_if: welcome.one == a, next: menu}
  other: {say: Other., next: menu}
  on: {return: true}
"""


@pytest.mark.parametrize("sets", [0, 99])
@pytest.mark.parametrize("know", [KNOW, READING], ids=["", "an interrupt that reads"])
@pytest.mark.parametrize("steps", SMALL.values(), ids=SMALL)
def test_leaving_out_what_no_longer_matters_loses_no_way(steps, know, sets):
    """The short walk and the walk that tells every talk apart take the same steps."""
    others = [SUB] if "sub" in steps else []
    plan = plan_of(steps, *others, know=know)
    flows = flows_of(welcome(steps), URGENT, know, *others)
    everything = {name: frozenset(plan.steps) for name in plan.steps}
    short = Ahead(reads_after(flows), asked_again(flows), sight(flows))
    whole = Ahead(everything, everything)
    assert _ways(plan, short, sets) == _ways(plan, whole, sets)


def _ways(plan, ahead, sets):
    """What was done where, and what stood then. Where 'back' leads is a promise of its own."""
    found = set()
    for stride in walk(plan, ahead, {}, sets=sets):
        after = stride.after.session
        stood = (after.at, after.stack, after.said) if after else (stride.after.ended, (), ())
        if stride.move != Asked("back"):
            found.add((stride.before.at, stride.move, *stood))
        assert not stride.fault
    return found


def test_a_long_walk_comes_to_every_question_before_any_interrupt():
    steps = "\n".join(f"q{n}: {{ask: Q?, choices: {{a: A, b: B}}}}" for n in range(40))
    plan = plan_of(steps + "\nover: {end: done}")
    found = [stride.before for stride in walk(plan, Ahead({}, {}), {})]
    first = next(place for place, before in enumerate(found) if before.stack)
    assert len({before.at for before in found[:first]}) == 40
    assert all(before.stack for before in found[first:])


def test_every_set_of_choices_is_tried_as_far_as_the_bound_goes():
    text = """
        one: {ask: One?, many: {min: 2, max: 3}, choices: {a: A, b: B, c: C, d: D, no: {label: N, alone: true}}}
        over: {end: done}
    """
    plan = plan_of(text)
    session = engine.start(plan, "en").session

    def tried(sets):
        return [move.values for move in moves(plan, session, {}, sets) if isinstance(move, Chosen)]

    assert len(tried(99)) == 1 + 6 + 4
    assert tried(2) == [("no",), ("a", "b"), ("a", "c")]
    assert (sets_left_out(plan, session, {}, 99), sets_left_out(plan, session, {}, 2)) == (0, 8)
    assert tried(0)[-4:] == [("a", "b", "c"), ("a", "b"), ("a", "c"), ("b", "c")]


def test_a_question_with_one_answer_leaves_no_sets_out():
    plan = plan_of("one: {ask: One?, choices: {a: A}}\nover: {end: done}")
    assert sets_left_out(plan, engine.start(plan, "en").session, {}, 1) == 0


def test_what_makes_the_engine_fail_is_a_stride_of_the_walk():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\ntwo: {say: Two.}")
    faults = {stride.fault for stride in walk(plan, Ahead({}, {}), {})}
    assert faults == {"", "StuckError"}


def test_a_talk_that_is_over_before_it_begins_has_no_walk():
    plan = plan_of("over: {end: done}")
    assert list(walk(plan, Ahead({}, {}), {})) == []
