"""What is said of a summary: only what stands clear of the noise, and always what it cannot tell."""

import pytest

from bot.counting.ledger import Standard, ledger
from bot.counting.releases import Release
from bot.counting.spread import Margin
from bot.counting.summary import TOLD, Names, summary
from bot.counting.wording import (
    HEADINGS,
    cautions,
    figure_in_words,
    folded,
    how_sure,
    made_from,
    quarter_in_words,
    sentences,
    talks,
)
from tests.counting.simulated import MADE, QUARTERS, small
from tests.directory.searching import VOCABULARY

NAMES = Names(VOCABULARY.needs, {}, {"a": "Aston"}, {})
STANDARD = Standard("S3", "1c", "a woman as key worker", "1 of 9 services states it.")


def told(*releases):
    return summary(releases, NAMES)


def test_every_table_has_a_heading():
    assert set(HEADINGS) == {table.name for table in TOLD}


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-Q1", "January to March 2026"),
        ("2026-Q4", "October to December 2026"),
        ("2026-Q5", "2026-Q5"),
        ("2026", "2026"),
    ],
)
def test_a_quarter_is_told_by_its_months(period, words):
    assert quarter_in_words(period) == words


def test_a_cell_says_the_figure_fewer_or_that_nobody_counted():
    shown = {"2026-Q2": 1500, "2026-Q3": None}
    assert [figure_in_words(shown, f"2026-Q{each}") for each in (1, 2, 3)] == [
        "not counted", "1,500", "fewer than 10",
    ]  # fmt: skip


def test_how_sure_a_figure_is_stands_in_numbers():
    said = how_sure(Margin(off=20, apart=30, by_chance=0.102), 1)
    assert "at most 20 above or below" in said
    assert "about 10 show one" in said
    assert "differ" not in said
    assert "differ by 30 or less" in how_sure(Margin(20, 30, 0.012), 2)
    assert "about 1 shows one" in how_sure(Margin(20, 30, 0.012), 2)


def test_talks_are_told_as_at_least():
    (total,) = told(small(outcome={"web.signposted": 1500, "web.urgent": None})).totals
    said = talks(total)
    assert said.startswith(f"July to September 2026: at least {total.at_least:,} talks.")
    assert "add up to 1,500" in said
    assert said.endswith("1 hidden row comes on top.")


def test_few_talks_are_told_without_a_number_of_them():
    (total,) = told(small(outcome={"web.urgent": None, "web.signposted": None})).totals
    assert "too few talks to say how many. 2 hidden rows come on top." in talks(total)
    (total,) = told(small(outcome={"web.signposted": 2000})).totals
    assert "hidden" not in talks(total)


def test_only_what_stands_clear_of_the_noise_is_named():
    rows = {"evening": 60, "woman_worker": 25, "creche": 20, "discreet": None}
    said = sentences(told(small(need=rows, unmet_council={"a": 10})))
    assert said[1].endswith(": Evening (60); Woman (25).")
    assert said[2].endswith(": nothing stands clear of the noise.")


def test_of_many_the_first_are_named_and_the_rest_counted():
    rows = dict.fromkeys(list(VOCABULARY.needs)[:8], 90)
    assert sentences(told(small(need=rows)))[1].endswith("; and 3 more.")


def test_a_standard_is_told_with_what_services_state():
    release = small(need={"woman_worker": 60})
    accounts = ledger(release, VOCABULARY.needs, [STANDARD], {})
    said = sentences(told(release), accounts)[-1]
    assert said.startswith("Standard 1c, a woman as key worker. 1 of 9 services states it.")
    without = small(council={"a": 10})
    assert sentences(told(without), accounts)[-1].endswith("states it.")


def test_rows_that_are_folded_are_all_named():
    rows = {f"row{number}": None for number in range(7)}
    release = small(language=rows)
    said = folded(told(release).tables["language"], 1)
    assert said.startswith("Fewer than 10, which may be none: row0; row1;")
    before = Release(QUARTERS[2], MADE[2], 1, {"language": rows})
    assert "in each quarter" in folded(told(before, release).tables["language"], 2)
    assert folded(told(small(language={"ur": 10})).tables["language"], 1) == ""


def test_how_many_files_of_counts_there_were_is_said():
    assert made_from(1) == "The figures come from one file of counts."
    assert "3 files of counts" in made_from(3)


def test_what_the_numbers_cannot_tell_is_said_in_both_reports():
    everything, short = cautions(), cautions(public=True)
    assert everything[: len(short)] == short
    assert any("a talk and not a woman" in each for each in short)
    assert any("No figure is exact" in each for each in short)
    assert any("two needs at most" in each for each in everything)
    assert any("pressed Leave" in each for each in everything)
