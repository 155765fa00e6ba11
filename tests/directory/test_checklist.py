"""The checklist: only what is due or unsaid, with what we have, and no word of the format."""

import re

from bot.directory.checklist import has_overdue, questions_for, text_of
from bot.directory.freshness import Group
from tests.directory.entries import TODAY, entry

FRESH = "{on: 2026-11-20, by: service, how: phone}"
OLD = "{on: 2026-01-01, by: service, how: phone}"


def words(service):
    return [each.words for each in questions_for(service, TODAY)]


def have(service):
    return [line for each in questions_for(service, TODAY) for line in each.have]


def test_what_was_checked_a_week_ago_is_not_asked_again():
    assert have(entry(verified=FRESH)) == []
    assert not has_overdue(entry(verified=FRESH), TODAY)


def test_what_is_due_is_asked_with_what_we_have():
    assert have(entry(verified=OLD)) == ["phone; 0121 303 0000"]
    assert has_overdue(entry(verified=OLD), TODAY)


def test_a_list_is_one_question_with_a_line_for_each():
    sessions = '[{what: drop_in, when: ["Mo 10:00-12:00"]}, {what: class, women_only: yes}]'
    found = have(entry(verified=OLD, sessions=sessions))
    assert found[1:] == ["drop in; Monday, 10:00 to 12:00", "class; a group for women only: yes"]


def test_what_women_ask_and_nobody_said_is_asked():
    asked = words(entry(verified=FRESH))
    assert "Do you see women who still use drugs?" in asked
    said = entry(verified=FRESH, accepts="{using_now: no}")
    assert "Do you see women who still use drugs?" not in words(said)


def test_a_line_is_not_asked_about_a_building():
    groups = [each.group for each in questions_for(entry(kind="[helpline]"), TODAY)]
    assert Group.BUILDING not in groups
    assert Group.BUILDING in [each.group for each in questions_for(entry(), TODAY)]


def test_a_number_without_hours_is_asked_for_them():
    assert words(entry(verified=FRESH))[-1].endswith("does someone answer 0121 303 0000?")
    contact = "[{type: phone, number: 0121 303 0000, answers: 24/7}]"
    assert not words(entry(verified=FRESH, contact=contact))[-1].endswith("0121 303 0000?")


def test_only_the_english_of_a_text_is_asked():
    service = entry(referral="{start: {en: Ring us., pl: Zadzwoń.}}")
    assert have(service).count("Ring us.") == 1
    assert "Zadzwoń." not in have(service)


def test_the_letter_has_the_day_and_the_way_to_answer():
    letter = list(text_of(entry(), TODAY))
    assert letter[0] == "A Centre: questions of 23 November 2026"
    assert any(line.startswith("How to answer:") for line in letter)
    assert letter.count("Answer:") == len(questions_for(entry(), TODAY))


def test_no_letter_has_a_key_of_the_format(data):
    for service in data.services:
        for line in text_of(service, TODAY):
            if "http" not in line and "@" not in line:
                assert not re.search(r"\w_\w|[{}]|\[\]|\b\w+\.\w+:", line), (service.id, line)
