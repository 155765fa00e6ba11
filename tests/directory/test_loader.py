from pathlib import Path

from bot.directory.loader import load_directory, load_service, read_services
from bot.directory.model import Contact, Hours, Source, Status, Verified
from bot.documents import Document
from tests.directory.entries import DIRECTORY, entry, written


def test_a_whole_entry_becomes_a_service():
    service = entry()
    assert (service.id, service.name, service.path) == (
        "a-centre",
        "A Centre",
        "services/a-centre.yaml",
    )
    assert service.status is Status.ACTIVE
    assert service.kinds == ("womens_centre",)
    assert service.summary == {"en": "A quiet place to talk."}
    assert service.verified == Verified(None, "editor", "web_page")
    assert service.councils == ("birmingham",)


def test_what_is_not_stated_is_not_known():
    service = entry()
    assert service.hours == Hours()
    assert (service.places, service.activities, service.sources, service.notes) == ((), (), (), ())
    assert (service.age_from, service.age_to, service.organisation) == (None, None, None)
    assert not service.national
    assert not service.must_live_there


def test_a_contact_carries_all_that_is_said_about_it():
    service = entry(
        contact="[{type: text, number: 85258, say: SHOUT, label: office, cost: free, "
        "answers: 24/7, languages: [en, pa], anonymous: yes, tested: 2026-11-01, answered: no, "
        "note: Not on Sundays.}]"
    )
    (contact,) = service.contacts
    assert contact == Contact(
        type="text",
        value="85258",
        mark=contact.mark,
        label="office",
        say="SHOUT",
        cost="free",
        answers=("24/7",),
        languages=("en", "pa"),
        anonymous="yes",
        tested="2026-11-01",
        answered="no",
        note="Not on Sundays.",
    )
    assert contact.needs_no_voice


def test_each_type_of_contact_has_its_own_value():
    service = entry(
        contact="[{type: email, address: hello@example.org}, {type: webchat, url: https://a.org},"
        " {type: walk_in, say_where: The library}, {type: relay, url: https://b.org},"
        " {type: relay, number: 18000}]"
    )
    assert [contact.value for contact in service.contacts] == [
        "hello@example.org",
        "https://a.org",
        "The library",
        "https://b.org",
        "18000",
    ]


def test_a_place_knows_its_outcode():
    service = entry(
        places="[{id: main, address: shown, name: The Hub, street: 1 Example Street, "
        "town: Birmingham, postcode: B12 9AA}, {id: second, address: area_only}]"
    )
    assert [place.outcode for place in service.places] == ["B12", None]
    assert service.places[0].town == "Birmingham"
    assert service.places[1].mark.line == 10


def test_hours_sessions_and_sources_are_read():
    service = entry(
        hours='{open: ["Mo 09:00-12:00"], bank_holidays: closed, closed_on: [2026-12-24]}',
        sessions='[{what: drop_in, name: Coffee, when: "Tu 10:00-12:00", where: Upstairs, '
        "term_only: yes}, {what: class}]",
        sources="[{where: their leaflet, seen: 2025-06, gives: hours}]",
        notes="[Two sources differ.]",
    )
    assert service.hours == Hours(
        ("Mo 09:00-12:00",), "closed", None, (("2026-12-24", "2026-12-24"),)
    )
    assert [(each.what, each.when, each.term_only) for each in service.activities] == [
        ("drop_in", ("Tu 10:00-12:00",), "yes"),
        ("class", (), None),
    ]
    assert service.sources == (Source("their leaflet", "2025-06", "hours"),)
    assert service.notes == ("Two sources differ.",)


def test_hours_with_an_empty_list_are_never_open():
    assert entry(hours="{open: []}").hours.open == ()


def test_area_age_and_organisation_are_read():
    service = entry(
        area="{national: yes, must_live_there: yes, nations: [england]}",
        age="{from: 18, to: 25}",
        organisation="{name: A Charity}",
        discreet_name="The Hub",
    )
    assert service.national
    assert service.must_live_there
    assert (service.age_from, service.age_to) == (18, 25)
    assert (service.organisation, service.discreet_name) == ("A Charity", "The Hub")


def test_a_text_can_be_asked_for_in_its_languages():
    service = entry(referral="{self: yes, start: {en: Ring us., pl: Zadzwoń.}}")
    assert service.words("referral.start") == {"en": "Ring us.", "pl": "Zadzwoń."}
    assert service.words("sharing.say") == {}


def test_every_value_keeps_its_place_in_the_file():
    (found,) = entry().stated["contact[0].number"]
    assert (found.text, found.mark.line, found.mark.column) == ("0121 303 0000", 9, 33)


def test_an_entry_with_an_error_is_left_out_and_all_its_errors_are_told():
    service, problems = load_service(written(status="actve", name="", worker="{femal: no}"))
    assert service is None
    assert [problem.rule for problem in problems] == ["missing", "not-a-choice", "unknown-key"]


def test_an_entry_that_cannot_be_read_at_all_brings_nothing():
    assert load_service(Document("a.yaml", None)) == (None, [])


def test_one_wrong_entry_does_not_stop_the_others():
    services, problems = load_directory([written(status="actve"), written(), written(id="b")])
    assert [service.id for service in services] == ["a-centre", "b"]
    assert len(problems) == 1


def test_a_draft_may_wait_for_its_first_contact():
    assert entry(status="draft", contact="[]").contacts == ()


def test_entries_are_read_from_the_folders_below_and_notes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "dudley").mkdir()
    (tmp_path / "dudley" / "b.yaml").write_text("schema: 1\n")
    (tmp_path / "README.md").write_text("how to")
    (tmp_path / "c.yml").write_text("schema: 1\n")
    _, problems = read_services(tmp_path, "services")
    assert {(problem.path, problem.rule) for problem in problems} == {
        ("services/c.yml", "stray-file"),
        ("services/dudley/b.yaml", "missing"),
    }


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [")
    services, problems = read_services(tmp_path, "services")
    assert services == ()
    assert [problem.path for problem in problems] == ["services/a.yaml"]


def test_the_example_of_the_guide_is_a_whole_entry(tmp_path: Path) -> None:
    guide = (DIRECTORY / "README.md").read_text(encoding="utf-8")
    (tmp_path / "example-womens-hub.yaml").write_text(guide.split("```yaml\n")[1].split("```")[0])
    services, problems = read_services(tmp_path, "services")
    assert problems == []
    assert [service.id for service in services] == ["example-womens-hub"]
