"""An intruder: all talks but one are his, or he has two of everything. What can he tell of the one?

The bound is that of the shares in `bot/counting/tables.py`: what he sees is at most e**share times
as likely with her talk as without it. So his best guess whether there was one is right with odds
of at most e**share to 1 in one table (1.40 at a third), whatever he adds and however he guesses.
"""

import itertools
import math
import secrets
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counting.counts_file import pack, paths, with_counts, with_new_rows
from bot.counting.noise import laplace
from bot.counting.pending import Pending
from bot.counting.releasing import release, shown
from bot.counting.tables import LANGUAGE, NEED, TABLES, WRONG, Cell
from tests.counting.law import FAR, chance, deviation, seeded
from tests.counting.quarters import AFTER, CELL, DAY, MONTH, QUARTER, ROWS, files, flushed, tables
from tests.sessions.disks import quick_folder

ROUNDING = 1e-6  # of floats, and of what is beyond `FAR`
EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.fixture
def folder():
    with quick_folder() as found:
        yield found


# ---- what may be seen, as a law: each thing with its chance


def seen_in_file(talks, table):
    """The number on the disk for a row with so many talks."""
    return {talks + noise: chance(table.scale, noise) for noise in range(-FAR, FAR + 1)}


def seen_in_release(talks, table):
    """The figure of a row with so many talks."""
    law = Counter()
    for noised, mass in seen_in_file(talks, table).items():
        law[shown(noised)] += mass
    return law


def both(one, other):
    """Two things that are seen at once, each with its own noise."""
    return {
        (a, b): one[a] * other[b]
        for a, b in itertools.product(one, other)
        if one[a] * other[b] > 1e-12
    }


def worlds(seen, talks, table):
    """What is seen without her talk and with it; it adds to as many rows as the table lets it."""
    without, having = seen(talks, table), seen(talks + 1, table)
    if table.most == 1:
        return without, having
    return both(without, without), both(having, having)


def guessed(without, having):
    """How often the best guess is right, when she talked or not with equal chances."""
    return (
        sum(max(without.get(what, 0), having.get(what, 0)) for what in {**without, **having}) / 2
    )


def odds(right):
    return right / (1 - right)


# ---- Sybil: all talks but one are his


@EACH_TABLE
@pytest.mark.parametrize("talks", [0, 7, 9, 12, 40])
def test_the_release_is_about_as_likely_with_her_talk_as_without(table, talks):
    without, having = worlds(seen_in_release, talks, table)
    bound = math.exp(table.share) + ROUNDING
    likely = [what for what in without if without[what] > 1e-7 and what in having]
    assert likely
    assert all(1 / bound <= having[what] / without[what] <= bound for what in likely)


@EACH_TABLE
def test_threat_15_the_best_guess_from_a_release_is_within_the_odds(table):
    """He may add as many talks as he likes, to bring her row to where a figure changes."""
    best = max(odds(guessed(*worlds(seen_in_release, talks, table))) for talks in range(16))
    assert 1.05 < best <= math.exp(table.share) + ROUNDING


def test_without_noise_the_same_guess_would_be_certain():
    """Hiding below ten and rounding alone protect nobody: seven or nine fakes, and he knows."""
    assert shown(12) != shown(13)
    assert shown(9) != shown(10)
    assert guessed({shown(9): 1}, {shown(10): 1}) == 1


@EACH_TABLE
def test_the_best_guess_in_many_quarters_is_right_as_often_as_the_law_says(table):
    below, coin, quarters = seeded(11), Random(12), 20_000  # noqa: S311
    talks = max(range(16), key=lambda talks: guessed(*worlds(seen_in_release, talks, table)))
    without, having = worlds(seen_in_release, talks, table)
    right = 0
    for _ in range(quarters):
        she_talked = coin.random() < 0.5
        figures = [
            shown(talks + she_talked + laplace(table.scale, below)) for _ in range(table.most)
        ]
        what = figures[0] if table.most == 1 else tuple(figures)
        right += she_talked == (having.get(what, 0) > without.get(what, 0))
    rate, law = right / quarters, guessed(without, having)
    spread = math.sqrt(0.25 / quarters)
    assert abs(rate - law) < 4 * spread
    assert odds(rate - 4 * spread) <= math.exp(table.share)


def test_threat_15_in_quarters_really_kept_and_released_he_guesses_no_better():
    below, coin, quarters, right = seeded(21), Random(22), 250, 0  # noqa: S311
    his, share = 12, float(LANGUAGE.share)
    without, having = worlds(seen_in_release, his, LANGUAGE)
    for _ in range(quarters):
        she_talked = coin.random() < 0.5
        with quick_folder() as folder:
            rows = {LANGUAGE.name: ["ur"]}
            flushed(folder, *[CELL] * (his + she_talked), rows=rows, below=below)
            figure = release(folder, QUARTER, AFTER).tables[LANGUAGE.name]["ur"]
        right += she_talked == (having[figure] > without[figure])
    bound = math.exp(share) / (1 + math.exp(share))
    assert right / quarters < bound + 4 * math.sqrt(0.25 / quarters)


def test_a_talk_in_all_tables_of_a_quarter_gives_away_what_the_study_allows():
    """Rows of different tables have noise of their own, so the odds are multiplied."""
    quarterly = [table for table in TABLES if table is not WRONG]
    likelihood = math.prod(math.exp(float(table.share)) for table in quarterly)
    assert likelihood == pytest.approx(math.exp(2))


# ---- whoever takes the file


