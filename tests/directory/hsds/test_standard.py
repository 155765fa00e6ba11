"""The tables of the standard: kinds that exist, and files that differ."""

from bot.directory.hsds.conformity import _NUMBERS, _TEXTS
from bot.directory.hsds.standard import TABLES, UK, inner


def test_every_kind_is_one_that_is_checked():
    values = {"text", "loose", *_NUMBERS, *_TEXTS}
    for name, table in TABLES.items():
        for key, kind in table.keys.items():
            assert (inner(kind) in TABLES) if inner(kind) else (kind in values), (name, key)


def test_every_table_has_a_file_of_its_own_and_keys_for_what_it_needs():
    assert len({table.file for table in TABLES.values()}) == len(TABLES)
    for table in TABLES.values():
        assert set(table.required) <= set(table.keys)


def test_the_profile_only_takes_away():
    for table, keys in UK.items():
        assert keys <= set(TABLES[table].keys)
