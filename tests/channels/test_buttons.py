"""Buttons: what they carry comes back as the same act, and anything else as nothing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import buttons
from bot.channels.buttons import MOST_BYTES, NONCE_LENGTH, Pressed, pressed
from bot.conversation.codes import code_of, codes
from bot.conversation.messages import Again, Button, Card, Done, Start, Switch, Word

CARD = Card("en", "ltr", (), step="triage.area", turn=3, nonce="a_nonce-")
LARGEST = replace(CARD, turn=999_999)
IDS = codes(["triage.area", "birmingham", "leave"])
every_world = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
nonces = st.text("abcXYZ019_-", min_size=NONCE_LENGTH, max_size=NONCE_LENGTH)
turns = st.integers(0, 999_999)


def drawn(card, id):
    """What every kind of button carries for this id, with what it must ask for."""
    step, turn = card.step, card.turn
    return {
        buttons.choice(card, id): Button(step, (id,), turn),
        buttons.switch(card, id, on=True): Switch(step, id, True, turn),
        buttons.switch(card, id, on=False): Switch(step, id, False, turn),
        buttons.done(card): Done(step, turn),
        buttons.word(card, id): Word(id, turn),
        buttons.begin(card): Start(anew=False),
    }


def every_data(world, card):
    for id in world.codes.values():
        yield from drawn(card, id)


# ---- there and back


@pytest.fixture
def shipped(world):
    """Gives the shipped world; a function, because Hypothesis prints what it is given."""
    return lambda: world


@every_world
@given(st.data(), nonces | st.just(""), turns)
def test_what_a_button_carries_comes_back_as_the_same_act(shipped, data, nonce, turn):
    world = shipped()
    step = data.draw(st.sampled_from(sorted(world.material.plan.steps)))
    id = data.draw(st.sampled_from(sorted(world.codes.values())))
    card = replace(CARD, step=step, turn=turn, nonce=nonce)
    for carried, act in drawn(card, id).items():
        assert pressed(carried, world.codes) == Pressed(act, nonce, turn)


def test_every_id_of_the_shipped_world_comes_back(world):
    for id in world.codes.values():
        for carried, act in drawn(CARD, id).items():
            assert pressed(carried, world.codes).act == act


@given(st.integers(0, 999), turns)
def test_a_page_comes_back_with_the_turn_of_its_card(number, turn):
    carried = buttons.page(replace(CARD, turn=turn), number)
    assert pressed(carried, IDS) == Pressed(Again(), CARD.nonce, turn, number)


def test_the_same_button_always_carries_the_same():
    assert buttons.choice(CARD, "birmingham") == "a_nonce-.3.c9jx1Ie_toDcH0ymU"


# ---- what it may hold


def test_no_button_is_longer_than_telegram_takes(world):
    longest = max(len(data.encode()) for data in every_data(world, LARGEST))
    assert longest <= MOST_BYTES


def test_every_button_of_a_card_is_of_one_length_for_all_answers(world):
    """Harm prevented: a length of its own would tell which answer was pressed."""
    ids = world.codes.values()
    assert len({len(buttons.choice(CARD, id)) for id in ids}) == 1


def test_no_word_stands_in_what_a_button_carries(world):
    words = {part for id in world.codes.values() for part in id.split(".") if len(part) > 3}
    for data in every_data(world, replace(CARD, nonce="")):
        assert not [word for word in words if word in data.lower()]


def test_a_button_of_the_shipped_world_is_plain_ascii(world):
    assert all(data.isascii() and data.isprintable() for data in every_data(world, CARD))


# ---- what nobody of this program wrote


FOREIGN = [
    "",
    " ",
    "leave",
    '{"act": "leave"}',
    "a_nonce-",
    "a_nonce-.3",
    "a_nonce-.3.",
    "a_nonce-.3.c",
    "a_nonce-.3.z",
    "a_nonce-.-3.b",
    "a_nonce-.1000000.b",
    "a_nonce-.³.b",
    "a_nonce-.٣.b",
    "nönce-_x.3.b",
    "a_nonce-.3.b\n",
    "a_nonce-.3.p",
    "a_nonce-.3.p-1",
    "a_nonce-.3.c" + "A" * 24,
    "a_nonce-.3.w" + "\ud800" * 8,
    "\x00" * 64,
    "9" * 100_000,
    "a_nonce-.3.c" + "A" * 1_000_000,
]


@pytest.mark.parametrize("data", FOREIGN, ids=lambda data: ascii(data[:20]) + str(len(data)))
def test_foreign_data_asks_for_the_card_again(data):
    found = pressed(data, IDS)
    assert (found.act, found.page) == (Again(), None)


@given(st.text() | st.text("ab.-_0123cpwdiob", max_size=40))
def test_no_data_makes_a_press_fail_or_name_an_answer(data):
    assert isinstance(pressed(data, IDS).act, Again | Start)


@pytest.mark.parametrize("kind", ["c", "i", "o", "d", "w"])
def test_data_that_was_cut_off_asks_for_the_card_again(kind):
    whole = f"a_nonce-.3.{kind}{code_of('triage.area')}"
    whole += code_of("birmingham") if kind in "cio" else ""
    for length in range(len(whole)):
        assert pressed(whole[:length], IDS).act == Again()


@pytest.mark.parametrize("kind", ["c", "i", "o", "d", "w", "p", "x"])
@pytest.mark.parametrize(
    "names",
    [("gone",), ("gone", "leave"), ("leave", "gone"), ("gone", "gone")],
    ids="-".join,
)
def test_a_code_that_means_nothing_any_more_spoils_its_button(kind, names):
    data = f"a_nonce-.3.{kind}{''.join(map(code_of, names))}"
    assert pressed(data, IDS).act == Again()


def test_a_code_that_two_ids_share_means_nothing():
    twins = ("647c1e2ab34f", "e5e1acace453")
    ids = codes([CARD.step, *twins])
    assert pressed(buttons.choice(CARD, twins[0]), ids).act == Again()
    assert pressed(buttons.word(CARD, twins[1]), ids).act == Again()


def test_what_was_spoiled_still_says_of_which_talk_and_card_it_was():
    found = pressed(f"a_nonce-.3.c{code_of('gone')}", IDS)
    assert (found.nonce, found.turn) == ("a_nonce-", 3)
