"""Keeping: the store of the settings with its keys, and settings that are refused."""

from datetime import UTC, datetime

import pytest

from bot.exceptions import SettingsError, StoreUnavailable
from bot.serving.keeping import open_store
from bot.sessions.model import Session, Stored, pack
from bot.settings import Settings
from tests.cli.running import linnet
from tests.ports import free_port
from tests.sessions.disks import every_byte
from tests.sessions.servers import running

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHAT = "7123456789"
TALK = pack(Session("0123456789abcdef", "triage.children", "kurmanji"))
TOKEN = "7123456789:AAF-canary_canary-canary_canary-cana"  # noqa: S105


@pytest.fixture
def runtime(tmp_path):
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def opened(runtime):
    """Opens stores over the runtime folder and closes them at the end."""
    kept = []

    def opening(folder=runtime, **settings):
        kept.append(open_store(Settings(**settings), folder))
        return kept[-1]

    yield opening
    for each in kept:
        each.close()


# ---- the store


async def test_without_settings_sessions_and_keys_are_in_the_runtime_folder(opened, runtime):
    await opened().store.save("a", TALK, 0)
    names = {path.name for path in runtime.iterdir()}
    assert {"epochs", "root", "sessions.db"} <= names


async def test_every_file_but_the_ballast_is_for_this_user_only(opened, runtime):
    await opened().store.save("a", TALK, 0)
    loose = [path.name for path in runtime.iterdir() if path.stat().st_mode & 0o077]
    assert loose == ["sessions.db.ballast"]


async def test_no_file_of_the_runtime_folder_shows_a_word_of_a_talk(opened, runtime):
    kept = opened()
    key = kept.keys.key("telegram", CHAT, NOON)
    for version in range(3):
        await kept.store.save(key, TALK, version, tended=True, update=f"u{version}")
    kept.chores()
    found = every_byte(runtime)
    canaries = (CHAT.encode(), int(CHAT).to_bytes(5, "big"), b"triage.children", b"kurmanji")
    assert not [canary for canary in canaries if canary in found]


async def test_the_chores_leave_nothing_of_a_talk_that_was_erased(opened, runtime):
    kept = opened()
    key = kept.keys.key("telegram", CHAT, NOON)
    await kept.store.save(key, TALK, 0)
    await kept.store.delete(key)
    kept.chores()
    assert key.encode() not in every_byte(runtime)


async def test_a_talk_goes_on_after_a_restart(opened):
    before = opened()
    key = before.keys.key("telegram", CHAT, NOON)
    await before.store.save(key, TALK, 0)
    before.close()
    after = opened()
    assert await after.store.load(after.keys.key("telegram", CHAT, NOON)) == Stored(TALK, 1)


async def test_without_the_key_file_nothing_that_was_stored_can_be_read(opened, runtime):
    before = opened()
    await before.store.save("a", TALK, 0)
    before.close()
    (runtime / "epochs").unlink()
    assert await opened().store.load("a") is None


async def test_the_database_may_stand_elsewhere_but_never_its_keys(opened, tmp_path):
    path = tmp_path / "new" / "folder" / "talks.db"
    await opened(store=f"sqlite:{path}").store.save("a", TALK, 0)
    names = {each.name for each in path.parent.iterdir()}
    assert names == {"talks.db", "talks.db-wal", "talks.db-shm", "talks.db.ballast"}


async def test_in_memory_no_session_reaches_a_file(opened, runtime):
    kept = opened(store="memory:")
    await kept.store.save("a", TALK, 0)
    kept.chores()
    assert await kept.store.load("a") == Stored(TALK, 1)
    assert {path.name for path in runtime.iterdir()} == {"root"}


def test_machines_with_one_secret_find_the_same_rows(opened, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(range(32)))
    (tmp_path / "other").mkdir()
    one, other = opened(secret_file=secret), opened(tmp_path / "other", secret_file=secret)
    assert one.keys.key("web", "x", NOON) == other.keys.key("web", "x", NOON)


def test_without_a_secret_every_machine_has_rows_of_its_own(opened, tmp_path):
    (tmp_path / "other").mkdir()
    one, other = opened(), opened(tmp_path / "other")
    assert one.keys.key("web", "x", NOON) != other.keys.key("web", "x", NOON)


