from pathlib import Path

from bot.directory.checks import check_directory, fit_to_show, read_do_not_ship
from bot.directory.findings import Gone
from bot.directory.loader import read_services
from bot.directory.model import Service
from bot.problems import Problem
from tests.directory.entries import DIRECTORY, TODAY, entry, shipped_places

LINES = {
    "kind": "helpline",
    "area": "{national: yes}",
    "contact": "[{type: phone, number: 0808 000 0001, answers: 24/7}]",
}


def whole(*services: Service) -> list[str]:
    found = check_directory(services, shipped_places(), TODAY)
    return [problem.rule for problem in found]


def test_two_national_lines_that_answer_always_are_enough():
    assert whole(entry(id="one", **LINES), entry(id="a-centre", name="Red", **LINES)) == [
        "id-not-file-name"
    ]


def test_drafts_and_local_lines_are_no_national_helplines():
    draft = entry(status="draft", **LINES)
    local = entry(**{**LINES, "area": "{councils: [dudley]}"})
    assert {"too-few-helplines", "nobody-answers"} <= set(whole(draft, local))


def test_a_directory_without_entries_has_nobody_who_answers():
    found = check_directory((), shipped_places(), TODAY)
    assert [str(problem) for problem in found] == [
        "directory/services:1:1: error: no national helpline answers Mo 00:00 to Su 24:00; "
        "add a 24-hour line [nobody-answers]",
        "directory/services:1:1: error: only 0 national helplines are active; "
        "at least 2 must be [too-few-helplines]",
    ]


def test_branches_in_different_councils_may_share_a_number():
    here = entry(id="here", area="{councils: [dudley]}")
    there = entry(id="there", area="{councils: [walsall]}")
    assert "duplicate" not in whole(here, there)
    assert "duplicate" in whole(here, entry(id="there", area="{councils: [dudley, walsall]}"))


def test_an_entry_with_an_error_is_not_fit_to_show():
    good, bad = entry(), entry(status="active")
    draft = entry(status="draft")
    error = Problem(bad.path, 1, 1, "error", "Wrong.", "wrong")
    warning = Problem(bad.path, 1, 1, "warning", "Odd.", "odd")
    assert fit_to_show([good, draft], [warning]) == (good,)
    assert fit_to_show([bad], [error, warning]) == ()


def test_problems_are_sorted_by_file_and_place():
    services = [entry(id="b"), entry(id="c", age="{from: 9, to: 3}")]
    found = check_directory(services, shipped_places(), TODAY)
    assert found == sorted(found)


def test_the_shipped_directory_has_no_problems_that_keep_an_entry_from_her():
    services, unread = read_services(DIRECTORY / "services", "directory/services")
    gone, unreadable = read_do_not_ship(DIRECTORY, "directory")
    found = check_directory(services, shipped_places(), TODAY, gone)
    problems = [*unread, *unreadable, *found]
    assert [str(problem) for problem in problems if problem.level == "error"] == []
    assert len(services) > 90


def test_the_names_that_must_not_come_back_are_read():
    gone, problems = read_do_not_ship(DIRECTORY, "directory")
    assert problems == []
    assert gone[0].spellings == ("Ask for ANI", "Ask ANI", "ANI codeword", "ANI scheme")
    assert "4 November 2024" in gone[0].why


def test_a_list_of_names_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    assert read_do_not_ship(tmp_path, "directory")[1][0].rule == "unreadable"
    (tmp_path / "do_not_ship.yaml").write_text("schema: 1\nnames: [{why: It ended.}]\n")
    gone, problems = read_do_not_ship(tmp_path, "directory")
    assert gone == ()
    assert [problem.rule for problem in problems] == ["missing"]


def test_a_name_that_ended_may_stand_in_the_notes():
    gone = (Gone("Ask for ANI", ("Ask for ANI",), "it ended"),)
    service = entry(notes="[Replaces Ask for ANI.]", name="Ask for animals")
    rules = [problem.rule for problem in check_directory([service], shipped_places(), TODAY, gone)]
    assert "must-not-ship" not in rules
