"""The channel: all its parts made, started and stopped together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from bot.channels.telegram import profile
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Me
from bot.channels.telegram.faults import TelegramFault
from bot.channels.telegram.gate import Gate
from bot.channels.telegram.intake import Intake, Keys
from bot.channels.telegram.painter import Painter
from bot.channels.telegram.polling import FIRST_PAUSE, LONGEST_PAUSE, Polling
from bot.channels.telegram.shared_painter import Claims, SharedPainter
from bot.channels.telegram.tending import Tending
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

TEND_SECONDS = 1.0
CLAIMED_SECONDS = 0.5  # until claims are said again
REST_SECONDS = 2.0  # at the end, for cards that are being painted; what is left is painted later
CALLS_SECONDS = 0.5  # at the end, for small calls that nothing depends on
AGAIN_SECONDS = 0.5  # until what the store did not take is tried once more
CONNECTIONS = 40  # that Telegram may open to the webhook
NONCE_BYTES = 6

log = logging.getLogger("linnet")


@dataclass(frozen=True, slots=True)
class Channel:
    """The parts of a running channel."""

    api: BotApi
    intake: Intake
    painter: Painter
    tending: Tending


@asynccontextmanager
async def opened(
    turns: Turns,
    api: BotApi,
    keys: Keys,
    hide_seconds: float,
    chores: Callable[[], None],
    gate: Gate,
    claims: Claims | None = None,
) -> AsyncIterator[Channel]:
    """The channel with its chats repaired, looked after every second until the end.

    `gate` holds back what is too much. `chores` are done after each look: what was erased is gone
    from the disk within a second. With `claims` other workers serve the same talks.
    """
    jitter = secrets.SystemRandom().random
    painter = (
        Painter(api, turns, asyncio.sleep, jitter, hide_seconds)
        if claims is None
        else SharedPainter(
            api,
            turns,
            asyncio.sleep,
            jitter,
            hide_seconds,
            claims,
            _fresh(),
        )
    )
    pause = partial(asyncio.sleep, AGAIN_SECONDS)
    intake = Intake(turns, api, painter, keys, _fresh, gate, pause)
    channel = Channel(api, intake, painter, Tending(turns, painter))
    await _look(channel.tending, chores, unpainted=True)
    stopping = asyncio.Event()
    beside = [
        asyncio.create_task(_tend(channel.tending, chores, stopping)),
        asyncio.create_task(_go_on(painter)),
        asyncio.create_task(profile.present(api, profile.profiles(turns))),
    ]
    try:
        yield channel
    finally:
        await painter.rest(REST_SECONDS)
        stopping.set()
        for task in beside:
            task.cancel()
        # Never for ever: a library under a call may swallow that it is cancelled.
        await asyncio.wait(beside, timeout=CALLS_SECONDS)
        # No last look: it would take up talks that are left to others the moment after.
        with suppress(StoreUnavailable):
            await turns.painted(painter.settled())
        _do(chores)
        await painter.close()
        await intake.rest(CALLS_SECONDS)


def _fresh() -> str:
    return secrets.token_urlsafe(NONCE_BYTES)


async def checked(api: BotApi) -> None:
    """Wait until Telegram says what the bot is.

    Raises SettingsError where the bot as it is set up could betray her.
    """
    profile.check(await _me(api))


async def poll(channel: Channel, now: Callable[[], float]) -> None:
    """Take updates by asking for them. Returns when another program takes them."""
    polling = Polling(channel.api, channel.intake, now, asyncio.sleep)
    await _until_answered(channel.api.no_webhook)
    await polling.run()


async def announce(channel: Channel, url: str, secret: str) -> None:
    """Have updates delivered to `url` from now on."""
    await _until_answered(lambda: channel.api.webhook(url, secret, CONNECTIONS))


async def _me(api: BotApi) -> Me:
    found: list[Me] = []

    async def ask() -> None:
        found.append(await api.me())

    await _until_answered(ask)
    return found[0]


async def _until_answered(call: Callable[[], Awaitable[None]]) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            await call()
        except TelegramFault as fault:
            log.error("telegram-unreachable %s", fault.fault.name)
            await asyncio.sleep(max(fault.seconds, pause))
            # Harm prevented: after an hour without a network she must not wait half a minute more.
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return


async def _tend(tending: Tending, chores: Callable[[], None], stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await asyncio.sleep(TEND_SECONDS)
        await _look(tending, chores)


async def _look(tending: Tending, chores: Callable[[], None], *, unpainted: bool = False) -> None:
    try:
        await tending.tend(unpainted=unpainted)
    except StoreUnavailable:
        log.error("store-away")
    except Exception as fault:  # noqa: BLE001  # harm prevented: no card would be hidden any more
        log.error("loop-fault %s", type(fault).__name__)
    _do(chores)


async def _go_on(painter: Painter) -> None:
    """Harm prevented: a look that takes long would let claims run out, and two paint one chat."""
    while True:
        await asyncio.sleep(CLAIMED_SECONDS)
        try:
            await painter.go_on()
        except StoreUnavailable:
            continue  # a look says so
        except Exception as fault:  # noqa: BLE001  # harm prevented: every claim would be lost
            log.error("loop-fault %s", type(fault).__name__)


def _do(chores: Callable[[], None]) -> None:
    try:
        chores()
    except Exception as fault:  # noqa: BLE001  # the next one may succeed
        log.error("loop-fault %s", type(fault).__name__)
