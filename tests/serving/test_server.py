"""The server: over a real socket, and even to what is no HTTP, nothing says what answers."""

import asyncio
import logging
import socket
from contextlib import asynccontextmanager, suppress

import pytest

from bot.channels.web.headers import Headers, headers
from bot.exceptions import SettingsError
from bot.serving.server import HEADER_BYTES, listening, server
from tests.leaving_out import leave_out

ALWAYS = {name.lower() for name in headers("")}


async def bare(scope, receive, send):
    """An application that answers with nothing; at `/fault` it fails."""
    if scope["path"] == "/fault":
        raise RuntimeError("Canary 501")
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
    )
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def serving(application, **more):
    """A server on a free port; what it answers to some bytes."""
    with listening("127.0.0.1", 0) as listener:
        served = server(application, **more)
        task = asyncio.create_task(served.serve([listener]))

        async def say(*parts):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            for part in parts:
                writer.write(part)
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
            return head.decode()

        yield say
        served.should_exit = True
        await task


def names(head):
    return {line.partition(":")[0].lower() for line in head.split("\r\n")[1:] if line}


GET = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


async def test_the_server_adds_no_header_of_its_own():
    async with serving(bare) as say:
        assert names(await say(GET)) == {"content-length"}


NO_HTTP = {
    "noise": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a bad name of a header": b"GET / HTTP/1.1\r\nHost: h\r\na b: c\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length below nothing": b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "large headers": b"GET / HTTP/1.1\r\nHost: h\r\na: " + b"x" * (HEADER_BYTES + 64 * 1024),
    "a long address": b"GET /" + b"x" * (HEADER_BYTES + 64 * 1024),
}


@pytest.mark.parametrize("way", NO_HTTP)
async def test_what_is_no_http_gets_a_bare_status_with_the_same_headers(way):
    async with serving(Headers(bare, "")) as say:
        head = await say(NO_HTTP[way])
    assert head.startswith("HTTP/1.1 400 Bad Request\r\n")
    assert names(head) == ALWAYS | {"content-length", "connection"}


async def test_who_wants_another_protocol_is_answered_in_this_one():
    wish = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    async with serving(bare) as say:
        assert (await say(wish)).startswith("HTTP/1.1 200")


@pytest.mark.parametrize("way", [*NO_HTTP, "upgrade", "fine"])
async def test_no_request_leaves_a_line_in_the_log(way, caplog):
    caplog.set_level(logging.INFO)
    upgrade = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"
    async with serving(bare) as say:
        caplog.clear()
        await say({**NO_HTTP, "upgrade": upgrade, "fine": GET}[way])
        lines = [line.getMessage() for line in caplog.records]
    assert lines == []


async def test_a_fault_is_told_to_the_log_and_not_to_her(caplog):
    async with serving(bare) as say:
        head = await say(b"GET /fault HTTP/1.1\r\nHost: h\r\n\r\n")
    assert head.startswith("HTTP/1.1 500")
    assert [line.levelname for line in caplog.records if line.levelno > logging.INFO] == ["ERROR"]


# ---- patience

SLOW = {
    "nothing at all": [b""],
    "the beginning of a head": [b"GET / HT"],
    "a head that grows slowly": [b"GET / HTTP/1.1\r\n", *[b"a: b\r\n"] * 10],
    "the beginning of a body": [b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n", b"a"],
    "the beginning of a second head": [GET, b"GET / HT"],
}


async def reading(scope, receive, send):
    """An application that answers only to a whole request."""
    while (message := await receive())["type"] == "http.request":
        if not message["more_body"]:
            await bare(scope, receive, send)
            return


@pytest.mark.parametrize("way", SLOW)
async def test_who_does_not_say_what_is_wanted_is_hung_up_on(way):
    with listening("127.0.0.1", 0) as listener:
        served = server(reading, patience=0.3)
        task = asyncio.create_task(served.serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        for part in SLOW[way]:
            writer.write(part)
            await asyncio.sleep(0.02)
        told = b""
        async with asyncio.timeout(5):
            with suppress(ConnectionError):  # hung up on while the last part was written
                told = await reader.read()
        writer.close()
        served.should_exit = True
        await task
    assert told.count(b"HTTP/1.1 200") == SLOW[way].count(GET)


async def test_a_slow_answer_is_waited_for():
    async def slow(scope, receive, send):
        await asyncio.sleep(0.3)
        await bare(scope, receive, send)

    async with serving(slow, patience=0.05) as say:
        assert (await say(GET)).startswith("HTTP/1.1 200")


# ---- the socket


def test_a_port_that_is_taken_is_refused():
    with listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(SettingsError, match="LINNET_HOST and LINNET_PORT: Address already"):
            listening("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(SettingsError, match="LINNET_HOST and LINNET_PORT"):
        listening("192.0.2.1", 0)


def test_an_address_of_the_newer_kind_may_be_listened_on():
    if not socket.has_ipv6:
        leave_out("this machine has no such addresses")
    with listening("::1", 0) as listener:
        assert listener.family is socket.AF_INET6
