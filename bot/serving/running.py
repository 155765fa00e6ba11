"""Running: from the settings to a program that serves until a signal.

`telegram` is imported only when a token is set.
"""

import asyncio
import logging
import os
import secrets
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot import app
from bot.channels.limits import Limits, new_talks
from bot.channels.telegram.gate import Gate, gate
from bot.channels.web.app import Hook, Site, TakeUpdate, application
from bot.channels.web.entry import Entry
from bot.channels.web.shell import Behind, Shell
from bot.channels.web.talk import Talk
from bot.conversation.acting import World
from bot.conversation.messages import Start
from bot.conversation.turns import Turns
from bot.events import silence
from bot.exceptions import DataError, SettingsError
from bot.locales import phrases as say
from bot.problems import Problem
from bot.serving.checked import read_world
from bot.serving.chores import PATIENCE_SECONDS, done, done_meanwhile
from bot.serving.counting import TalkCounter, london_day, usable
from bot.serving.days import each_day
from bot.serving.keeping import Kept, open_store
from bot.serving.links import KnownLinks
from bot.serving.machine import keep_memory_private, runtime_folder
from bot.serving.measuring import MeasuredTurns, Measures, begin, counted
from bot.serving.metrics_page import published
from bot.serving.server import listening, server
from bot.serving.sheet import sheets
from bot.serving.watchdog import watch_lateness
from bot.serving.watching import Refused, stamps, watch
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Channel

TOKEN_BYTES = 32

# Of the talks of a page, and of what is wrong with files saved meanwhile: what a preview shows.
Preview = Callable[[Turns, Callable[[], Sequence[str]]], Behind]

log = logging.getLogger("linnet")


def clock() -> datetime:
    """The time of day."""
    return datetime.now(UTC)  # noqa: TID251  # the clock of the program that stays up


def serve(
    settings: Settings,
    preview: Preview | None = None,
    held_by: Gate | None = None,
    now: Callable[[], datetime] = clock,
) -> int:
    """Serve until a signal. 0 after a signal, 1 when another program serves this bot.

    `preview` makes what stands beside the chat; then a flow that is saved is read at once. No
    normal start sets `held_by`, which stands in for the limits of Telegram, or `now`, the time of
    day, aware. Raises SettingsError and DataError before anything is served.
    """
    app.start_logging(settings)
    silence()
    keep_memory_private()
    runtime = runtime_folder(os.environ)
    kept = open_store(settings, runtime)
    held_by = held_by or gate(time.monotonic, secrets.token_bytes(TOKEN_BYTES))
    run = _Run(settings, runtime, kept, held_by, now, begin(time.monotonic), preview)
    try:
        return asyncio.run(_begun(run))
    finally:
        kept.close()


