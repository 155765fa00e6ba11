"""People at the page: each on a connection of her own, walking the talk with or without the script.

    python -m benchmarks.web_people TALK PORTS PIDS PEOPLE paced|closed script|form

Begins talks slower than the limit on new ones. `paced`: everybody thinks 1 to 3 seconds between
answers, and all twelve count. `closed`: once all have begun, everybody posts as soon as she is
answered, and the other eleven count. With several ports, joined by commas, each answer goes to
another. Prints what came of it as JSON; `each` is the CPU of every process named, `cpu` their sum.
"""

import asyncio
import gzip
import json
import os
import random
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

BEGIN = 45  # talks a second; the limit is 50
TICKS = os.sysconf("SC_CLK_TCK")


class Line(asyncio.Protocol):
    """A connection that is kept: one request, one answer."""

    def __init__(self) -> None:
        self._came = b""
        self._need = 0
        self._answer: asyncio.Future[int] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        if not self._need:
            end = self._came.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._came[:end].lower()
            length = head.find(b"content-length: ")
            self._need = end + 4 + int(head[length + 16 :].split(b"\r", 1)[0])
        if len(self._came) >= self._need and self._answer and not self._answer.done():
            self._answer.set_result(int(self._came[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(0)

    async def ask(self, request: bytes) -> int:
        """The status of the answer; 0 when the connection was lost."""
        assert self.transport is not None
        self._came, self._need = b"", 0
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer

    def at(self, turn: int) -> bool:
        """Whether the last answer is the card of this turn, as far as it says so."""
        head, _, body = self._came.partition(b"\r\n\r\n")
        if b"\nx-turn: " in head.lower():
            return f"x-turn: {turn}\r\n".encode() in head.lower() + b"\r\n"
        if body.startswith(b"\x1f\x8b") and b"text/html" in head:
            return f'name="n" value="{turn}"'.encode() in gzip.decompress(body)
        return True


class Crowd:
    """Everybody, and what came of what they did."""

    def __init__(self, posts: list[str], ports: Sequence[int], *, script: bool) -> None:
        self._posts, self._ports, self._script = posts, ports, script
        self.times: list[float] = []
        self.statuses: dict[int, int] = {}
        self.wrong = 0
        self.begun = asyncio.Event()
        self.waiting = 0

    def _request(self, token: str, body: str) -> bytes:
        if self._script:
            kind = f"Content-Type: application/json\r\nX-Session: {token}\r\n"
        else:
            kind = "Content-Type: application/x-www-form-urlencoded\r\n"
            body = f"t={token}&{body}"
        return (
            f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind}"
            "Accept-Encoding: gzip, deflate, br\r\nOrigin: http://127.0.0.1\r\n"
            "Sec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (Android 14; Mobile)\r\n"
            f"Accept: */*\r\nAccept-Language: en\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    async def person(self, number: int, people: int, *, paced: bool) -> None:
        """One person, from her first answer to her last."""
        await asyncio.sleep(number / BEGIN)
        token = secrets.token_urlsafe(32)
        requests = [self._request(token, body) for body in self._posts]
        loop = asyncio.get_running_loop()
        lines = [
            (await loop.create_connection(Line, "127.0.0.1", port))[1] for port in self._ports
        ]
        for at, request in enumerate(requests):
            if paced:
                await asyncio.sleep(random.uniform(1, 3))
            elif at == 1:
                await self._all_begun(people)
            await self._answered(
                lines[(number + at) % len(lines)], request, counts=paced or at > 0
            )
        if not lines[(number + len(requests) - 1) % len(lines)].at(len(requests) + 1):
            self.wrong += 1

    async def _all_begun(self, people: int) -> None:
        self.waiting += 1
        if self.waiting == people:
            self.begun.set()
        await self.begun.wait()

    async def _answered(self, line: Line, request: bytes, *, counts: bool) -> None:
        while True:
            begin = time.perf_counter()
            status = await line.ask(request)
            took = time.perf_counter() - begin
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status != 429:
                break
            await asyncio.sleep(1)
        if counts:
            self.times.append(took)


def cpu(pid: int) -> float:
    """Seconds of CPU that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def main(posts: list[str], at: str, of: str, people: str, way: str, kind: str) -> None:
    """Measure and print. `at` are ports, `of` ids of processes."""
    ports, pids = ([int(one) for one in text.split(",")] for text in (at, of))
    crowd, many, paced = Crowd(posts, ports, script=kind == "script"), int(people), way == "paced"
    everybody = asyncio.gather(*(crowd.person(n, many, paced=paced) for n in range(many)))
    if not paced:
        await crowd.begun.wait()
    begin, before = time.perf_counter(), [cpu(pid) for pid in pids]
    own = time.process_time()
    await everybody
    seconds = time.perf_counter() - begin
    each = [
        (cpu(pid) - used) / len(crowd.times) * 1e6 for pid, used in zip(pids, before, strict=True)
    ]
    parts = quantiles(crowd.times, n=100)
    found = {
        "answers": len(crowd.times), "seconds": seconds, "rate": len(crowd.times) / seconds,
        "p50": parts[49] * 1e3, "p99": parts[98] * 1e3, "cpu": sum(each), "each": each,
        "own": (time.process_time() - own) / seconds, "statuses": crowd.statuses,
        "wrong": crowd.wrong,
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    talk = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    asyncio.run(main(talk["posts" if sys.argv[6] == "script" else "forms"], *sys.argv[2:7]))
