"""One service as words: honest about what is not known, and never more than was done."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.describing import checked, describe, frozen_line
from bot.conversation.frozen import LINES
from bot.directory.model import Check, Hours, Place, Verified
from bot.documents import Scalar
from bot.locales import phrases as say
from bot.problems import Mark

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def lines(service, voice, at=MONDAY, **more):
    return describe(service, voice, at, **more).lines


# ---- when it was checked


@pytest.mark.parametrize(
    ("verified", "stale", "said"),
    [
        (
            Verified("2026-09", "editor", "web_page"),
            False,
            ("Last seen on a web page in September 2026. Not yet confirmed by phone.",),
        ),
        (
            Verified("2020", "editor", "web_page"),
            True,
            (
                "Last seen on a web page in 2020. Not yet confirmed by phone.",
                "This is older than a year. Please check before you go.",
            ),
        ),
        (
            Verified(None, "editor", "web_page"),
            True,
            ("The page had no date. Not yet confirmed by phone.",),
        ),
        (
            Verified("2026-11-01", "service", "phone"),
            False,
            ("Confirmed by phone in November 2026.",),
        ),
        (
            Verified("2026-11", "service", "email"),
            False,
            ("Confirmed by email in November 2026.",),
        ),
        (
            Verified("2026-11", "outreach", "visit"),
            False,
            ("Confirmed on a visit in November 2026.",),
        ),
    ],
)
def test_the_date_of_the_last_check_is_said_as_it_is(english, verified, stale, said):
    assert checked(verified, english, stale=stale) == said


def test_no_service_of_the_starter_directory_is_called_confirmed(world, english):
    for service in world.material.services.values():
        assert "Not yet confirmed by phone." in " ".join(lines(service, english))


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("yes", "Answered when we tried in October 2026"),
        ("no", "Nobody answered when we tried in October 2026"),
    ],
)
def test_the_last_test_call_is_told_with_its_month(english, service, answered, said):
    call = Check("2026-10-05", "editor", "test_call", answered=answered)
    assert said in lines(replace(service, checks=(call,)), english)


def test_a_later_check_of_all_of_it_is_the_one_that_is_told(english, service):
    check = Check("2026-11-05", "service", "phone")
    assert "Confirmed by phone in November 2026." in lines(
        replace(service, checks=(check,)), english
    )
    part = replace(check, groups=("contact",))
    told = " ".join(lines(replace(service, checks=(part,)), english))
    assert "Not yet confirmed by phone." in told


def test_without_a_test_call_nothing_is_said_of_one(english, service):
    assert "when we tried" not in " ".join(lines(service, english))


# ---- when it is open


def test_hours_that_may_differ_on_a_bank_holiday_say_so(english, service):
    boxing_day = datetime(2026, 12, 28, 11, tzinfo=UTC)  # the substitute day
    unsure = replace(service, hours=Hours(open=("Mo-Fr 09:00-17:00",)))
    assert "May differ on bank holidays and in school holidays" in lines(
        unsure, english, boxing_day
    )


def test_a_place_without_hours_says_that_they_are_not_known(english, service):
    assert "Opening times not known. Ring first." in lines(
        replace(service, hours=Hours()), english
    )


def test_a_line_without_a_place_says_nothing_about_opening(english, service):
    bare = replace(service, hours=Hours(), places=(), activities=())
    assert not any("Opening" in line for line in lines(bare, english))


# ---- where


def test_a_hidden_address_is_never_shown(world, english):
    for service in world.material.services.values():
        for place in service.places:
            if place.address == "hidden":
                assert place.street is None
                assert "They tell you where it is when you get in touch." in lines(
                    service, english
                )


def test_an_area_is_shown_without_the_street(english, service):
    place = Place("main", "area_only", Mark(), town="Balsall Heath", street="1 Secret Street")
    said = lines(replace(service, places=(place,)), english)
    assert "In Balsall Heath" in said
    assert "Secret" not in " ".join(said)


def test_an_area_without_a_name_says_nothing(english, service):
    place = Place("main", "area_only", Mark())
    assert not any(
        line.startswith("In ") for line in lines(replace(service, places=(place,)), english)
    )


# ---- for whom, and in which words


@pytest.mark.parametrize(
    ("ages", "said"),
    [((18, None), "From age 18"), ((11, 18), "For ages 11 to 18"), ((None, None), None)],
)
def test_ages_are_said_when_they_are_stated(english, service, ages, said):
    aged = replace(service, age_from=ages[0], age_to=ages[1])
    found = [line for line in lines(aged, english) if "age" in line.split()[:2] or "ages" in line]
    assert found == ([said] if said else [])


def test_words_of_the_service_are_marked_as_english_in_other_languages(world, service):
    polish = world.catalogues.voice("pl")
    assert service.summary["en"] in describe(service, polish, MONDAY).about
    assert describe(service, polish, MONDAY).about != service.summary["en"]


def test_words_in_her_language_come_as_they_are(world, service):
    own = replace(service, summary={"en": "Help.", "pl": "Pomoc."})
    assert describe(own, world.catalogues.voice("pl"), MONDAY).about == "Pomoc."


def test_the_wait_is_told_with_its_date(world, english, service):
    def scalar(text):
        return (Scalar(text, Mark(), text, plain=True),)

    stated = {
        **service.stated,
        "wait.first_appointment_weeks": scalar("3"),
        "wait.as_of": scalar("2026-11-01"),
    }
    said = lines(replace(service, stated=stated), english)
    assert "First visit after about 3 weeks, as of November 2026" in said


def test_a_hidden_place_beside_an_open_one_is_not_named(english, service):
    places = (
        Place("main", "area_only", Mark(), town="Balsall Heath"),
        Place("house", "hidden", Mark(), town="Kings Heath"),
    )
    assert "Kings Heath" not in " ".join(lines(replace(service, places=places), english))


# ---- numbers that stand when the directory does not


def test_a_frozen_line_stands_in_for_a_missing_entry(world, english):
    samaritans = frozen_line("samaritans", english)
    assert (samaritans.name, samaritans.ways[0].link) == ("Samaritans", "tel:116123")
    shout = frozen_line("shout", english)
    assert (shout.ways[0].link, shout.ways[0].notes) == ("sms:85258", ("Send the word SHOUT",))
    assert frozen_line("nobody", english) is None


def test_frozen_numbers_are_the_directory_s(world, data):
    entries = {service.id: service for service in data.services}
    for id, line in LINES.items():
        assert line.number in [contact.value for contact in entries[id].contacts], id


def test_every_number_of_the_urgent_flow_has_a_frozen_line_or_another_beside_it(world):
    for name, planned in world.material.plan.steps.items():
        if name.startswith("urgent.") and planned.step.contacts:
            assert any(contact.text in LINES for contact in planned.step.contacts) or (
                name == "urgent.child"
            )


@pytest.mark.parametrize(
    ("on", "how", "told"),
    [
        ("2026-04-01", "phone", True),
        ("2026-08-01", "phone", False),
        ("2026-04-01", "web_page", False),
    ],
)
def test_a_number_that_was_confirmed_long_ago_may_have_changed(service, english, on, how, told):
    confirmed = replace(service, verified=Verified(on, "editor", how))
    lines = describe(confirmed, english, MONDAY).lines
    assert (say.MAY_HAVE_CHANGED.text in lines) is told
