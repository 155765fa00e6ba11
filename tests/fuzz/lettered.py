"""Readers of text with a form of its own: what is taken is written and read again the same."""

import csv
import io
from pathlib import Path
from typing import Any

from bot.channels import buttons
from bot.channels.telegram.payload import read_payload
from bot.conversation.messages import Start
from bot.counting.codes import is_code
from bot.directory import contacts_lock, hours
from bot.directory.hsds.tables import read_csv
from bot.directory.hsds.untrusted import RefusedError
from bot.directory.places import Outcode, read_outcodes
from bot.flows import grammar
from bot.locales import pofile, sheets
from bot.locales.languages import ENGLISH, Step
from bot.locales.ledger import Review
from bot.problems import Mark
from tests.fuzz.documented import files, holds
from tests.fuzz.readers import Reader
from tests.sessions.disks import quick_folder

IDS = {"abcdef": "welcome.safe", "ghijkl": "yes"}
REVIEW = Review(Step.NATIVE_REVIEWED, "2026-11", "native-speaker")
CATALOGUE = pofile.PoFile(
    (),
    "",
    (pofile.Entry("", "Back", "", ("Wstecz",)), pofile.Entry("", "$n x", "$n y", ("a", "b"))),
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _catalogue_holds(data: bytes, found: pofile.PoFile | pofile.Unreadable) -> None:
    if isinstance(found, pofile.Unreadable):
        assert found.reason
        assert 1 <= found.line <= data.count(b"\n") + 2
        return
    header = {"Plural-Forms": found.plural_forms}
    again = pofile.read(pofile.write(found.head, header, found.entries))
    assert isinstance(again, pofile.PoFile)
    assert [entry.forms for entry in again.entries] == [entry.forms for entry in found.entries]


def _lock_holds(data: bytes, found: Any) -> None:
    lines = sorted(found[0])
    again, problems = contacts_lock.parse(contacts_lock.text_of(lines), "a.lock")
    assert problems == []
    assert list(map(str, again)) == list(map(str, lines))
    assert all(1 <= problem.line <= data.count(b"\n") + 1 for problem in found[1])
    assert all(problem.column >= 1 for problem in found[1])


def _condition_holds(data: bytes, found: Any) -> None:
    if isinstance(found, grammar.Mistake):
        assert found.sentence
        assert 1 <= found.mark.column <= len(_text(data)) + 1
        return
    again = grammar.parse(grammar.written(found), Mark())
    assert not isinstance(again, grammar.Mistake)
    assert grammar.written(again) == grammar.written(found)


def _hours_hold(data: bytes, found: Any) -> None:
    if isinstance(found, hours.Refused):
        assert found.why
        assert 0 <= found.at <= len(_text(data))
        assert found.fix is None or isinstance(hours.parse(found.fix), tuple)
        return
    assert found
    assert all(0 <= part.start < part.end <= 48 * 60 for part in found)


def _start_holds(data: bytes, found: Start) -> None:
    assert found.anew
    for part in (found.language, found.council):
        assert part is None or part.encode() in data
    assert not found.link or (is_code(found.link) and found.link.encode() in data)


def _press_holds(data: bytes, found: buttons.Pressed) -> None:
    assert len(found.nonce) in {0, buttons.NONCE_LENGTH}
    assert 0 <= found.turn < 1_000_000
    assert found.page is None or 0 <= found.page < 1000


def _outcodes(data: bytes) -> Any:
    with quick_folder() as folder:
        path = Path(folder, "outcodes.csv")
        path.write_bytes(data)
        return read_outcodes(path, "directory/outcodes.csv")


def _outcodes_hold(data: bytes, found: tuple[dict[str, Outcode], Any]) -> None:
    holds(data, found)
    for outcode in found[0].values():
        assert abs(outcode.latitude) <= 90
        assert abs(outcode.longitude) <= 180


def _sheet(data: bytes) -> sheets.Taken:
    rows = csv.reader(io.StringIO(_text(data), newline=""))
    return sheets.take(rows, CATALOGUE, [], ENGLISH, {}, REVIEW)


def _sheet_text() -> bytes:
    written = io.StringIO()
    rows = [list(row) for row in sheets.rows(CATALOGUE, {})]
    rows[0][5] = "yes"
    csv.writer(written).writerows([sheets.HEAD, *rows])
    return written.getvalue().encode()


def _sheet_holds(_: bytes, found: sheets.Taken) -> None:
    assert len(found.entries) == len(CATALOGUE.entries)
    assert all(one.startswith("row ") for one in found.wrong)


LETTERED = {
    "catalogues": Reader(
        ("bot.locales.pofile",),
        files("locales/*/LC_MESSAGES/bot.po"),
        pofile.read,
        _catalogue_holds,
        calls=200,
    ),
    "the lock of contacts": Reader(
        ("bot.directory.contacts_lock",),
        files("directory/contacts.lock"),
        lambda data: contacts_lock.parse(_text(data), "a.lock"),
        _lock_holds,
    ),
    "conditions": Reader(
        ("bot.flows.grammar",),
        lambda: [b"area == walsall and not (what has alcohol or ages in [a, b])", b"a is known"],
        lambda data: grammar.parse(_text(data), Mark()),
        _condition_holds,
    ),
    "hours": Reader(
        ("bot.directory.hours",),
        lambda: [b"Mo-Fr 09:00-17:00", b"Mo,We[1,3] 22:00-02:00", b"Mo-Su 00:00-24:00"],
        lambda data: hours.parse(_text(data)),
        _hours_hold,
    ),
    "links to a start": Reader(
        ("bot.channels.telegram.payload",),
        lambda: [b"l-ur_c-birmingham_k-k7m2x9pa", b"l-en_k-0222222a"],
        lambda data: read_payload(_text(data)),
        _start_holds,
    ),
    "what a button carries": Reader(
        ("bot.channels.buttons",),
        lambda: [b"12345678.7.cabcdefghijkl", b"12345678.7.p12", b".0.b", b".3.wabcdef"],
        lambda data: buttons.pressed(_text(data), IDS),
        _press_holds,
    ),
    "postcode areas": Reader(
        ("bot.directory.places",), files("directory/outcodes.csv"), _outcodes, _outcodes_hold
    ),
    "tables of services": Reader(
        ("bot.directory.hsds.tables",),
        lambda: [b"id,name,minimum_age\n1,A,18\n2,'=B,1.5\n"],
        lambda data: read_csv(data, "services.csv"),
        lambda _, found: None,
        (RefusedError,),
    ),
    "sheets of reviewers": Reader(
        ("bot.locales.sheets",),
        lambda: [_sheet_text()],
        _sheet,
        _sheet_holds,
        (csv.Error,),
    ),
}
