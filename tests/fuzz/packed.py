"""Readers of JSON and of what the program keeps: the same comes back, or nothing does."""

import hashlib
import json
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram import api, updates
from bot.channels.telegram.place import Place, unpack_place
from bot.channels.web import entry, page, talk
from bot.counting import counts_file, records, releasing
from bot.counting.releases import Release
from bot.directory import snapshot
from bot.directory.hsds.exporting import service_record
from bot.directory.hsds.importing import drafts_of
from bot.directory.hsds.untrusted import RefusedError, read_json, services_in
from bot.locales import ledger
from bot.sessions import model
from tests.channels.telegram.fakes import message, press
from tests.directory.entries import entry as small_entry
from tests.directory.hsds.foreign import around, foreign
from tests.fuzz.readers import Reader

TOKEN = "t" * 43
SESSION = model.Session(
    "f", "about.what", "ur", 7, 1, (("triage.area", "walsall"), ("about.what", ("a", "b"))),
    ("!know.phone",), (("matters.age", None),), ("kikit",), ("know.hello",), nonce="12345678",
    place="5 6 7 0 0 1 2 3;4;5 6",
)  # fmt: skip
COUNTS = {
    "version": 1,
    "period": "2026-Q3",
    "tables": {"language": {"ur": -3, "pl": 4}, "need": {}},
}
RELEASE = {
    "version": 1, "period": "2026-Q3", "made": "2026-10-14", "sources": 2,
    "tables": {"language": {"ur": 15, "pl": None}},
}  # fmt: skip
REVIEW = {"step": "native-reviewed", "month": "2026-11", "role": "lawyer"}


def _json(*values: Any) -> list[bytes]:
    return [json.dumps(value, ensure_ascii=False).encode() for value in values]


def _session_holds(_: bytes, found: model.Session) -> None:
    assert model.unpack(model.pack(found)) == found


def _ledger_holds(data: bytes, found: tuple[ledger.Ledger, Any]) -> None:
    assert ledger.load(ledger.written(found[0])) == (found[0], [])
    assert all(1 <= problem.line <= data.count(b"\n") + 1 for problem in found[1])


def _snapshot(data: bytes) -> Any:
    """What a file that was whole when it was written would come to, whoever wrote it."""
    return snapshot.unpack(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def _snapshot_holds(_: bytes, found: Any) -> None:
    assert isinstance(found, tuple)


def _updates(data: bytes) -> Any:
    return updates.read(json.loads(data))


def _update_holds(data: bytes, found: updates.Event) -> None:
    assert type(found.update) is int
    assert type(found.chat) is int
    assert updates.number_of(json.loads(data)) == found.update


def _place_holds(_: bytes, found: Place) -> None:
    assert unpack_place(found.packed()) == found


def _asked_holds(_: bytes, found: talk.Asked) -> None:
    assert found.token == TOKEN
    assert len(found.picks) <= talk.MOST_PICKS
    assert len(found.typed) <= page.LONGEST_TYPED
    assert found.turn is None or 0 <= found.turn < 1_000_000


def _form_holds(data: bytes, found: dict[str, str]) -> None:
    assert sum(map(len, [*found, *found.values()])) <= 3 * len(data)


def _imported(data: bytes) -> Any:
    at, services = services_in(read_json(data))
    return drafts_of(services, around(), at=at)


def _imported_holds(_: bytes, found: Any) -> None:
    assert all(draft.service.status == "draft" for draft in found)


def _summed(data: bytes) -> bytes:
    """What was whole when it was written, whoever wrote it: with the checksum that fits."""
    try:
        record = json.loads(data)
        return records.pack(record) if isinstance(record, dict) else data
    except (ValueError, RecursionError):
        return data


def _counts_hold(_: bytes, found: counts_file.Tables) -> None:
    assert counts_file.unpack(counts_file.pack("2026-Q3", found), "2026-Q3") == found


def _release_holds(_: bytes, found: Release) -> None:
    assert releasing.unpack(releasing.pack(found), "2026-Q3") == found
    assert all(row is None or row >= 10 for rows in found.tables.values() for row in rows.values())


def _server_holds(_: bytes, found: float) -> None:
    assert 0 <= found < float("inf")


PACKED = {
    "sessions": Reader(
        ("bot.sessions.model",),
        lambda: [model.pack(SESSION), model.pack(SESSION._replace(trail=()))],
        model.unpack,
        _session_holds,
    ),
    "places of cards": Reader(
        ("bot.channels.telegram.place",),
        lambda: [Place(5, 6, litter=(7, 8), helped=(1,)).packed().encode()],
        lambda data: unpack_place(data.decode("utf-8", "replace")),
        _place_holds,
    ),
    "snapshots": Reader(
        ("bot.directory.snapshot",),
        lambda: [snapshot.pack([small_entry()]).partition(b"\n")[2]],
        _snapshot,
        _snapshot_holds,
    ),
    "counts": Reader(
        ("bot.counting.records",),
        lambda: _json(COUNTS),
        lambda data: counts_file.unpack(_summed(data), "2026-Q3"),
        _counts_hold,
    ),
    "releases": Reader(
        (),
        lambda: _json(RELEASE),
        lambda data: releasing.unpack(_summed(data), "2026-Q3"),
        _release_holds,
    ),
    "ledgers": Reader(
        ("bot.locales.ledger",),
        lambda: _json({"ur": {"0" * 64: REVIEW, "1" * 64: REVIEW}, "pl": {}}),
        ledger.load,
        _ledger_holds,
    ),
    "updates": Reader(
        ("bot.channels.telegram.updates",),
        lambda: _json(
            {"update_id": 7, "message": message(9, text="hello")},
            {"update_id": 8, "callback_query": press(9, data="abc")},
        ),
        _updates,
        _update_holds,
        (ValueError, RecursionError),  # of json.loads, which the webhook takes for no update
    ),
    "waits of a server": Reader(
        ("bot.channels.telegram.api",),
        lambda: _json({"ok": False, "parameters": {"retry_after": 3}}),
        api._retry_after,
        _server_holds,
        (TelegramError,),
    ),
    "feeds of services": Reader(
        ("bot.directory.hsds.untrusted", "bot.directory.hsds.importing"),
        lambda: _json([foreign()], {"contents": [service_record(small_entry(), {})]}),
        _imported,
        _imported_holds,
        (RefusedError,),
        calls=400,
    ),
    "what the script sends": Reader(
        ("bot.channels.web.talk",),
        lambda: _json({"a": "x.2.cabcdef", "n": "2", "pick": ["abc"], "say": "yes"}),
        lambda data: talk.from_script(TOKEN, data),
        _asked_holds,
    ),
    "what a form sends": Reader(
        (),
        lambda: [f"t={TOKEN}&n=2&a=x.2.c&pick=abc&pick=d%C3%A9&say=a+b".encode()],
        talk.from_form,
        lambda data, found: None if found.token != TOKEN else _asked_holds(data, found),
    ),
    "answers about an entry": Reader(
        ("bot.channels.web.entry",),
        lambda: [b"name=A+Centre&kind=a&kind=b&number=0121+303+0000"],
        entry.answers_of,
        _form_holds,
    ),
}
