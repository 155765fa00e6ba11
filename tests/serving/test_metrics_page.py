"""The page of metrics: on this machine's own address only, and nothing in it of anybody's talk."""

import itertools
import socket
import urllib.error
import urllib.request

import pytest

from bot.conversation.messages import Incoming, Start, Typed
from bot.exceptions import SettingsError
from bot.locales import phrases as say
from bot.serving.measuring import MeasuredTurns, begin
from bot.serving.metrics import BATCH, QUARTER
from bot.serving.metrics_page import metrics_page, published
from bot.sessions.memory import MemoryStore
from tests.channels.web.served import request
from tests.ports import free_port
from tests.serving.program import Program

TEXT = "linnet_uptime_hours 3\n"
NEARBY = {"host": "127.0.0.1:9100"}


def asked(method="GET", path="/metrics", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return request(metrics_page(lambda: TEXT), method, path, NEARBY | named)


# ---- one request


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9100", "localhost:9100"])
async def test_somebody_on_this_machine_gets_the_text(host):
    answer = await asked(host=host)
    assert (answer.status, answer.text) == (200, TEXT)
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["x-forwarded-for", "x-real-ip", "forwarded", "via"])
async def test_what_came_through_a_proxy_gets_nothing(name):
    answer = await asked(**{name: "198.51.100.7"})
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize("host", ["", "notes.example", "127.0.0.1.notes.example", "10.0.0.1:9100"])
async def test_another_host_gets_nothing(host):
    assert (await asked(host=host)).status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/metrics/"), ("GET", "/healthz"), ("POST", "/metrics")],
)
async def test_there_is_nothing_else(method, path):
    answer = await asked(method, path)
    assert (answer.status, answer.body) == (404, b"")


# ---- the listener


def fetched(port, path="/metrics"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.read().decode()


async def test_without_a_port_nobody_listens():
    async with published(0, lambda: TEXT):
        pass


async def test_a_port_that_is_taken_is_one_sentence():
    said = "^LINNET_METRICS_PORT: Address already in use"
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SettingsError, match=said):
        async with published(other.getsockname()[1], lambda: TEXT):
            pass


def test_the_program_shows_them_on_a_port_of_their_own_and_nowhere_else(tmp_path):
    port = free_port()
    with Program(tmp_path, LINNET_METRICS_PORT=str(port), LINNET_HOST="0.0.0.0") as program:  # noqa: S104
        before = fetched(port)
        assert "linnet_talks" in before
        assert program.ask("/metrics")[0] == 404
        # The whole of 127/8 is this machine: one that is not the listener's own stands for others.
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.2:{port}/metrics", timeout=5)
        program.read()
        assert fetched(port) == before
        assert program.stop() == 0


def test_without_the_setting_the_program_has_no_such_page(tmp_path):
    with Program(tmp_path) as program:
        assert program.ask("/metrics")[0] == 404


# ---- canaries


CANARIES = ("zq9canary", "walsall", "urdu", "اردو", 'ur"', "b29", "web", 'telegram"')


async def test_talks_on_the_web_leave_no_canary(world, moment):
    """Enough talks that every number moves, and all of them about things nobody may see."""
    seconds, ticks = [0.0], itertools.count(0, 0.01)
    measures = begin(lambda: seconds[0])
    turns = MeasuredTurns(
        world, MemoryStore(lambda: 0.0), lambda: moment, say.WEB_KEEPS,
        lambda: next(ticks), measures.metrics.turn,
    )  # fmt: skip
    keys = [f"zq9canary-{number}" for number in range(60)]
    for key in keys:
        await turns.take(Incoming(key, Start("ur")))
        for words in ("1", "Walsall", "B29", "zq9canary", "999"):
            card = await turns.take(Incoming(key, Typed(words)))
    assert card.turn > 1
    seconds[0] = QUARTER
    measures.metrics.late(0.4)
    text = measures.page()
    assert "linnet_turn_seconds_count 360\n" in text
    assert 'linnet_talks{size="50 to 500"} 1\n' in text
    assert BATCH < 360
    names = [name for name in world.material.plan.steps if "." in name]
    services = list(world.material.services)
    found = [word for word in (*CANARIES, *names, *services) if word in text.lower()]
    assert found == []
