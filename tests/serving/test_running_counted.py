"""Running with a file of links and a folder of counts: what is opened, counted and written."""

import re
import signal
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.counting.counts_file import locked_counts, read
from bot.counting.periods import period_of
from bot.counting.tables import Span
from bot.serving.counting import london_day
from tests.serving.program import Program, Talk

URDU, POLISH, TEST, FORGED = "23456789", "3456789a", "0456789a", "9a8b7c6d"
LINK = '  - code: "{}"\n    made: 2026-11-01\n    language: {}\n    council: walsall\n'
FILE = "web: https://example.org\nlinks:\n" + LINK.format(URDU, "ur") + LINK.format(TEST, "hu")


class Counted(Program):
    """The program, its file of links and what stands in its counts."""

    def __init__(self, folder):
        self.links, self.counts = folder / "links.yaml", folder / "counts"
        self.links.write_text(FILE)
        self.counts.mkdir(mode=0o700)
        super().__init__(folder, LINNET_LINKS=str(self.links), LINNET_COUNTS=str(self.counts))

    def rows(self):
        """Every row with what stands in it; None before the file is there."""
        quarter = period_of(london_day(datetime.now(UTC)), Span.QUARTER)  # noqa: TID251  # the program's own clock
        with locked_counts(self.counts):
            tables = read(self.counts, quarter)
        return tables and Counter(
            {(name, row): count for name, table in tables.items() for row, count in table.items()}
        )

    def born(self):
        """The rows as they were born, each with its noise."""
        end = time.monotonic() + 60
        while not (rows := self.rows()):
            assert time.monotonic() < end
            time.sleep(0.02)
        return rows


@pytest.fixture
def program(tmp_path):
    with Counted(tmp_path) as started:
        yield started


def added(born, rows):
    """What came to each row, without those that nothing came to: the noise is the same in both."""
    return {name: count - born[name] for name, count in rows.items() if count != born[name]}


def language(talk):
    """The language that the page opened in."""
    return re.search(r'<html lang="(\w+)"', talk.page)[1]


def test_a_talk_by_a_link_is_counted_when_the_program_ends(program):
    born = program.born()
    talk = Talk(program, f"/{URDU}")
    assert language(talk) == "ur"
    talk.type("1")
    assert program.rows() == born
    assert program.stop() == 0
    assert added(born, program.rows()) == {("link", URDU): 1, ("language", "ur"): 1}
    assert URDU not in program.log()


@pytest.mark.parametrize("code", [TEST, FORGED], ids=["test visit", "forged"])
def test_a_link_that_does_not_count_is_in_no_row_of_links(program, code):
    born = program.born()
    talk = Talk(program, f"/{code}")
    for words in ("English", "1"):
        talk.type(words)
    assert program.stop() == 0
    came = {TEST: {}, FORGED: {("language", "en"): 1}}
    assert added(born, program.rows()) == came[code]
    assert code not in program.log()


def test_a_link_that_is_new_is_known_after_the_files_are_read_again(program):
    born = program.born()
    assert language(Talk(program, f"/{POLISH}")) == "en"
    program.links.write_text(FILE + LINK.format(POLISH, "pl"))
    program.process.send_signal(signal.SIGHUP)
    program.wait("data-taken")
    assert language(Talk(program, f"/{POLISH}")) == "pl"
    assert program.stop() == 0
    # Its row was born with noise at the end, so how many came by it is not to be seen.
    assert {name for name in program.rows() if name not in born} == {("link", POLISH)}


def test_a_file_of_links_that_is_broken_leaves_the_last_good_one(program):
    program.links.write_text("links: [")
    program.process.send_signal(signal.SIGHUP)
    program.wait("links-refused")
    program.wait("data-taken")
    assert language(Talk(program, f"/{URDU}")) == "ur"
