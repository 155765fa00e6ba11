"""The page of faults is true: every fault has a test that makes it happen."""

from tests.reliability_page import NOT_YET, PAGE, ROWS, kept, named_tests, page, write

NUMBERS = range(1, 44)


def test_every_fault_of_the_study_stands_in_it_once():
    assert [row.number for row in ROWS] == [*NUMBERS]


def test_every_fault_has_a_test_of_its_number_or_is_not_there_yet():
    assert {*NUMBERS} - {*named_tests()} == {*NOT_YET}, "a number with a test leaves NOT_YET"


def test_every_named_test_is_of_a_fault_that_there_is():
    assert {*named_tests()} <= {*NUMBERS}


def test_the_page_is_as_the_tests_are():
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(kept(written)), "run `make docs`"


def test_new_figures_take_the_place_of_the_old_and_nothing_else_changes(tmp_path):
    path = tmp_path / "reliability.md"
    write("| one |", path)
    write("| two |", path)
    assert (kept(path.read_text()), path.read_text()) == ("| two |", page("| two |"))


def test_a_page_without_figures_is_written_too(tmp_path):
    write(path=tmp_path / "reliability.md")
    assert kept((tmp_path / "reliability.md").read_text()) == ""


def test_a_test_is_found_by_its_number_and_others_are_not(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_a.py").write_text(
        "def test_fault_07_a_word(): ...\nasync def test_fault_7_more(): ...\n"
        "def test_faults(): ...\ndef fault_8_x(): ...\n"
    )
    names = ("tests/test_a.py::test_fault_07_a_word", "tests/test_a.py::test_fault_7_more")
    assert named_tests(folder) == {7: names}
