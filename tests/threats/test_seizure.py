"""Seizure: a machine is taken away. Whoever has its disks opens no talk with what is left there.

The search is that of somebody who knows the program: the keys that stand in files, every run of
32 bytes and every 64 hexadecimal letters of every file as a key, and the ids of people as rows.
"""

import ast
import asyncio
import re
import shutil
import sqlite3
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.conversation.messages import Incoming, Start, Typed
from bot.conversation.turns import Turns
from bot.serving.keeping import open_store
from bot.sessions.sealing import EPOCH_SECONDS, Epochs, RowKeys, read_root
from bot.settings import Settings
from tests.sessions.disks import every_byte

ROOT = Path(__file__).parents[2]
PEOPLE = [str(7_000_000_000 + number) for number in range(50)]
KEEP = 90 * 60 + EPOCH_SECONDS
SAID = ("Yes", "Walsall", "1", "zq9canary")


async def fifty_talks(world, moment, kept):
    """Fifty women talk and none of them leaves; the keys of their rows."""
    turns = Turns(world, kept.store, lambda: moment)
    keys = [kept.keys.key("telegram", person, moment) for person in PEOPLE]
    for number, key in enumerate(keys):
        await turns.turn(Incoming(key, Start("ur"), update=f"telegram:{number}"))
        for line in SAID:
            await turns.turn(Incoming(key, Typed(line)))
    return keys


def seized(world, moment, folder):
    """A machine that was stopped, and its runtime folder: as shipped, with the store on a disk."""
    disk, runtime = folder / "disk", folder / "runtime"
    runtime.mkdir()
    kept = open_store(Settings(store=f"sqlite:{disk / 'talks.db'}"), runtime)
    keys = asyncio.run(fifty_talks(world, moment, kept))
    kept.close()
    return disk, runtime, keys


def rows(disk):
    """The rows of the database as they stand in the file: key, sealed bytes."""
    with sqlite3.connect(disk / "talks.db") as database:
        return database.execute("select key, data from sessions").fetchall()


def opened_by_the_files(disk, runtime):
    """How many rows open with the keys that this program finds in the runtime folder."""
    epochs = Epochs(time.monotonic, KEEP, runtime / "epochs")
    return sum(epochs.open(data, key.encode()) is not None for key, data in rows(disk))


def keys_in(data):
    """Everything in the bytes that has the shape of a key."""
    found = {data[at : at + 32] for at in range(len(data) - 31)}
    return found | {
        bytes.fromhex(one.decode()) for one in re.findall(rb"(?=([0-9a-f]{64}))", data)
    }


def opened_by_any_bytes(disk, *folders):
    """Whether one of the rows opens with any run of bytes of the folders as the key."""
    key, data = rows(disk)[0]
    for one in keys_in(b"".join(every_byte(folder) for folder in folders)):
        try:
            AESGCM(one).decrypt(data[5:17], data[17:], data[:5] + key.encode())
        except InvalidTag:
            continue
        return True
    return False


def known_people(disk, runtime, moment):
    """How many of the people somebody finds in the rows who knows their ids."""
    keys = RowKeys(read_root(None, runtime))
    kept = {key for key, _ in rows(disk)}
    return sum(keys.key("telegram", person, moment) in kept for person in PEOPLE)


def test_threat_08_with_the_keys_gone_nothing_left_on_the_disk_opens(world, moment, tmp_path):
    disk, runtime, keys = seized(world, moment, tmp_path)
    assert {key for key, _ in rows(disk)} == set(keys)
    # The search works: while the keys are there, it opens everything and knows everybody.
    assert opened_by_the_files(disk, runtime) == len(PEOPLE)
    assert opened_by_any_bytes(disk, disk, runtime)
    assert known_people(disk, runtime, moment) == len(PEOPLE)
    shutil.rmtree(runtime)  # the power went, and tmpfs with it
    runtime.mkdir()
    assert opened_by_the_files(disk, runtime) == 0
    assert not opened_by_any_bytes(disk, disk)
    assert known_people(disk, runtime, moment) == 0


def test_threat_08_the_bytes_left_on_the_disk_say_nothing_of_anybody(world, moment, tmp_path):
    disk, _, _ = seized(world, moment, tmp_path)
    left = every_byte(disk)
    canaries = [*PEOPLE, "walsall", "triage", "welcome", "zq9canary", '"ur"']
    assert [one for one in canaries if one.encode() in left] == []


def test_threat_08_old_keys_are_gone_from_a_machine_that_still_runs(tmp_path):
    """Who takes a running machine has 120 minutes of talks at the most, as docs/safety.md says."""
    seconds = 1000.0
    epochs = Epochs(lambda: seconds, KEEP, tmp_path / "epochs")
    sealed = epochs.seal(b"a talk", b"row")
    for _ in range(120 * 60 // EPOCH_SECONDS):
        assert epochs.open(sealed, b"row") == b"a talk" or seconds > 1000.0 + KEEP
        seconds += EPOCH_SECONDS
        epochs.wipe_old()
    assert epochs.open(sealed, b"row") is None
    assert Epochs(lambda: seconds, KEEP, tmp_path / "epochs").open(sealed, b"row") is None


def callers(*names):
    """Which modules of the program call a function of one of these names."""
    found = {name: set() for name in names}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if any(name in text for name in names):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call):
                    name = ast.unparse(node.func).rpartition(".")[2]
                    found.get(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_threat_07_nothing_but_the_server_opens_the_store():
    """There is no command and no page that shows talks: whoever runs this cannot look in."""
    assert callers("open_store", "SqliteStore") == {
        "open_store": {"bot/serving/running.py"},
        "SqliteStore": {"bot/serving/keeping.py"},
    }
