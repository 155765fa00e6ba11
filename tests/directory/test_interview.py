"""The interview: fifteen questions, each answer a fact or a word of help."""

from datetime import date

import pytest

from bot.directory.interview import UnfitError, asks, id_of, whole
from tests.directory.entries import shipped_places

TODAY = date(2026, 11, 23)
NAME, KIND, SENTENCE, COUNCILS, CONTACT, ANSWERS, WHO, SIGN, STEPS, *_REST = range(15)
TIMES, CHECKED = 11, 14


def read(number, answer):
    return asks(shipped_places(), TODAY)[number].read(answer)


def test_there_are_fifteen():
    assert len(asks(shipped_places(), TODAY)) == 15


@pytest.mark.parametrize(
    ("number", "answer", "stated"),
    [
        (NAME, 'A "Hub"', {"name": '"A \\"Hub\\""'}),
        (KIND, "treatment, womens centre", {"kind": "[treatment, womens_centre]"}),
        (COUNCILS, "Stoke-on-Trent, dudley", {"area.councils": "[stoke-on-trent, dudley]"}),
        (COUNCILS, "national", {"area.national": "yes"}),
        (
            CONTACT,
            "+44 (0)121 303",
            {"contact[].type": "phone", "contact[].number": '"+44 (0)121 303"'},
        ),
        (CONTACT, "a@b.org", {"contact[].type": "email", "contact[].address": '"a@b.org"'}),
        (CONTACT, "b.org/x", {"contact[].type": "website", "contact[].url": '"https://b.org/x"'}),
        (ANSWERS, "Mo 09:00-10:00; 24/7", {"contact[].answers": '["Mo 09:00-10:00", "24/7"]'}),
        (WHO, "Women", {"who": "women"}),
        (TIMES, "evening, school run", {"times.evening": "yes", "times.school_run": "yes"}),
        (
            CHECKED,
            "phone, service",
            {"verified.on": "2026-11-23", "verified.by": "service", "verified.how": "phone"},
        ),
    ],
)
def test_an_answer_states_a_fact(number, answer, stated):
    assert read(number, answer) == stated


def test_a_place_that_nobody_asked_the_address_of_stays_hidden():
    assert read(SIGN, "y")["places[].sign"] == "names_drugs_or_alcohol"
    assert read(SIGN, "no")["places[].sign"] == "discreet"
    assert read(STEPS, "yes")["places[].address"] == "hidden"


@pytest.mark.parametrize(
    ("number", "answer", "help"),
    [
        (KIND, "tretment", "did you mean 'treatment'"),
        (WHO, "womn", "did you mean 'women'"),
        (COUNCILS, "Brimingham", "did you mean 'birmingham'"),
        (COUNCILS, ",", "commas"),
        (CONTACT, "ring us", "one number"),
        (CONTACT, "0121 303 0000 or 0121 303 0001", "one number"),
        (SIGN, "maybe", "yes, no"),
        (CHECKED, "phone", "one role and one way"),
        (CHECKED, "service editor", "one role and one way"),
        (CHECKED, "Jane phone", "not one of the words"),
    ],
)
def test_an_answer_that_cannot_be_used_says_what_to_write(number, answer, help):
    with pytest.raises(UnfitError, match=help):
        read(number, answer)


def test_without_a_check_there_is_no_day():
    made = whole([], "x")
    assert "verified.on" not in made
    assert made["status"] == "draft"


def test_hours_without_a_contact_are_left_out():
    assert "contact[].answers" not in whole([{"contact[].answers": "[]"}], "x")


@pytest.mark.parametrize(
    ("name", "id"),
    [("St Anne's Hub", "st-annes-hub"), ("Café - Dudley!", "cafe-dudley"), ("خواتین", "")],
)
def test_an_id_is_made_from_the_name(name, id):
    assert id_of(name) == id
