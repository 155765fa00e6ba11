"""Painting: how long a card that stands stays before it is looked after again."""

import pytest

from bot.channels.telegram.frozen_cards import NUMBER_SECONDS
from bot.channels.telegram.painter import UNTIL_EXPIRY
from tests.channels.telegram.fakes import HIDE_SECONDS


async def stays(wired):
    """Seconds after which the card is looked after again, as the painter tells it."""
    ((_, _, seconds),) = wired.painter.settled()
    return seconds


async def test_a_card_without_numbers_stays_for_the_minutes_of_the_setting(wired):
    await wired.to_question()
    assert await stays(wired) == HIDE_SECONDS


async def test_a_card_with_a_number_stays_until_she_has_rung(wired):
    await wired.to_services()
    assert await stays(wired) == NUMBER_SECONDS


async def test_sentences_stay_until_she_has_said_them(wired):
    await wired.to_services()
    await wired.press("What now")
    assert await stays(wired) == HIDE_SECONDS
    await wired.press("Practise the first call")
    assert await stays(wired) == NUMBER_SECONDS


async def test_an_urgent_card_stays_as_long(wired):
    await wired.to_question()
    await wired.press("Urgent help")
    assert await stays(wired) == NUMBER_SECONDS


@pytest.mark.parametrize("label", ["Hide", "Someone is here"])
async def test_a_card_that_says_nothing_stays_until_the_talk_is_over(wired, label):
    await wired.to_question()
    await wired.press(label)
    assert await stays(wired) == UNTIL_EXPIRY


async def test_what_was_told_is_not_told_twice(wired):
    await wired.text("/start")
    assert wired.painter.settled()
    assert wired.painter.settled() == []
