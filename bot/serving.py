"""Serving: the program that stays up, with its keys, its store and its channels.

`telegram` is imported only when a token is set.
"""

import asyncio
import ctypes
import logging
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from bot import app
from bot.channels.web.app import TakeUpdate, application
from bot.conversation.acting import World
from bot.conversation.turns import Turns
from bot.documents import DataError, SettingsError, StoreUnavailable
from bot.events import silent_end
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import SessionStore
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import EPOCH_SECONDS, Epochs, RowKeys, read_root
from bot.sessions.sqlite import SqliteStore
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Channel

PR_SET_DUMPABLE = 4  # from Linux's prctl.h
HEADER_BYTES = 8 * 1024
STOP_SECONDS = 2  # for requests in the air

log = logging.getLogger("linnet")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where talks are kept. `chores` are to be done every second, `close` at the end."""

    store: SessionStore
    keys: RowKeys
    chores: Callable[[], None]
    close: Callable[[], None]


def serve(settings: Settings) -> int:
    """Serve until a signal. 0 after a signal, 1 when another program serves this bot.

    Raises SettingsError and DataError before anything is served.
    """
    if not settings.telegram_token:
        raise SettingsError("there is nothing to serve yet: set LINNET_TELEGRAM_TOKEN")
    app.start_logging(settings)
    sys.excepthook = silent_end
    keep_memory_private()
    runtime = runtime_folder(os.environ)
    kept = open_store(settings, runtime)
    try:
        return asyncio.run(_serve(settings, kept))
    finally:
        kept.close()


def open_store(settings: Settings, runtime: Path) -> Kept:
    """The sealed store of the settings. Raises SettingsError, StoreUnavailable."""
    lifetimes = app.lifetimes(settings)
    keep = lifetimes.most_seconds + EPOCH_SECONDS
    epochs = Epochs(time.monotonic, keep, runtime / "epochs")
    keys = RowKeys(read_root(settings.secret_file, runtime))
    if settings.store == "memory:":
        memory = MemoryStore(time.monotonic, lifetimes)
        return Kept(memory, keys, lambda: None, lambda: None)
    path = Path(settings.store.partition(":")[2] or runtime / "sessions.db")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = SqliteStore(path, time.monotonic, lifetimes)
    except OSError as error:
        raise SettingsError(f"LINNET_STORE cannot be used: {error.strerror}") from error
    except StoreUnavailable as error:
        raise SettingsError(f"LINNET_STORE cannot be used: {error}") from error

    def chores() -> None:
        store.checkpoint()
        epochs.wipe_old()

    return Kept(SealedStore(store, epochs), keys, chores, store.close)


def read_world(settings: Settings) -> World:
    """Flows, directory and translations as they are now. Raises SettingsError and DataError."""
    return app.build_world(app.read_data(app.folders(settings)), settings, app.today())


async def read_again(turns: Turns, read: Callable[[], World]) -> bool:
    """Take the files as they are now, beside the talks that go on.

    What cannot be used is refused as a whole, and what was good stays: False.
    """
    try:
        turns.world = await asyncio.to_thread(read)
    except (DataError, SettingsError):
        log.error("data-refused")
        return False
    log.info("data-taken")
    return True


async def _serve(settings: Settings, kept: Kept) -> int:
    from bot.channels.telegram.api import BotApi  # noqa: PLC0415  # only when the channel is on
    from bot.channels.telegram.channel import checked, opened  # noqa: PLC0415

    def clock() -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # the clock of the program that stays up

    def keys(person: str) -> tuple[str, str]:
        return kept.keys.keys("telegram", person, clock())

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_loop_fault)
    stop = _stop_signal(loop)
    turns = Turns(read_world(settings), kept.store, clock, say.TELEGRAM_KEEPS, quiet_end=True)
    _on_hangup(loop, lambda: read_again(turns, partial(read_world, settings)))
    taking = _polled if settings.telegram_mode == "polling" else _hooked
    async with aclosing(BotApi(settings.telegram_token, settings.telegram_api)) as api:
        if not await _before(stop, checked(api)):
            return 0
        async with opened(turns, api, keys, settings.hide_minutes * 60, kept.chores) as channel:
            return await taking(channel, settings, stop)


async def _before(stop: "asyncio.Future[None]", work: Coroutine[object, object, None]) -> bool:
    """Do the work; False when a signal comes first. What the work raises is raised here."""
    task = asyncio.create_task(work)
    await asyncio.wait([task, stop], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
        return True
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return False


async def _polled(channel: "Channel", _: Settings, stop: "asyncio.Future[None]") -> int:
    from bot.channels.telegram.channel import poll  # noqa: PLC0415

    taking = asyncio.create_task(poll(channel, time.monotonic))
    log.info("serving")
    await asyncio.wait([taking, stop], return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    overtaken = taking.done()
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    return int(overtaken)


async def _hooked(channel: "Channel", settings: Settings, stop: "asyncio.Future[None]") -> int:
    from bot.channels.telegram.channel import announce  # noqa: PLC0415
    from bot.channels.telegram.webhook import Webhook  # noqa: PLC0415

    webhook = Webhook(channel.intake, settings.webhook_secret)
    server = _server(settings, urlsplit(settings.webhook_url).path, webhook.take)
    serving = asyncio.create_task(server.serve())
    announcing = asyncio.create_task(
        announce(channel, settings.webhook_url, settings.webhook_secret)
    )
    log.info("serving")
    await asyncio.wait([serving, stop], return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    webhook.draining = server.should_exit = True
    announcing.cancel()
    await asyncio.gather(serving, announcing, return_exceptions=True)
    return 0


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _server(settings: Settings, path: str, take: TakeUpdate) -> uvicorn.Server:
    config = uvicorn.Config(
        application(path, take),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,  # an access log would say when somebody talked
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return _Server(config)


def _stop_signal(loop: asyncio.AbstractEventLoop) -> "asyncio.Future[None]":
    stop = loop.create_future()

    def ask() -> None:
        if not stop.done():
            stop.set_result(None)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ask)
    return stop


def _on_hangup(
    loop: asyncio.AbstractEventLoop, read: Callable[[], Coroutine[object, object, bool]]
) -> None:
    """SIGHUP asks for the files to be read again; one reading after the other."""
    running: set[asyncio.Task[bool]] = set()

    def ask() -> None:
        if not running:
            task = loop.create_task(read())
            running.add(task)
            task.add_done_callback(running.discard)

    loop.add_signal_handler(signal.SIGHUP, ask)


def _loop_fault(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Harm prevented: asyncio's own words would hold what a failed task was doing."""
    log.error("loop-fault %s", type(context.get("exception")).__name__)


# ---- the machine


def runtime_folder(environment: Mapping[str, str]) -> Path:
    """A folder of this user's own, on tmpfs where there is one: what is in it ends with the boot.

    `$RUNTIME_DIRECTORY` is systemd's, `$XDG_RUNTIME_DIR` a desktop's.
    """
    given = environment.get("RUNTIME_DIRECTORY") or environment.get("XDG_RUNTIME_DIR")
    shared = Path("/dev/shm")  # noqa: S108  # tmpfs; the folder in it is made with 0700
    parent = Path(given) if given else shared if shared.is_dir() else Path(tempfile.gettempdir())
    folder = parent / f"linnet-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owned = folder.stat().st_uid == os.getuid() and not folder.is_symlink()
        folder.chmod(0o700)
    except OSError as error:
        raise SettingsError(f"the runtime folder cannot be made: {error.strerror}") from error
    if not owned:
        raise SettingsError("the runtime folder belongs to somebody else")
    if not given and parent != shared:
        log.warning("keys-on-disk")
    return folder


def keep_memory_private() -> None:
    """No core dump and no other process of this user may read what is in memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        refused = ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        refused = 1
    if refused:
        log.warning("process-visible")
