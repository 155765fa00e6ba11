"""Running: the page from the start of the program to its end, and files read again."""

import asyncio
import logging
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from bot.channels.web.headers import headers
from bot.conversation.turns import Turns
from bot.exceptions import DataError, SettingsError
from bot.problems import Problem
from bot.serving.checked import read_world
from bot.serving.running import clock, read_again
from bot.sessions.memory import MemoryStore
from bot.settings import Settings
from tests.cli.running import ROOT
from tests.serving.program import Program, Talk

CANARY = "canary"


@pytest.fixture
def program(tmp_path):
    with Program(tmp_path) as started:
        yield started


def test_without_a_token_the_page_is_served_and_ends_with_a_signal(program):
    assert (program.ask()[0], program.ask("/readyz")[0]) == (200, 200)
    assert program.stop() == 0
    assert "stopping" in program.log()


def test_ctrl_c_ends_it_as_well(program):
    assert program.stop(signal.SIGINT) == 0


def test_every_answer_of_the_program_carries_the_headers_and_none_of_the_server(program):
    for path in ("/", "/page.js", "/healthz", "/nowhere", "/exit"):
        _, shown = program.ask(path)
        assert {name.lower() for name in headers("")} <= {name.lower() for name in shown}
        assert not {"server", "date", "set-cookie", "etag"} & {name.lower() for name in shown}


def test_the_log_says_nothing_of_who_came_at_any_level(program):
    before = program.log()
    for path in ("/", f"/{CANARY}", "/exit"):
        program.ask(path, **{"User-Agent": CANARY})
        program.ask(path, CANARY.encode(), **{"Content-Type": CANARY})
    assert program.log() == before


def test_files_are_read_again_while_it_serves(program):
    program.process.send_signal(signal.SIGHUP)
    program.wait("data-taken")
    assert program.ask()[0] == 200


def test_an_edit_that_cannot_be_used_is_told_until_one_can(tmp_path, own_flows):
    """Fault 13: the last good flows are served, and whoever looks after it can see so."""
    with Program(tmp_path, LINNET_DATA=str(own_flows.parent)) as program:
        assert program.health() == "ok"
        about, good = own_flows / "about.yaml", (own_flows / "about.yaml").read_text()
        about.write_text(f"{good}\nnonsense: [")
        program.process.send_signal(signal.SIGHUP)
        program.wait("data-refused")
        assert program.health() == "degraded\ndata refused"
        assert (program.ask()[0], program.ask("/readyz")[0]) == (200, 200)
        about.write_text(good)
        program.process.send_signal(signal.SIGHUP)
        program.wait("data-taken")
        assert program.health() == "ok"


def test_a_port_that_is_taken_ends_it_with_one_line(program, tmp_path):
    environment = {
        **os.environ, "LINNET_PORT": str(program.port),
        "RUNTIME_DIRECTORY": str(tmp_path / "other"),
    }  # fmt: skip
    (tmp_path / "other").mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("linnet: LINNET_HOST and LINNET_PORT: Address already in use")
    assert ended.stderr.count("\n") == 1


# ---- a preview


@pytest.fixture
def preview(tmp_path, own_flows):
    with Program(tmp_path, "--preview", LINNET_DATA=str(own_flows.parent)) as started:
        yield started


@pytest.fixture
def own_flows(tmp_path):
    return shutil.copytree(ROOT / "flows", tmp_path / "data" / "flows")


def test_a_saved_flow_is_taken_and_a_broken_one_leaves_the_last_good_one(preview, own_flows):
    """One talk goes on through both; what is wrong stands on the preview with its place."""
    about, talk = own_flows / "about.yaml", Talk(preview)
    good = about.read_text()
    talk.type("English")
    about.write_text(good.replace("flow: about", "flow: about\nnonsense: yes"))
    preview.wait("data-refused")
    place = f"flows/about.yaml:{good[: good.index('flow: about')].count(chr(10)) + 2}:1: error"
    assert place in talk.type("1")
    assert place in preview.read()[0]
    about.write_text(
        good.replace("  what:", "  first_of_all: {ask: Mended?, choices: {on: On}}\n  what:")
    )
    preview.wait("data-taken")
    card = talk.type("Walsall")
    assert "Mended?" in card
    assert "flows/about.yaml" not in card
    assert "welcome.safe = yes" in card


# ---- files read again


@pytest.fixture
def turns(world):
    return Turns(world, MemoryStore(lambda: 0.0), clock)


async def test_what_was_read_again_stands_for_every_channel(turns, world, caplog, tmp_path):
    caplog.set_level(logging.INFO)
    other, fresh = Turns(world, MemoryStore(lambda: 0.0), clock), read_world(Settings(), tmp_path)
    assert await read_again((turns, other), lambda: fresh)
    assert (turns.world, other.world) == (fresh, fresh)
    assert caplog.messages == ["data-taken"]


async def test_what_is_wrong_is_told_until_it_is_mended(turns, world):
    told, problem = [], Problem("flows/a.yaml", 1, 1, "error", "wrong", "yaml")

    def broken():
        raise DataError([problem])

    await read_again((turns,), broken, told.append)
    await read_again((turns,), lambda: world, told.append)
    assert told == [(problem,), ()]


@pytest.mark.parametrize("fault", [DataError([]), SettingsError(CANARY)], ids=["data", "settings"])
async def test_what_cannot_be_used_leaves_what_was_good(turns, world, caplog, fault):
    def read():
        raise fault

    assert not await read_again((turns,), read)
    assert turns.world is world
    assert caplog.messages == ["data-refused"]


async def test_others_are_served_while_files_are_read(turns, world):
    served = []

    def read():
        time.sleep(0.1)
        served.append("read")
        return world

    reading = asyncio.create_task(read_again((turns,), read))
    await asyncio.sleep(0.01)
    served.append("served")
    await reading
    assert served == ["served", "read"]


def test_the_clock_knows_its_zone():
    assert clock().utcoffset().total_seconds() == 0
