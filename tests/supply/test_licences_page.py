"""The list of packages is as the lock and the installed packages make it."""

from tests.supply.licences_page import PAGE, asked_for, made, page, read_uses
from tests.supply.locked import OURSELVES, applies, read_lock, runtime

PINS, USES = read_lock(), read_uses()[0]


def test_the_page_is_as_the_lock_makes_it():
    assert PAGE.read_text(encoding="utf-8") == made(), "run `make docs`"


def test_the_file_has_no_mistake():
    assert read_uses()[1] == []


def test_it_says_what_each_package_is_for_that_we_ask_for_and_no_other():
    assert USES.keys() == asked_for(PINS)
    assert all(USES.values())


def test_every_package_stands_in_it_once():
    words = made()
    for name, pin in PINS.items():
        assert words.count(f"\n| {name} | {pin.version} | ") == applies(pin), name


def test_it_says_whether_the_aim_is_met():
    few = {
        name: pin for name, pin in PINS.items() if name in runtime(PINS) and OURSELVES in pin.by
    }
    assert f"There are {len(few)}, so it is met." in page(few, USES)
    assert ("so it is not met" in made()) == (len(_running(made())) > 25)


def _running(words):
    table = words.partition("## What Linnet runs with")[2].partition("## Only")[0]
    return [line for line in table.splitlines() if line.startswith("| ")][1:]
