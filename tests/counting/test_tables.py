"""Tables: what is counted, and that their shares are what the study allows."""

import re
from fractions import Fraction

import pytest

from bot.counting.tables import CHANNELS, NOT_SAID, OUTCOMES, TABLES, Span


def test_what_a_talk_gives_away_in_a_quarter_is_two_at_the_most():
    assert sum(table.share for table in TABLES if table.span is Span.QUARTER) == 2


def test_a_month_has_reports_and_nothing_else():
    assert [table.name for table in TABLES if table.span is Span.MONTH] == ["wrong"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_noise_hides_all_that_one_talk_may_add(table):
    assert type(table.scale) is Fraction
    assert table.scale * table.share == table.most >= 1


def test_names_are_plain_words_and_each_is_there_once():
    names = [table.name for table in TABLES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z-]+", name) for name in [*names, *CHANNELS, *OUTCOMES, NOT_SAID])
