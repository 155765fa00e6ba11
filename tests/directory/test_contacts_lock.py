"""The lock knows every contact that ships, and keeps from her what it does not know."""

from dataclasses import replace

import pytest

from bot.directory.checks import fit_to_show
from bot.directory.contact_sums import contacts_of
from bot.directory.contacts_lock import (
    FILE,
    ROLES,
    Line,
    begun,
    compare,
    difference,
    parse,
    read_lock,
    signed,
    text_of,
)
from bot.directory.loader import read_services
from tests.directory.entries import DIRECTORY, entry

SUM = "0123456789abcdef" * 2
OTHER = "[{type: phone, number: 0121 303 0001}]"


def lines_of(text):
    return parse(text, "directory/contacts.lock")


def rules(lines, *services, **more):
    return [problem.rule for problem in compare(lines, services, "directory", **more)]


# ---- what ships


def test_the_shipped_lock_is_what_would_be_written():
    services, _ = read_services(DIRECTORY / "services", "directory/services")
    lines, problems = read_lock(DIRECTORY, "directory")
    assert problems == []
    assert compare(lines, services, "directory") == []
    assert text_of(lines) == (DIRECTORY / FILE).read_text(encoding="utf-8")


def test_nothing_that_ships_is_called_reviewed_that_no_one_reviewed():
    services, _ = read_services(DIRECTORY / "services", "directory/services")
    lines, _ = read_lock(DIRECTORY, "directory")
    assert {line.key: (line.role, line.date) for line in lines} == {
        line.key: (line.role, line.date) for line in begun(services)
    }
    assert "Nobody has reviewed such a contact a second time;" in (
        DIRECTORY / FILE
    ).read_text().replace("\n# ", " ")


# ---- reading


def test_a_line_is_read_with_its_place():
    lines, problems = lines_of(f"# words\n\na-centre phone {SUM} second_editor 2026-11\n")
    assert lines == (Line("a-centre", "phone", SUM, "second_editor", "2026-11", 3),)
    assert problems == []


@pytest.mark.parametrize("date", ["2026", "2026-01", "none"])
@pytest.mark.parametrize("role", ROLES)
def test_every_role_and_date_can_be_read(role, date):
    lines, _ = lines_of(f"a phone {SUM} {role} {date}\r\n")
    assert (lines[0].role, lines[0].date) == (role, date)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"A phone {SUM} editor 2026-01", 1),
        (f"a fone {SUM} editor 2026-01", 3),
        ("a phone 0123 editor 2026-01", 9),
        (f"a phone {SUM.upper()} editor 2026-01", 9),
        (f"a phone {SUM} Jo 2026-01", 42),
        (f"a phone {SUM} editor 2026-13", 49),
        (f"a phone {SUM} editor", 48),
        (f"a phone {SUM} editor 2026-01 # by Jo", 57),
        (f"a phone {SUM} editor ２０２６", 49),
        (f" a phone {SUM} editor 2026", 1),
    ],
)
def test_a_line_that_is_none_locks_nothing_and_says_where(line, column):
    lines, problems = lines_of(line)
    assert lines == ()
    assert [(one.line, one.column, one.rule) for one in problems] == [(1, column, "lock-line")]


def test_a_line_that_stands_there_twice_is_told():
    lines, problems = lines_of(f"a phone {SUM} editor 2026\na phone {SUM} second_editor 2026-11")
    assert [line.role for line in lines] == ["editor"]
    assert "already on line 1" in problems[0].sentence


@pytest.mark.parametrize("bytes", [None, b"\xff"])
def test_a_lock_that_cannot_be_read_is_one_problem(tmp_path, bytes):
    if bytes:
        (tmp_path / FILE).write_bytes(bytes)
    lines, problems = read_lock(tmp_path, "directory")
    assert lines == ()
    assert [str(one).split(": ")[0] for one in problems] == ["directory/contacts.lock:1:1"]
    assert problems[0].rule == "lock-missing"


# ---- comparing


def test_an_entry_whose_contacts_are_locked_is_shown():
    service = entry()
    problems = compare(begun([service]), [service], "directory")
    assert fit_to_show([service], problems) == (service,)


@pytest.mark.parametrize(
    "keys",
    [
        {"contact": OTHER},
        {"contact": "[{type: phone, number: 0121 303 0000}, {type: webchat, url: https://a.org}]"},
        {"places": "[{id: a, address: shown, street: 1 Example Street}]"},
        {"organisation": "{website: https://example.org}"},
        {"id": "other"},
    ],
)
def test_an_entry_with_a_contact_that_is_not_locked_is_not_shown(keys):
    lines, service = begun([entry()]), entry(**keys)
    assert fit_to_show([service], compare(lines, [service], "directory")) == ()


def test_an_entry_that_lost_a_contact_is_not_shown():
    lines = begun([entry(contact="[{type: phone, number: 111}, {type: phone, number: 999}]")])
    service = entry(contact="[{type: phone, number: 111}]")
    problems = compare(lines, [service], "directory")
    assert [problem.rule for problem in problems] == ["contact-gone"]
    assert problems[0].sentence.startswith("the phone of line 0 in directory/contacts.lock is not")
    assert fit_to_show([service], problems) == ()


def test_the_rest_of_the_directory_stays():
    good, bad = replace(entry(), path="directory/services/good.yaml"), entry(id="b", contact=OTHER)
    lines = begun([good, entry(id="b")])
    assert fit_to_show([good, bad], compare(lines, [good, bad], "directory")) == (good,)


def test_a_line_of_no_entry_is_told_in_the_lock_unless_its_entry_cannot_be_read():
    lines = begun([entry()])
    assert rules(lines) == ["contact-gone"]
    assert compare(lines, [], "directory")[0].path == "directory/contacts.lock"
    assert rules(lines, unread={"a-centre"}) == []


def test_what_to_do_is_said_in_the_file_of_the_entry():
    (problem,) = compare((), [entry()], "directory")
    assert str(problem) == (
        "services/a-centre.yaml:9:33: error: this phone is not in directory/contacts.lock; "
        "let somebody else check it, then run 'linnet directory lock a-centre --by ROLE' "
        "[contact-not-locked]"
    )


# ---- writing


def test_what_has_not_changed_keeps_who_signed_it():
    service = entry()
    old = begun([service])
    assert signed(old, contacts_of(service), "second_editor", "2026-11") == old
    (again,) = signed(old, contacts_of(service), "second_editor", "2026-11", again=True)
    assert (again.role, again.date) == ("second_editor", "2026-11")


def test_what_changed_is_signed_and_what_is_gone_goes():
    service = entry(contact=OTHER)
    lines = signed(begun([entry()]), contacts_of(service), "service", "2026-11")
    assert [(line.role, line.date) for line in lines] == [("service", "2026-11")]
    found = difference(lines, contacts_of(service))
    assert (found.new, found.gone) == ((), ())


def test_a_first_lock_has_the_month_of_each_entry_or_none():
    for on, date in (("2026-09-30", "2026-09"), ("2026-09", "2026-09"), ("2020", "2020")):
        (line,) = begun([entry(verified=f'{{by: outreach, how: visit, on: "{on}"}}')])
        assert (line.role, line.date) == ("outreach", date)
    assert begun([entry()])[0].date == "none"


def test_a_lock_is_written_sorted_and_read_as_it_was():
    lines = begun([entry(id="b"), entry(id="a", contact=OTHER)])
    text = text_of(lines)
    assert text == text_of(reversed(lines))
    found, problems = lines_of(text)
    assert problems == []
    assert [line.entry for line in found] == ["a", "b"]
    assert text_of(found) == text
