from hypothesis import given
from hypothesis import strategies as st

from bot.directory.columns import bits, equal, groups, tally, transpose, union

ROWS = st.lists(st.integers(0, 2**9 - 1), max_size=20)
COLUMNS = st.lists(st.tuples(st.integers(0, 2**8 - 1), st.integers(1, 3)), max_size=12)


@given(ROWS)
def test_transposing_turns_rows_into_columns(rows):
    columns = transpose(rows, 9)
    for row, mask in enumerate(rows):
        assert [column >> row & 1 for column in columns] == [mask >> bit & 1 for bit in range(9)]


def test_no_rows_make_empty_columns():
    assert transpose([], 3) == (0, 0, 0)


def test_a_union_holds_the_rows_of_all_columns():
    assert union([0b0011, 0b0110]) == 0b0111
    assert union([]) == 0


@given(st.integers(0, 2**40))
def test_bits_name_the_rows_of_a_column_lowest_first(column):
    assert list(bits(column)) == [row for row in range(41) if column >> row & 1]


def total(planes, row):
    return sum((plane >> row & 1) << place for place, plane in enumerate(planes))


@given(COLUMNS)
def test_a_tally_adds_up_the_weights_of_each_row(columns):
    planes = tally(columns)
    for row in range(8):
        assert total(planes, row) == sum(weight for column, weight in columns if column >> row & 1)


@given(COLUMNS, st.integers(0, 2**8 - 1), st.integers(0, 40))
def test_equal_keeps_the_rows_with_that_number(columns, rows, number):
    planes = tally(columns)
    kept = {row for row in bits(rows) if total(planes, row) == number}
    assert set(bits(equal(rows, planes, number))) == kept


@given(COLUMNS, st.integers(0, 2**8 - 1))
def test_groups_come_largest_number_first_and_hold_every_row_once(columns, rows):
    planes = tally(columns)
    found = [
        {(total(planes, row), row) for row in bits(group)} for group in groups(rows, planes[::-1])
    ]
    numbers = [{number for number, _ in group} for group in found]
    assert all(len(number) == 1 for number in numbers)
    assert numbers == sorted(numbers, key=max, reverse=True)
    assert sorted(row for group in found for _, row in group) == list(bits(rows))
