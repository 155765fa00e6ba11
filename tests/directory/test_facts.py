import pytest

from tests.directory.entries import entry

GROUP = "[{what: group, when: We 18:30-20:00, women_only: yes, creche: yes, online: yes}]"


def test_single_values_and_lists_become_sets():
    facts = entry(worker="{female: guaranteed}", by_and_for="[black, sikh]", who="women").facts
    assert facts["worker.female"] == {"guaranteed"}
    assert facts["by_and_for"] == {"black", "sikh"}
    assert facts["who"] == {"women"}
    assert facts["kind"] == {"womens_centre"}


def test_numbers_and_dates_are_facts_as_they_are_written():
    facts = entry(residential="{weeks: [12, 24]}", wait="{as_of: 2026-11}", kind="detox").facts
    assert facts["residential.weeks"] == {"12", "24"}
    assert facts["wait.as_of"] == {"2026-11"}


def test_what_is_not_stated_is_no_fact():
    assert not {"worker.female", "times.evening", "wait.short"} & set(entry().facts)


def test_the_facts_of_all_places_are_put_together():
    service = entry(
        places="[{id: a, address: shown, step_free: yes}, {id: b, address: shown, step_free: no}]"
    )
    assert service.facts["place.step_free"] == {"yes", "no"}


def test_free_text_is_no_fact():
    assert "name" not in entry().facts
    assert "summary.en" not in entry().facts


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Mo-Fr 09:00-19:00", "times.evening"),
        ("Fr-Sa 21:00-05:00", "times.night"),
        ("Sa 10:00-12:00", "times.weekend"),
        ("Mo-Fr 10:00-15:00", "times.school_hours"),
    ],
)
def test_times_follow_from_opening_hours(line, fact):
    assert entry(hours=f'{{open: ["{line}"]}}').has(fact)


def test_hours_that_do_not_reach_the_evening_are_no_stated_no():
    assert "times.evening" not in entry(hours='{open: ["Mo-Fr 09:00-17:00"]}').facts


def test_times_follow_from_sessions():
    service = entry(sessions=GROUP)
    assert service.has("times.evening")
    assert "times.school_hours" not in service.facts


def test_a_line_that_is_answered_in_the_evening_opens_no_building():
    contact = "[{type: phone, number: 0121 303 0000, answers: 24/7}]"
    place = "[{id: main, address: shown}]"
    assert entry(contact=contact).has("times.evening")
    assert not entry(contact=contact, places=place).has("times.evening")


def test_the_school_run_is_kept_free_when_the_entry_says_so():
    assert entry(times="{school_run: yes}").has("times.school_hours")


@pytest.mark.parametrize(
    ("contact", "fact", "there"),
    [
        ("{type: phone, number: 0121 303 0000}", "contact.phone", True),
        ("{type: phone, number: 0121 303 0000}", "contact.no_voice", False),
        ("{type: webchat, url: https://example.org}", "contact.no_voice", True),
        ("{type: website, url: https://example.org}", "contact.no_voice", False),
        ("{type: walk_in, say_where: The library}", "contact.phone", False),
    ],
)
def test_ways_to_get_in_touch_follow_from_contacts(contact, fact, there):
    assert entry(contact=f"[{contact}]").has(fact) is there


def test_one_contact_that_was_answered_is_enough():
    one = "{type: phone, number: 0121 303 0000, answered: yes}"
    other = "{type: phone, number: 0121 303 0001, answered: no}"
    assert entry(contact=f"[{one}, {other}]").facts["contact.answered"] == {"yes"}
    assert entry(contact=f"[{other}]").facts["contact.answered"] == {"no"}


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (["yes"], {"yes"}),
        (["no", "yes"], {"yes"}),
        (["yes", "no"], None),
        (["yes", "no", "no"], {"no"}),
    ],
)
def test_the_last_test_calls_say_whether_somebody_answers(ends, said):
    made = ", ".join(
        f"{{on: 2026-11-0{day}, by: editor, how: test_call, answered: {end}}}"
        for day, end in enumerate(ends, 1)
    )
    tested = "{type: phone, number: 0121 303 0000, tested: 2026-10-01, answered: yes}"
    assert entry(contact=f"[{tested}]", checks=f"[{made}]").facts.get("contact.answered") == said


@pytest.mark.parametrize(
    ("sessions", "fact", "there"),
    [
        ("[{what: women_only_group}]", "groups.women_only", True),
        ("[{what: group}]", "groups.women_only", False),
        ("[{what: drop_in, women_only: yes}]", "groups.women_only", False),
        ("[{what: drop_in}]", "ways.drop_in", True),
        ("[{what: outreach}]", "ways.outreach", True),
        ("[{what: class, online: yes}]", "ways.online_group", True),
        (GROUP, "groups.women_only", True),
        (GROUP, "children.creche", True),
        (GROUP, "ways.online_group", True),
    ],
)
def test_sessions_say_what_a_service_has(sessions, fact, there):
    assert entry(sessions=sessions).has(fact) is there


def test_walking_in_is_a_drop_in():
    assert entry(referral="{how: [phone, walk_in]}").has("ways.drop_in")


def test_what_follows_stands_above_what_is_stated():
    assert entry(ways="{drop_in: no}", sessions="[{what: drop_in}]").facts["ways.drop_in"] == {
        "yes"
    }


@pytest.mark.parametrize(("weeks", "short"), [(2, "yes"), (3, "no")])
def test_a_wait_of_two_weeks_is_short(weeks, short):
    facts = entry(wait=f"{{first_appointment_weeks: {weeks}}}").facts
    assert facts["wait.short"] == {short}


def test_sharing_is_stated_when_the_words_are_there():
    assert entry(sharing="{say: {en: We tell you first.}}").has("sharing.stated")


@pytest.mark.parametrize(
    ("keys", "several"),
    [
        ({"kind": "[womens_centre]"}, True),
        ({"kind": "[treatment]"}, False),
        ({"kind": "[treatment]", "on_site": "[debt]"}, False),
        ({"kind": "[treatment]", "on_site": "[debt, legal]"}, True),
    ],
)
def test_several_things_under_one_roof(keys, several):
    assert entry(**keys).has("on_site.several") is several
