"""The raw limit: a bot without any library, straight on asyncio's sockets.

    python -m benchmarks.telegram_raw serve LOOKS PORT API

It knows who is at which question and nothing else: nothing is kept on a disk, checked or repaired,
and an update is confirmed before anything came of it.
"""

import asyncio
import json
import sys
from urllib.parse import urlsplit

from benchmarks.telegram_floor import Table
from benchmarks.telegram_http import Messages, message
from benchmarks.telegram_people import read_looks
from benchmarks.telegram_served import PATH, TOKEN

ACCEPTED = message("HTTP/1.1 200 OK", b"")


class _Api:
    """Calls to the Bot API, over as many connections as there are calls in the air."""

    def __init__(self, api: str) -> None:
        address = urlsplit(api)
        self._host, self._port = address.hostname or "", address.port or 80
        self._free: list[Messages] = []
        self._beside: set[asyncio.Task[None]] = set()

    def call(self, method: str, body: bytes) -> None:
        request = message(f"POST /bot{TOKEN}/{method} HTTP/1.1", body, f"Host: {self._host}")
        if self._free:
            self._free.pop().send(request)
            return
        task = asyncio.create_task(self._call_anew(request))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _call_anew(self, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(
            lambda: Messages(self._answered), self._host, self._port
        )
        connection.send(request)

    def _answered(self, connection: Messages, _: str, body: bytes) -> None:
        assert json.loads(body)["ok"]
        self._free.append(connection)


async def serve(table: Table, port: int, api: str) -> None:
    """Serve until the process is ended."""
    calls = _Api(api)

    def got(connection: Messages, _: str, body: bytes) -> None:
        made = table.calls(json.loads(body))
        connection.send(ACCEPTED)
        for method, fields in made:
            calls.call(method, fields)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Messages(got), "127.0.0.1", port)
    calls.call("setWebhook", json.dumps({"url": f"http://127.0.0.1:{port}/{PATH}"}).encode())
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Table(read_looks(sys.argv[2])), int(sys.argv[3]), sys.argv[4]))