async def read_again(
    everywhere: Sequence[Turns],
    read: Callable[[], World],
    told: Callable[[Sequence[Problem]], None] = lambda _: None,
) -> bool:
    """Take the files as they are now, beside the talks that go on.

    What cannot be used is refused as a whole, and what was good stays: False. `told` gets what is
    wrong with the files, or nothing when they were taken.
    """
    try:
        world = await asyncio.to_thread(read)
    except DataError as error:
        told(error.problems)
        log.error("data-refused")
        return False
    except SettingsError:
        log.error("data-refused")
        return False
    told(())
    for turns in everywhere:
        turns.world = world
    log.info("data-taken")
    return True


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run of the program has from its start to its end."""

    settings: Settings
    runtime: Path
    kept: Kept
    held_by: Gate
    now: Callable[[], datetime]
    measures: Measures
    preview: Preview | None
    patience: float = PATIENCE_SECONDS  # with a Telegram that does not answer at the start


async def _begun(run: _Run) -> int:
    """All that stands around serving: the store begun and ended, events counted and shown."""
    try:
        await run.kept.begin()
        with counted(run.measures.metrics.event):
            async with published(run.settings.metrics_port, run.measures.page):
                return await _serve(run)
    finally:
        await run.kept.end()


async def _serve(run: _Run) -> int:
    settings, measures, kept = run.settings, run.measures, run.kept
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_loop_fault)
    stop = _stop_signal(loop)
    read = partial(read_world, settings, run.runtime, measures.old_directory)
    world = read()
    links = KnownLinks(settings.links, lambda: london_day(run.now()))
    counter = _counter(run, links, lambda: web.world)
    turns = partial(MeasuredTurns, seconds=time.monotonic, took=measures.metrics.turn)
    by_web, by_chat = (counter.of("web"), counter.of("telegram")) if counter else (None, None)
    web = turns(world, kept.store, run.now, say.WEB_KEEPS, counting=by_web)
    keeps = say.TELEGRAM_KEEPS
    chat = turns(world, kept.store, run.now, keeps, quiet_end=True, counting=by_chat)
    refused = Refused()

    async def again() -> bool:
        await asyncio.to_thread(links.read_again)  # thousands of links take most of a second
        taken = await read_again((web, chat), read, refused.note)
        measures.health.data_refused = not taken
        return taken

    _on_hangup(loop, again)
    hook = _LateHook()
    path = urlsplit(settings.webhook_url).path
    behind = run.preview(web, lambda: refused.lines) if run.preview else None
    site = _site(settings, web, behind, measures.health.page, links.start)
    watching = None
    if run.preview:  # a preview is on this machine only
        flows = app.folders(settings).flows
        watching = asyncio.create_task(watch(partial(stamps, flows), again))
        fill = sheets(app.read_data(app.folders(settings)), web, run.now())
        site = replace(site, entry=Entry(fill, site.shell.styles))
    served = server(application(site, Hook(path, hook.take) if path else None))
    listener = listening(settings.host, settings.port)
    serving = asyncio.create_task(served.serve([listener]))
    beside = asyncio.create_task(
        _telegram(run, chat, hook, stop) if settings.telegram_token else done(kept.chores)
    )
    await asyncio.sleep(0)  # what the channels load at their start is no stall
    watchdog = asyncio.create_task(
        watch_lateness(
            time.monotonic, asyncio.sleep, measures.metrics.late, measures.health.stalled
        )
    )
    days = asyncio.create_task(each_day(app.today, again))
    counting = asyncio.create_task(counter.keep()) if counter else None
    log.info("web-serving")
    ends: list[asyncio.Future[Any]] = [serving, beside, stop]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    if not stop.done():
        stop.set_result(None)
    if not settings.telegram_token:
        beside.cancel()
    watchdog.cancel()
    days.cancel()
    if watching:
        watching.cancel()
    served.should_exit = True
    await asyncio.gather(serving, return_exceptions=True)
    listener.close()
    await asyncio.gather(beside, return_exceptions=True)
    if counting:  # last, when no talk goes on any more
        counting.cancel()
        await asyncio.gather(counting, return_exceptions=True)
    return 0 if beside.cancelled() else beside.result()


def _counter(run: _Run, links: KnownLinks, world: Callable[[], World]) -> TalkCounter | None:
    """What counts, where the operator named a folder for it; a preview is no talk."""
    if run.settings.counts is None or run.preview:
        return None
    return TalkCounter(usable(run.settings.counts), world, links, run.now, secrets.randbelow)


def _site(
    settings: Settings,
    turns: Turns,
    behind: Behind | None,
    health: Callable[[], str],
    start: Callable[[str], Start],
) -> Site:
    secret = secrets.token_bytes(TOKEN_BYTES)
    return Site(
        talk=Talk(turns, lambda: secrets.token_urlsafe(TOKEN_BYTES), start),
        shell=Shell(turns.voice, settings.leave_url, behind),
        limits=Limits(time.monotonic, secret),
        everybody=new_talks(time.monotonic),
        ready=turns.ready,
        health=health,
    )


# ---- Telegram


class _LateHook:
    """Takes updates once the channel is open; until then, and at the end, they come later."""

    def __init__(self) -> None:
        self.taking: TakeUpdate | None = None

    async def take(self, secret: bytes, body: AsyncIterator[bytes]) -> HTTPStatus:
        if self.taking is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return await self.taking(secret, body)


async def _telegram(run: _Run, turns: Turns, hook: _LateHook, stop: "asyncio.Future[None]") -> int:
    from bot.channels.telegram.api import BotApi  # noqa: PLC0415  # when it is on
    from bot.channels.telegram.calls import Watch  # noqa: PLC0415
    from bot.channels.telegram.channel import checked, opened  # noqa: PLC0415

    settings, kept = run.settings, run.kept

    def keys(person: str) -> tuple[str, str]:
        return kept.keys.keys("telegram", person, run.now())

    watch = Watch(time.monotonic, run.measures.called, run.measures.metrics.paint)
    async with aclosing(BotApi(settings.telegram_token, settings.telegram_api, watch)) as api:
        async with done_meanwhile(kept.chores, run.patience):
            if not await _before(stop, checked(api)):
                return 0
        hide, chores = settings.hide_minutes * 60, kept.chores
        async with opened(turns, api, keys, hide, chores, run.held_by, kept.claims) as channel:
            log.info("serving")
            if settings.telegram_mode == "polling":
                return await _polled(channel, stop)
            return await _hooked(channel, settings, hook, stop)


async def _polled(channel: "Channel", stop: "asyncio.Future[None]") -> int:
    from bot.channels.telegram.channel import poll  # noqa: PLC0415

    return int(await _before(stop, poll(channel, time.monotonic)))


async def _hooked(
    channel: "Channel", settings: Settings, hook: _LateHook, stop: "asyncio.Future[None]"
) -> int:
    from bot.channels.telegram.channel import announce  # noqa: PLC0415
    from bot.channels.telegram.webhook import Webhook  # noqa: PLC0415

    hook.taking = Webhook(channel.intake, settings.webhook_secret).take
    if await _before(stop, announce(channel, settings.webhook_url, settings.webhook_secret)):
        await asyncio.wait([stop])
    hook.taking = None
    return 0


# ---- signals


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
