"""What a reader does for four times the input is about four times as much, whatever is repeated."""

import pytest

from tests.fuzz.table import READERS
from tests.fuzz.working import counted

PIECES = {
    "brackets": b"[",
    "braces": b'{"a":',
    "lists": b"- ",
    "questions": b"? ",
    "quotes": b'"',
    "lines": b"a: b\n",
    "items": b"- {a: b}\n",
    "backslashes": b"\\",
    "blanks": b" \t",
    "commas": b"Mo,",
    "conditions": b"a or not ",
    "fields": b"a=b&",
    "messages": b'msgid "a"\nmsgstr "b"\n\n',
    "digits": b"9",
    "letters": "\u0645".encode(),
}
FEW, TIMES = 400, 4
LEAST = 2000  # calls that any input may cost


def work(reader, data):
    def read():
        try:
            reader.read(data)
        except reader.refuses:
            return

    return counted(read)[1]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("name", READERS)
def test_the_work_grows_as_the_input(name, piece):
    reader, data = READERS[name], PIECES[piece] * FEW
    work(reader, data)  # what is done once for ever
    assert work(reader, data * TIMES) <= (TIMES + 1) * work(reader, data) + LEAST


@pytest.mark.parametrize("name", READERS)
def test_keys_that_nobody_knows_cost_no_more_than_their_number(name):
    reader = READERS[name]
    few, many = (
        "".join(f"key{number}: x\n" for number in range(count)).encode() for count in (200, 800)
    )
    work(reader, few)
    assert work(reader, many) <= (TIMES + 1) * work(reader, few) + LEAST