async def test_a_broken_database_does_not_stop_the_start(opened, runtime):
    (runtime / "sessions.db").write_text("no database")
    assert await opened().store.save("a", TALK, 0)


# ---- refusals


def test_a_secret_file_that_is_not_there_is_refused(opened, tmp_path):
    with pytest.raises(SettingsError, match="secret file cannot be read"):
        opened(secret_file=tmp_path / "nowhere")


def test_a_secret_that_is_too_short_is_refused_and_not_shown(opened, tmp_path):
    (tmp_path / "secret").write_bytes(b"canary")
    with pytest.raises(SettingsError, match="exactly 32") as raised:
        opened(secret_file=tmp_path / "secret")
    assert "canary" not in str(raised.value)


@pytest.mark.parametrize("at", ["a file/talks.db", "a folder"])
def test_a_place_where_no_database_can_be_is_refused(opened, tmp_path, at):
    (tmp_path / "a file").touch()
    (tmp_path / "a folder").mkdir()
    with pytest.raises(SettingsError, match="LINNET_STORE cannot be used"):
        opened(store=f"sqlite:{tmp_path / at}")


REFUSED = {
    "a bad token": {"LINNET_TELEGRAM_TOKEN": TOKEN + "!"},
    "a token in the address": {"LINNET_TELEGRAM_API": f"https://api.telegram.org/bot{TOKEN}"},
    "a store without a secret": {"LINNET_STORE": "redis://:canary@127.0.0.1"},
    "no secret file": {"LINNET_TELEGRAM_TOKEN": TOKEN, "LINNET_SECRET_FILE": "/nowhere"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_program_that_cannot_serve_ends_with_one_line_and_no_secret(tmp_path, name):
    ended = linnet("serve", env={**REFUSED[name], "RUNTIME_DIRECTORY": str(tmp_path)})
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(b"linnet: ")
    assert ended.stderr.count(b"\n") == 1
    assert b"canary" not in ended.stderr


# ---- the store that workers share


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(bytes(range(32)))
    return path


async def test_workers_with_one_secret_and_one_server_keep_the_same_talks(opened, secret, runtime):
    with running() as server:
        one, other = (opened(store=server.address, secret_file=secret) for _ in range(2))
        for each in (one, other):
            await each.begin()
            each.chores()
        key = one.keys.key("telegram", CHAT, NOON)
        assert key == other.keys.key("telegram", CHAT, NOON)
        assert await one.store.save(key, TALK, 0, tended=True)
        assert await other.store.load(key) == Stored(TALK, 1)
        assert not await other.store.save(key, TALK, 0)
        assert [each.claims is not None for each in (one, other)] == [True, True]
        for each in (one, other):
            await each.end()
    assert list(runtime.iterdir()) == []


def test_a_store_of_one_worker_is_its_own(opened):
    assert [opened(store=store).claims for store in ("", "memory:")] == [None, None]


async def test_a_server_that_is_away_stops_no_start(opened, secret, caplog):
    kept = opened(store=f"redis://127.0.0.1:{free_port()}", secret_file=secret)
    await kept.begin()
    with pytest.raises(StoreUnavailable):
        await kept.store.load("a")
    await kept.end()
    assert caplog.messages == ["store-away"]


async def test_a_server_that_writes_a_disk_stops_the_start(opened, secret):
    with running("--appendonly", "yes") as server:
        kept = opened(store=server.address, secret_file=secret)
        with pytest.raises(SettingsError, match="writes what it holds to a disk"):
            await kept.begin()
        await kept.end()


def test_what_workers_share_needs_a_secret_that_they_share(opened):
    with pytest.raises(SettingsError, match="LINNET_SECRET_FILE is needed"):
        opened(store="redis://127.0.0.1")


@pytest.mark.parametrize("address", ["redis://:canary@127.0.0.1:x", "redis://:canary@9.9.9.9"])
def test_an_address_that_cannot_be_used_is_refused_and_not_shown(opened, secret, address):
    with pytest.raises(SettingsError, match="LINNET_STORE") as raised:
        opened(store=address, secret_file=secret)
    assert "canary" not in str(raised.value)