@EACH_TABLE
@pytest.mark.parametrize("talks", [0, 1, 25])
def test_threat_15_a_file_is_about_as_likely_with_her_talk_as_without(table, talks):
    without, having = worlds(seen_in_file, talks, table)
    bound = math.exp(table.share) + ROUNDING
    likely = [what for what in without if without[what] > 1e-9 and what in having]
    assert len(likely) > 20
    assert all(1 / bound <= having[what] / without[what] <= bound for what in likely)
    assert 1.05 < odds(guessed(without, having)) <= bound


def test_files_that_were_made_bear_the_bound_out():
    """20,000 files with no talk and 20,000 with one: each number about as often in both."""
    below, many, rows = seeded(31), 20_000, {LANGUAGE.name: ["ur"]}

    def numbers(counts):
        made = (with_new_rows({}, QUARTER, rows, below) for _ in range(many))
        return Counter(with_counts(born, counts)[LANGUAGE.name]["ur"] for born in made)

    none, one = numbers({}), numbers({LANGUAGE.name: {"ur": 1}})
    for number in range(-6, 8):
        ratio = one[number] / none[number]
        spread = math.sqrt(1 / one[number] + 1 / none[number])
        assert abs(math.log(ratio)) < float(LANGUAGE.share) + 4 * spread


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(Cell, st.sampled_from(sorted(ROWS)), st.text(max_size=9)), max_size=30))
def test_a_row_says_nothing_by_being_there(cells):
    with quick_folder() as nobody, quick_folder() as somebody:
        flushed(nobody)
        flushed(somebody, *cells, *[Cell(name, row) for name in ROWS for row in ROWS[name]])
        for period in (QUARTER, MONTH):
            shapes = [
                {name: set(rows) for name, rows in tables(folder, period).items()}
                for folder in (nobody, somebody)
            ]
            assert shapes[0] == shapes[1]
        assert files(nobody).keys() == files(somebody).keys()


def test_no_number_on_the_disk_is_of_a_kind_that_only_no_talk_or_only_a_talk_gives():
    below = seeded(41)
    drawn = [with_new_rows({}, QUARTER, ROWS, below)[NEED.name]["childcare"] for _ in range(3000)]
    assert min(drawn) < 0 < max(drawn)
    assert {0, 1, -1} <= set(drawn)


# ---- differencing: he has two of something


def test_threat_15_two_releases_cannot_be_subtracted_for_there_is_one(folder):
    flushed(folder, *[CELL] * 40)
    first = release(folder, QUARTER, AFTER)
    pending = Pending()
    pending.add([CELL] * 40, DAY)  # a worker that comes late
    pending.flush(folder, ROWS, AFTER, secrets.randbelow)
    assert release(folder, QUARTER, AFTER) == first
    assert not any(path.exists() for path in paths(folder, QUARTER))


def test_what_is_drawn_once_cannot_be_averaged_away(folder):
    flushed(folder, CELL)
    before = files(folder)
    for _ in range(20):
        flushed(folder)
        assert files(folder) == before


def test_the_two_copies_of_a_file_are_the_same_after_every_flush(folder):
    for _ in range(5):
        flushed(folder, CELL)
        path, copy = paths(folder, QUARTER)
        assert path.read_bytes() == copy.read_bytes()


def test_the_files_of_two_writers_have_noise_of_their_own():
    """Their difference is as wide as two noises, so it tells no more than either does."""
    rows = {LANGUAGE.name: [f"l{number}" for number in range(4000)]}
    below = seeded(51)
    one, other = (with_new_rows({}, QUARTER, rows, below)[LANGUAGE.name] for _ in range(2))
    differences = [one[row] - other[row] for row in one]
    spread = math.sqrt(sum(value**2 for value in differences) / len(differences))
    assert spread == pytest.approx(math.sqrt(2) * deviation(float(LANGUAGE.scale)), rel=0.06)


def test_the_difference_of_two_writers_is_about_as_likely_with_her_talk_as_without():
    few = range(-60, 61)
    noise = {value: chance(float(LANGUAGE.scale), value) for value in few}
    law = Counter()
    for one, other in itertools.product(few, few):
        law[one - other] += noise[one] * noise[other]
    bound = math.exp(LANGUAGE.share) + 1e-4
    assert all(1 / bound <= law[d - 1] / law[d] <= bound for d in range(-30, 31))


def test_a_row_that_is_taken_out_or_put_in_moves_no_other_number(folder):
    flushed(folder, CELL)
    before = files(folder)
    fewer = {**ROWS, "wrong": ["suit"], "link": [], "language": ["en"]}
    flushed(folder, rows=fewer)
    assert files(folder) == before
    old = tables(folder)
    flushed(folder, rows={**ROWS, "link": ["3fQz9x", "new"]})
    new = tables(folder)
    assert new["link"].pop("new") is not None
    assert new == old


def test_a_release_has_the_rows_that_were_taken_out(folder):
    flushed(folder, CELL)
    flushed(folder, rows={})
    assert set(release(folder, QUARTER, AFTER).tables["language"]) == {"en", "ur", "pl"}


def test_who_takes_the_file_twice_sees_what_came_in_between(folder):
    """Said openly (decision 26): noise that is drawn once hides one look, not two."""
    flushed(folder, CELL)
    before = tables(folder)
    flushed(folder, CELL, CELL)
    assert tables(folder)["language"]["ur"] - before["language"]["ur"] == 2


def test_what_stood_in_a_file_is_not_left_beside_it(folder):
    """An older file that was only unlinked would be the second look."""
    flushed(folder, CELL)
    with paths(folder, QUARTER)[0].open("rb") as old, paths(folder, QUARTER)[1].open("rb") as copy:
        flushed(folder, CELL)
        assert set(old.read()) == set(copy.read()) == {0}
    assert pack(QUARTER, tables(folder)) == paths(folder, QUARTER)[0].read_bytes()
