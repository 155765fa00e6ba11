"""What a talk adds to the counts: at most one to a table, two to that of needs, and never more."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.counting import Counting
from bot.conversation.messages import Button, Incoming, Start, Typed, Word
from bot.conversation.turns import Turns
from bot.counting.tables import NEED, OUTCOME, TABLES
from bot.directory.index import build
from bot.exceptions import StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.model import pack, unpack

CODE, TEST = "23456789", "02345678"


class Counted:
    """A talk on a channel that counts; `cells` is what was added so far."""

    def __init__(self, world, moment, store=None, below=lambda _: 0):
        self.cells, self.batches = [], []
        self.store = store or MemoryStore(lambda: 0.0)
        counting = Counting("web", self.add, below)
        self.turns = Turns(world, self.store, lambda: moment, counting=counting)
        self.card = None

    def add(self, cells):
        self.batches.append(cells)
        self.cells += [f"{table}: {row}" for table, row in cells]

    def act(self, act, **more):
        self.card = asyncio.run(self.turns.take(Incoming("key", act, **more)))
        return self.card

    def begin(self, **start):
        self.act(Start("en", **start))
        return self

    def type(self, *lines):
        for line in lines:
            self.act(Typed(line))
        return self

    def press(self, *choices):
        return self.act(Button(self.card.step, choices, self.card.turn))

    def of(self, table):
        return [cell for cell in self.cells if cell.startswith(f"{table}: ")]


@pytest.fixture
def talk(world, moment):
    return Counted(world, moment)


def first_list(talk, place="Birmingham"):
    talk.begin().type("1", place, "1")
    assert talk.card.step == "triage.first"
    return talk


# ---- how it went


def test_nothing_is_counted_before_her_first_answer(talk):
    talk.begin()
    assert talk.cells == []


def test_which_language_is_no_answer_that_counts(world, moment):
    talk = Counted(world, moment)
    talk.act(Start())
    talk.press("en")
    assert talk.cells == []
    talk.press("yes")
    assert talk.cells == ["language: en"]


def test_the_first_answer_counts_her_language_and_no_later_one_does(talk):
    talk.begin().type("1")
    assert talk.cells == ["language: en"]
    talk.type("Birmingham")
    assert talk.cells == ["language: en"]


def test_a_list_near_her_is_signposted_once_with_her_council(talk):
    first_list(talk)
    assert talk.cells == ["language: en", "outcome: web.signposted", "council: birmingham"]
    talk.press("area")
    talk.type("Walsall", "1")
    assert talk.card.step == "triage.first"
    assert len(talk.cells) == 3


def test_a_half_postcode_of_one_council_counts_for_it(talk):
    first_list(talk, "B14")
    assert talk.of("council") == ["council: birmingham"]


def test_urgent_help_first_is_urgent_also_when_a_list_follows(talk):
    talk.begin().type("1", "Birmingham")
    talk.act(Word("urgent"))
    assert talk.cells == ["language: en", "outcome: web.urgent"]
    talk.act(Word("back"))
    talk.type("1")
    assert talk.of("outcome") == ["outcome: web.urgent"]
    assert talk.of("council") == ["council: birmingham"]


def test_urgent_help_as_the_very_first_word_counts_her_language_too(talk):
    talk.act(Typed("help"))
    assert talk.cells == ["language: en", "outcome: web.urgent"]


@pytest.mark.parametrize("leave", [Word("leave"), Typed("leave")])
def test_to_leave_after_an_answer_and_before_a_list_is_left_early(talk, leave):
    talk.begin().type("1")
    talk.act(leave)
    assert talk.cells == ["language: en", "outcome: web.left-early"]


def test_to_leave_at_once_counts_nothing(talk):
    talk.begin()
    talk.act(Word("leave"))
    assert talk.cells == []


def test_to_leave_after_a_list_adds_nothing(talk):
    before = list(first_list(talk).cells)
    talk.act(Word("leave"))
    assert talk.cells == before


def test_no_place_near_her_is_no_match(world, moment):
    national = [one for one in world.material.services.values() if one.national]
    index = build(national, world.material.vocabulary, world.places, moment.date(), {})
    talk = Counted(replace(world, index=index), moment)
    talk.begin().type("1", "Birmingham", "1")
    assert talk.card.step == "triage.lines"
    assert talk.of("outcome") == ["outcome: web.no-match"]
    assert talk.of("council") == ["council: birmingham"]


def test_lines_shown_because_she_did_not_say_where_are_no_gap(talk):
    talk.begin().type("1")
    talk.act(Word("skip", talk.card.turn))
    talk.act(Word("skip", talk.card.turn))
    assert talk.card.step == "triage.lines"
    assert talk.cells == ["language: en"]


@pytest.mark.parametrize("hidden", [False, True])
def test_to_hide_after_a_step_of_hers_has_gone_is_no_fault(talk, hidden):
    """Somebody edits a flow while she talks; Hide must not bring up the card of a fault."""
    talk.begin()
    kept = asyncio.run(talk.store.load("key"))
    old = unpack(kept.data)._replace(
        trail=(("triage.gone", "yes"),), fingerprint="old", hidden=hidden
    )
    assert asyncio.run(talk.store.save("key", pack(old), kept.version))
    talk.act(Word("hide"))
    assert talk.card.state == "hidden"
    assert talk.cells == ["language: en"]


# ---- what was missing


def unmet(talk):
    """On to a better list, asking for much."""
    first_list(talk).press("more")
    while talk.card.step != "triage.better":
        picks = {
            "triage.worker": ("lived", "own"),
            "triage.groups": ("women",),
            "triage.children": ("creche", "bring", "holidays"),
            "triage.times": ("night", "home", "sign"),
            "triage.place": ("discreet", "pram", "step_free"),
        }.get(talk.card.step)
        if picks:
            talk.press(*picks)
        else:
            talk.act(Word("skip", talk.card.turn))
    return talk


def test_two_needs_that_nobody_states_are_counted_and_the_council_once(talk):
    unmet(talk)
    assert len(talk.of("need")) == 2
    assert len(set(talk.of("need"))) == 2
    assert talk.of("unmet-council") == ["unmet-council: birmingham"]


def test_which_two_is_left_to_chance(world, moment):
    first = unmet(Counted(world, moment, below=lambda _: 0)).of("need")
    last = unmet(Counted(world, moment, below=lambda number: number - 1)).of("need")
    assert set(first).isdisjoint(last)


def test_a_need_that_a_service_on_the_list_states_is_not_unmet(talk):
    needs = [cell.removeprefix("need: ") for cell in unmet(talk).of("need")]
    matches = asyncio.run(talk.turns.look("key")).matches
    stated = {need for _, has, _, _ in matches for need in has.split(", ")}
    assert stated
    assert stated.isdisjoint(needs)


def test_what_a_sensitive_question_asked_is_never_counted(talk):
    first_list(talk).press("more")
    while talk.card.step != "triage.better":
        picks = {
            "triage.children": ("pregnant", "apart", "creche"),
            "triage.me": ("sex_work", "no_recourse", "prison"),
            "triage.also": ("home", "sexual", "forced"),
        }.get(talk.card.step)
        if picks:
            talk.press(*picks)
        else:
            talk.act(Word("skip", talk.card.turn))
    asked = asyncio.run(talk.turns.look("key")).needs
    assert "sex_work" in str(asked)
    assert talk.of("need") == ["need: creche"]  # the one choice of these that is open
    assert talk.of("unmet-council") == ["unmet-council: birmingham"]


# ---- something is wrong


def to_the_report(talk):
    first_list(talk)
    talk.act(Word("what_now"))
    talk.press("wrong")
    assert talk.card.step == "wrong.which"
    return talk.card.options[0].id


def test_a_place_she_names_is_counted_once_and_the_list_stands_again(talk):
    place = to_the_report(talk)
    before = unpack(asyncio.run(talk.store.load("key")).data).trail
    talk.press(place)
    assert talk.of("wrong") == [f"wrong: {place}"]
    assert "Thank you" in str(talk.card.blocks)
    talk.press("wrong")
    talk.press(talk.card.options[1].id)
    assert len(talk.of("wrong")) == 1
    talk.press("on")
    assert talk.card.step == "triage.first"
    assert unpack(asyncio.run(talk.store.load("key")).data).trail == before


def test_after_a_list_of_one_she_may_name_any_place_of_her_council(talk):
    """It may be another place that she rang: one of before, or one she was told of."""
    source = talk.turns.world.material.plan.steps["wrong.which"].source
    answers = {"triage.area": "birmingham"}
    one, more = source.options(answers, ("kikit",)), source.options(answers, ("kikit", "ewa-cic"))
    assert one[0] == "kikit"
    assert len(one) > 2
    assert tuple(more) == ("kikit", "ewa-cic")


def test_none_of_these_names_no_place(talk):
    to_the_report(talk)
    talk.press("none")
    assert talk.of("wrong") == []


def test_only_places_of_the_list_can_be_named(talk):
    place = to_the_report(talk)
    shown = [option.id for option in talk.card.options]
    other = next(id for id in talk.turns.world.material.services if id not in shown)
    talk.press(other)
    assert talk.card.step == "wrong.which"
    assert talk.of("wrong") == []
    assert place in shown


def test_where_no_place_stood_there_is_none_to_name(talk):
    talk.begin().type("1", "know", "Going to a service", "Getting in touch, and waiting")
    talk.press("wrong")
    assert talk.card.step == "what_now.menu"
    assert "You can name a place in the questions." in str(talk.card.blocks)
    assert talk.of("wrong") == []


# ---- links


def test_a_link_is_counted_when_the_talk_begins_and_its_code_is_not_kept(talk):
    talk.begin(link=CODE)
    assert talk.cells == [f"link: {CODE}"]
    assert CODE.encode() not in asyncio.run(talk.store.load("key")).data
    talk.type("1")
    assert talk.of("link") == [f"link: {CODE}"]


@pytest.mark.parametrize("link", ["", "x", "2345678", "234567890", "2345678o", "<b>45678"])
def test_what_has_not_the_form_of_a_code_is_not_counted(talk, link):
    talk.begin(link=link)
    assert talk.cells == []


def test_a_page_that_was_opened_by_a_link_counts_it_with_the_first_answer(talk):
    card = talk.turns.first(Start("ur", link=CODE))
    assert card.language == "ur"
    assert talk.cells == []
    yes = Button(card.step, ("yes",), card.turn)
    talk.act(yes, opens=Start("ur", link=CODE))
    assert talk.card.language == "ur"
    assert sorted(talk.cells) == ["language: ur", f"link: {CODE}"]


def test_a_test_visit_adds_nothing_however_it_goes(talk):
    talk.begin(link=TEST).type("1", "Birmingham", "1")
    assert talk.card.step == "triage.first"
    talk.act(Word("urgent"))
    talk.act(Word("leave"))
    assert talk.cells == []


def test_a_plain_start_after_a_test_visit_counts_again(talk):
    talk.begin(link=TEST).type("1")
    talk.begin().type("1")
    assert talk.cells == ["language: en"]


# ---- once, and only when it is kept


class Flaky(MemoryStore):
    """Somebody else is faster at the first saving of each act; or the store is away."""

    def __init__(self):
        super().__init__(lambda: 0.0)
        self.slow, self.away = 0, False

    async def save(self, *args, **kwargs):
        if self.away:
            raise StoreUnavailable
        if self.slow:
            self.slow -= 1
            return False
        return await super().save(*args, **kwargs)


def test_an_act_that_is_tried_again_is_counted_once(world, moment):
    talk = Counted(world, moment, Flaky()).begin()
    talk.store.slow = 2
    talk.type("1")
    assert talk.cells == ["language: en"]


def test_what_was_not_kept_is_not_counted(world, moment):
    talk = Counted(world, moment, Flaky()).begin()
    talk.store.away = True
    talk.type("1")
    assert talk.cells == []


def test_an_update_that_comes_twice_is_counted_once(talk):
    talk.begin()
    for _ in range(2):
        talk.act(Typed("1"), update="17")
    assert talk.cells == ["language: en"]


def test_without_counting_nothing_is_remembered(world, moment):
    store = MemoryStore(lambda: 0.0)
    turns = Turns(world, store, lambda: moment)
    asyncio.run(turns.take(Incoming("key", Start("en", link=CODE))))
    asyncio.run(turns.take(Incoming("key", Typed("1"))))
    assert unpack(asyncio.run(store.load("key")).data).counted == ()


ACTS = st.one_of(
    st.integers(0, 30).map(lambda number: ("option", number)),
    st.sampled_from(["back", "skip", "urgent", "services", "what_now", "cover", "know"]).map(
        lambda intent: ("word", intent)
    ),
)


@settings(max_examples=60, deadline=None)
@given(acts=st.lists(ACTS, max_size=40), link=st.sampled_from(["", CODE]))
def test_however_she_goes_a_talk_adds_no_more_than_its_share(world, moment, acts, link):
    talk = Counted(world, moment).begin(link=link)
    for kind, what in acts:
        if kind == "word":
            talk.act(Word(what, talk.card.turn))
        elif talk.card.options:
            talk.press(talk.card.options[what % len(talk.card.options)].id)
        if talk.card.ended:
            break
    added = Counter(cell.table for batch in talk.batches for cell in batch)
    assert all(added[table.name] <= table.most for table in TABLES)
    rows = [cell for batch in talk.batches for cell in batch]
    assert len(rows) == len(set(rows))
    assert added[OUTCOME.name] <= 1
    assert added[NEED.name] <= 2
