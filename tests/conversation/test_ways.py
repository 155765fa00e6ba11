"""Ways to get in touch: what a tap opens, and what is said beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.describing import describe
from bot.conversation.ways import link
from bot.directory.model import Contact
from bot.problems import Mark

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def contact(type, value="0121 496 0000", **more):
    return Contact(type, value, Mark(), **more)


@pytest.mark.parametrize(
    ("way", "opens"),
    [
        (contact("phone"), "tel:01214960000"),
        (contact("relay", "18000"), "tel:18000"),
        (contact("text", "85258"), "sms:85258"),
        (contact("whatsapp", "07384 466181"), "https://wa.me/447384466181"),
        (contact("email", "a@b.org"), "mailto:a@b.org"),
        (contact("website", "https://b.org"), "https://b.org"),
        (contact("walk_in", "the front door"), None),
    ],
)
def test_a_tap_opens_the_right_thing(way, opens):
    assert link(way) == opens


def test_ways_that_need_no_voice_come_first_when_her_phone_may_be_watched(english, service):
    ways = (contact("phone"), contact("webchat", "https://b.org/chat"))
    told = describe(replace(service, contacts=ways), english, MONDAY, quiet=True).ways
    assert [way.label for way in told] == ["Online chat", "Phone"]
    assert "You can use this without speaking" in told[0].notes


def test_a_way_tells_when_somebody_answers_what_it_costs_and_what_to_send(english, service):
    way = contact("text", "85258", say="SHOUT", cost="free", anonymous="yes", answers=("24/7",))
    (told,) = describe(replace(service, contacts=(way,)), english, MONDAY).ways
    assert told.notes == (
        "Send the word SHOUT",
        "Answers day and night",
        "Free",
        "You do not have to give your name",
    )


def test_a_call_back_reminds_of_a_safe_time(english, service):
    way = contact("callback", "https://b.org/call", label="form", note="Ask for a woman.")
    (told,) = describe(replace(service, contacts=(way,)), english, MONDAY).ways
    assert told.notes == ("form", "Tell them when it is safe to ring you.", "Ask for a woman.")


def test_a_line_that_opens_later_says_when(english, service):
    way = contact("phone", answers=("Mo-Fr 12:00-14:00",))
    (told,) = describe(replace(service, contacts=(way,)), english, MONDAY + timedelta(0)).ways
    assert told.notes[0] == "Nobody answers now. Answers again today at 12:00"


def test_a_line_may_be_closed_on_a_bank_holiday_and_says_that_it_may(english, service):
    way = contact("phone", answers=("Mo-Fr 09:00-17:00",))
    boxing_day = datetime(2026, 12, 28, 11, tzinfo=UTC)
    (told,) = describe(replace(service, contacts=(way,)), english, boxing_day).ways
    assert told.notes[0].endswith("May differ on bank holidays and in school holidays")


def test_what_stays_on_a_watched_phone_is_said(english, service):
    ways = (
        contact("text", "85258"),
        contact("webchat", "https://b.org"),
        contact("callback", "https://b.org"),
    )
    told = describe(
        replace(service, contacts=ways), english, MONDAY, quiet=True, watched=True
    ).ways
    assert [way.label for way in told] == ["Online chat", "Text message", "Ask for a call back"]
    warning = "This stays on your phone until you delete it."
    assert [warning in way.notes for way in told] == [False, True, False]
    assert "You can use this without speaking" not in told[2].notes
