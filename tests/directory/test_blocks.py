from bot.directory.answering import Timetable
from bot.directory.blocks import Row, block, join, with_aging
from bot.directory.columns import bits
from bot.directory.model import Verified
from bot.directory.traits import Trait, traits, year_before
from tests.directory.searching import TODAY, service

WIDTH = 1 + len(Trait)
LONG_AGO = Verified("2024", "editor", "web_page")
NO_DATE = Verified(None, "editor", "web_page")


def row(id, mask=0, outcodes=(), **more):
    made = service(id, **more)
    bits = traits(made, year_before(TODAY)) << 1
    return Row(made, mask | bits, Timetable(()), tuple(outcodes))


def test_a_block_turns_masks_into_columns():
    found = block([row("a", 1), row("b"), row("c", 1)], WIDTH)
    assert found.columns[0] == 0b101
    assert found.counted == 0b111
    assert found.where == {"a": 0, "b": 1, "c": 2}
    assert "aa" not in found.where
    assert "d" not in found.where


def test_a_block_knows_where_its_rows_have_places():
    found = block([row("one", outcodes=("A1", "A2")), row("two", outcodes=("A1",))], WIDTH)
    assert found.outcodes == {"A1": 0b11, "A2": 0b01}


def test_where_nobody_goes_is_left_out():
    assert block([row("one", outcodes=("A1",))], WIDTH, afar=True).outcodes == {}


def test_traits_are_the_last_columns():
    found = block([row("one", kinds=("treatment",)), row("two")], WIDTH)
    assert found.traits[Trait.TREATMENT] == 0b01
    assert found.traits[Trait.FRESH] == 0b11


def test_joined_blocks_stand_one_behind_the_other():
    one = block([row("one", 1, ("A1",))], WIDTH)
    two = block([row("two", 1, ("A1",)), row("zwei", 0, ("A2",))], WIDTH)
    found = join([one, two], WIDTH, lambda service: True)
    assert [each.service.id for each in found.rows] == ["one", "two", "zwei"]
    assert found.columns[0] == 0b011
    assert found.outcodes == {"A1": 0b011, "A2": 0b100}
    assert found.traits == found.columns[1:]


def test_a_service_in_two_blocks_counts_once():
    found = join([block([row("one")], WIDTH), block([row("one")], WIDTH)], WIDTH, lambda _: True)
    assert found.counted.bit_count() == 1


def test_a_service_that_does_not_count_is_nowhere():
    blocks = [block([row("one"), row("two")], WIDTH)]
    found = join(blocks, WIDTH, lambda service: service.id == "two")
    assert (found.counted, found.where) == (0b10, {"two": 1})


def test_no_blocks_make_an_empty_one():
    found = join([], WIDTH, lambda service: True)
    assert (found.rows, found.counted, len(found.columns)) == ((), 0, WIDTH)


def aging(*rows):
    """Kind by kind: the old rows, and the fresher ones beside them."""
    found = with_aging(block(rows, WIDTH))
    assert found.old == sum(
        {bit: 1 << bit for old, _ in found.aging for bit in bits(old)}.values()
    )
    return sorted(found.aging)


def test_fresher_rows_of_a_kind_stand_beside_the_old_ones():
    old = row("a-old", verified=LONG_AGO, kinds=("housing", "legal"))
    fresh = row("b-fresh", kinds=("housing",))
    assert aging(old, fresh) == [(0b01, 0), (0b01, 0b10)]


def test_the_group_a_service_is_for_counts_as_a_kind():
    old = row("a-old", verified=LONG_AGO, facts={"by_and_for": "sikh"})
    assert aging(old, row("b-fresh")) == [(0b01, 0), (0b01, 0b10)]


def test_an_entry_without_a_date_is_neither_old_nor_fresh():
    assert aging(row("none", verified=NO_DATE), row("b-fresh")) == []
