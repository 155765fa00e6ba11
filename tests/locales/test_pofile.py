"""PO files in and out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.pofile import Entry, PoFile, Unreadable, read, write

HEADER = {"Language": "pl", "Plural-Forms": "nplurals=3; plural=(n==1 ? 0 : 1);"}
LONG = 'one\ntwo "quoted" and a back\\slash\tand a tab, ' + "long " * 30


def test_what_is_written_is_read_back_and_written_the_same():
    entries = (
        Entry("", "Back", "", ("Wstecz",), paths=("a.yaml x.y",), remarks=("note: a button",)),
        Entry("typed", "back | go", "", ("wstecz",), comments=("Anna asks: both?", "")),
        Entry("", LONG, "", (LONG,), fuzzy=True, previous=LONG),
        Entry("", "one", "many", ("jeden", "dwa", "pięć"), remarks=("safety",)),
        Entry("", "empty", "", ("",)),
    )
    data = write(["A head.", ""], HEADER, entries)
    file = read(data)
    assert isinstance(file, PoFile)
    assert write(file.head, HEADER, file.entries) == data
    assert file.plural_forms == HEADER["Plural-Forms"]
    assert [entry.previous for entry in file.entries] == ["", "", LONG, "", ""]


def test_the_bytes_hold_no_date_and_no_line_number():
    entry = Entry("", "Back", "", ("",), paths=("flows/a.yaml x.y", "flows/a.yaml z"))
    text = write([], {}, [entry]).decode()
    assert not re.search(r"\d{4}-\d\d|:\d", text)
    assert text.count("#: flows/a.yaml\n") == 1


def test_long_comments_are_not_wrapped():
    entry = Entry("", "a", "", ("b",), comments=("word " * 40 + "end",), remarks=("note " * 40,))
    assert max(map(len, write([], {}, [entry]).decode().splitlines())) > 190


def test_an_entry_knows_its_line():
    data = write(["head"], HEADER, [Entry("", "a", "", ("",)), Entry("", "b", "", ("",))])
    file = read(data)
    assert isinstance(file, PoFile)
    lines = data.decode().splitlines()
    assert [lines[entry.line - 1] for entry in file.entries] == ['msgid "a"', 'msgid "b"']


def test_obsolete_messages_are_left_out():
    file = read(b'msgid "a"\nmsgstr "b"\n\n#~ msgid "old"\n#~ msgstr "gone"\n')
    assert isinstance(file, PoFile)
    assert [entry.msgid for entry in file.entries] == ["a"]


def test_a_byte_order_mark_does_no_harm():
    file = read(b'\xef\xbb\xbfmsgid "a"\nmsgstr "b"\n')
    assert isinstance(file, PoFile)
    assert file.entries[0].forms == ("b",)


def test_a_message_counts_as_translated_only_when_every_form_is():
    assert Entry("", "a", "b", ("x", "y")).translated
    assert not Entry("", "a", "b", ("x", " ")).translated


def test_a_line_that_is_no_po_is_told():
    assert read(b'msgid "a"\nmsgstr "b"\nhello\n') == Unreadable(
        3, "this line is not part of a PO file"
    )


def test_a_file_in_another_encoding_is_told():
    assert read(b'msgid "a"\nmsgstr "\xb1"\n') == Unreadable(
        2, "this file is not UTF-8; save it as UTF-8"
    )


@pytest.mark.parametrize(
    "data",
    [
        b'msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=1;\\n"\n',
        b'msgid "a"\nmsgstr[x] "b"\n',
        b'msgid ""\nmsgstr "Language: \\xff\\n"\n\nmsgstr[9] "a"\nmsgid "a"\n',
        b'#: \xe2\x81\xa8a\xe2\x81\xa8b\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_a_broken_file_never_raises(data):
    assert isinstance(read(data), PoFile | Unreadable)


LINES = st.sampled_from(
    [
        'msgid ""',
        'msgid "a"',
        'msgid "%s"',
        'msgid_plural "b"',
        'msgstr ""',
        'msgstr "x"',
        'msgstr[0] "x"',
        'msgstr[1] "y"',
        'msgstr[7] "z"',
        'msgstr[-1] "z"',
        "msgstr[",
        'msgctxt "c"',
        "msgctxt",
        '"more"',
        '"Plural-Forms: nplurals=2; plural=n;\\n"',
        '"Plural-Forms: nplurals=0\\n"',
        '"Content-Type: text/plain; charset=none\\n"',
        '"POT-Creation-Date: never\\n"',
        '"PO-Revision-Date: 2024-99-99 99:99+9999\\n"',
        '"Language: !!\\n"',
        "#, fuzzy",
        '#| msgid "old',
        '#| msgid "old"',
        "#: a:b c:1",
        "#~ msgid",
        "#",
        "",
        '"',
        "msgid",
    ]
)


@pytest.mark.parametrize("forms", [7, 20_000_000, -1])
def test_a_header_cannot_ask_for_more_forms_than_any_language_has(forms):
    """Babel makes room for each form of each message: one line would have taken all memory."""
    header = f'msgid ""\nmsgstr "Plural-Forms: nplurals={forms}; plural=n;\\n"\n\n'
    file = read((header + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n').encode())
    assert isinstance(file, Unreadable)


@given(st.lists(LINES, max_size=14))
def test_no_order_of_po_lines_raises(lines):
    assert isinstance(read("\n".join(lines).encode()), PoFile | Unreadable)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    assert isinstance(read(data), PoFile | Unreadable)


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)


@given(TEXT, TEXT, TEXT)
def test_any_words_come_back_as_they_were(msgid, form, previous):
    entry = Entry("", msgid, "", (form,), fuzzy=True, previous=previous)
    file = read(write([], {}, [entry]))
    assert isinstance(file, PoFile)
    found = file.entries[0]
    assert (found.msgid, found.forms, found.previous) == (msgid, (form,), previous)
