"""A summary tells what releases show: no more, nothing joined, nothing worked out from what is hidden."""

from random import Random

import pytest

from bot.counting.releases import FEWEST, STEP, Release
from bot.counting.spread import margin
from bot.counting.summary import FEW, Names, summary
from bot.counting.tables import LANGUAGE, NEED, NOT_SAID, OUTCOME, TABLES
from tests.counting import simulated
from tests.counting.simulated import MADE, QUARTERS, small
from tests.directory.searching import VOCABULARY

COUNCILS = {"a": "Aston", "b": "Bilston"}
NAMES = Names(VOCABULARY.needs, {"ur": "Urdu"}, COUNCILS, {"k7m2x9pa": "Library"})


def told(*releases):
    return summary(releases, NAMES)


def words(release, table):
    return [line.words for line in told(release).tables[table].lines]


def test_without_a_release_there_is_nothing_to_tell():
    with pytest.raises(ValueError, match="no release"):
        told()


def test_the_largest_come_first_and_hidden_rows_last_as_they_were():
    lines = (
        told(small(language={"x": None, "ur": 20, "y": None, "en": 40})).tables["language"].lines
    )
    assert [line.row for line in lines] == ["en", "ur", "x", "y"]


def test_rows_are_called_by_their_words_and_unknown_ones_as_they_are():
    assert words(small(language={"ur": 20, "xx": 10}), "language") == ["Urdu", "xx"]
    assert words(small(council={"a": 20, NOT_SAID: 10, "old": None}), "council") == [
        "Aston", "No place was said", "old",
    ]  # fmt: skip
    assert words(small(unmet_council={"b": 20}), "unmet-council") == ["Bilston"]
    assert words(small(need={"evening": 20, "gone": 10}), "need") == ["Evening", "gone"]
    assert words(small(outcome={"web.urgent": 20, "telegram.no-match": 10}), "outcome") == [
        "Web page: urgent help was opened", "Telegram: no service was found",
    ]  # fmt: skip


def test_a_link_has_the_words_of_its_own_file_and_else_its_code():
    assert words(small(link={"k7m2x9pa": 20, "p3q8w2ne": 10}), "link") == ["Library", "p3q8w2ne"]


def test_a_need_brings_the_rows_of_the_study_and_nothing_else_does():
    shown = told(small(need={"woman_worker": 20}, council={"a": 20})).tables
    assert shown["need"].lines[0].promises == VOCABULARY.needs["woman_worker"].promises
    assert shown["council"].lines[0].promises == ()


def test_quarters_stand_side_by_side_and_a_row_that_was_not_counted_is_left_out():
    before = Release(QUARTERS[2], MADE[2], 3, {"language": {"ur": 15, "gone": 10}})
    both = told(before, small(language={"ur": None, "new": 10}))
    by_row = {line.row: line.shown for line in both.tables["language"].lines}
    assert by_row == {
        "new": {"2026-Q3": 10},
        "ur": {"2026-Q2": 15, "2026-Q3": None},
        "gone": {"2026-Q2": 10},
    }
    assert list(by_row) == ["new", "ur", "gone"]
    assert both.periods == ("2026-Q2", "2026-Q3")
    assert both.made == MADE[-1]
    assert both.sources == 1


def test_the_margin_holds_for_the_quarter_with_the_most_files():
    before = Release(QUARTERS[2], MADE[2], 3, {"language": {"ur": 15}})
    assert told(before, small(language={"ur": 20})).tables["language"].margin == margin(
        LANGUAGE, 3
    )


def test_a_table_that_nobody_counted_and_reports_of_mistakes_are_not_told():
    shown = told(small(wrong={"a-service": 10}, need={}, council={"a": 10})).tables
    assert list(shown) == ["council"]


def test_many_rows_without_a_figure_are_folded_and_few_are_listed():
    few = {f"row{number}": None for number in range(FEW)}
    table = told(small(language={"ur": 20, **few})).tables["language"]
    assert len(table.listed) == FEW + 1
    assert table.folded == ()
    table = told(small(language={"ur": 20, **few, "more": None})).tables["language"]
    assert [line.row for line in table.listed] == ["ur"]
    assert len(table.folded) == FEW + 1


def test_a_row_with_a_figure_in_an_earlier_quarter_is_listed():
    rows = {f"row{number}": None for number in range(9)}
    before = Release(QUARTERS[2], MADE[2], 1, {"language": {**rows, "row3": 10}})
    table = told(before, small(language=rows)).tables["language"]
    assert [line.row for line in table.listed] == ["row3"]
    assert len(table.folded) == 8


# ---- how many talks there were


def test_a_total_is_what_the_figures_shown_add_up_to_without_the_noise_of_all_rows():
    total = told(
        small(outcome={"web.signposted": 500, "web.urgent": 20, "web.no-match": None})
    ).totals
    assert [(each.shown, each.hidden) for each in total] == [(520, 1)]
    assert total[0].at_least == (520 - total[0].off) // STEP * STEP
    assert total[0].off > margin(OUTCOME, 1).off


def test_few_talks_are_no_number():
    assert told(small(outcome={"web.signposted": 10, "web.urgent": None})).totals[0].at_least == 0
    assert told(small(council={"a": 10})).totals[0].shown == 0


@pytest.mark.parametrize("talks", [0, 30, 400])
@pytest.mark.parametrize("sources", [1, 3])
def test_there_were_at_least_so_many_talks_in_95_of_100_quarters(talks, sources):
    chance = Random(talks + sources)  # noqa: S311  # made-up talks
    rows = simulated.row_names(["a"], ["en"], ["a"])
    true = simulated.counted({**rows, NEED.name: ["a", "b"]}, talks, chance)
    right = 0
    for _ in range(300):
        made = simulated.release("2026-Q3", MADE[-1], true, sources, chance, names=[OUTCOME])
        right += told(made).totals[0].at_least <= talks
    assert right >= 0.95 * 300


@pytest.mark.parametrize("table", [LANGUAGE, NEED], ids=lambda table: table.name)
@pytest.mark.parametrize("sources", [1, 4])
def test_a_figure_is_as_near_to_what_was_counted_as_its_margin_says(table, sources):
    """Also how many rows with nobody in them show a figure is as it is said."""
    chance = Random(sources)  # noqa: S311
    rows = 3000
    said = margin(table, sources)

    def shown(count):
        true = {table.name: {str(number): count for number in range(rows)}}
        release = simulated.release("2026-Q3", MADE[-1], true, sources, chance, names=[table])
        return [figure for figure in release.tables[table.name].values() if figure is not None]

    many = shown(500)
    near = sum(abs(figure - 500) <= said.off for figure in many) / rows
    assert 0.94 <= near <= 0.99  # a little more, since rounding is taken at its worst
    assert len(shown(0)) / rows == pytest.approx(said.by_chance, abs=0.02)


def test_a_simulated_year_looks_like_a_real_one():
    year = simulated.year(list(VOCABULARY.needs), ["en", "ur"], list(COUNCILS))
    assert [release.period for release in year] == list(QUARTERS)
    assert year == simulated.year(list(VOCABULARY.needs), ["en", "ur"], list(COUNCILS))
    known = {table.name for table in TABLES}
    for release in year:
        assert set(release.tables) <= known
        for figures in release.tables.values():
            assert all(f is None or (f >= FEWEST and f % STEP == 0) for f in figures.values())
