"""What an answer of the page costs with one worker and with three, over one shared store.

    python -m benchmarks.workers

`linnet serve` runs as people run it, over a real Redis. People think 1 to 3 seconds before each of
twelve answers, and each answer goes to another worker than the one before. How many answers a
second three workers give tells nothing on a machine that has fewer cores than it has programs. What
an answer costs all workers together tells it anywhere: with a core each, three would give three
times as many as one, times the cost with one over the cost with three. Redis works on one core;
what it needs for an answer is the end of that. Medians of the rounds. It needs redis-server.
"""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.stores import server
from benchmarks.web import ROOT, Found, free_port, people_at, wait_for
from benchmarks.web_talk import write_talk

PEOPLE = 300
ROUNDS = 3
WORKERS = 3


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:  # as in a start
        talk = Path(folder) / "talk.json"
        write_talk(talk)
        found: dict[int, list[Found]] = {1: [], WORKERS: []}
        for _ in range(ROUNDS):
            for count, rounds in found.items():
                rounds.append(asyncio.run(_measured(talk, count)))
    costs, shared = {}, {}
    for count, rounds in found.items():
        rate, p99 = (median(one[name] for one in rounds) for name in ("rate", "p99"))
        costs[count] = median(sum(one["each"][:-1]) for one in rounds)
        shared[count] = median(one["each"][-1] for one in rounds)
        wrong = sum(one["wrong"] for one in rounds)
        print(
            f"{count} of {WORKERS}: {costs[count]:.0f} µs CPU of workers an answer and"
            f" {shared[count]:.0f} of Redis; at {rate:.0f} answers/s p99 {p99:.0f} ms,"
            f" {wrong} people at the wrong card"
        )
    ratio = WORKERS * costs[1] / costs[WORKERS]
    print(f"three workers / one worker, by cost: {ratio:.2f} times as many answers")
    print(f"Redis would be at its end with {1e6 / shared[WORKERS]:.0f} answers a second")


async def _measured(talk: Path, count: int) -> Found:
    async with server() as (port, redis):
        with _workers(f"redis://127.0.0.1:{port}", count) as (ports, pids):
            return await asyncio.to_thread(
                people_at, talk, ports, [*pids, redis], PEOPLE, "paced", "script"
            )


@contextmanager
def _workers(store: str, count: int) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Workers in processes of their own; their ports and their ids."""
    with ExitStack() as ends, tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        secret = Path(folder) / "secret"
        secret.write_bytes(secrets.token_bytes(32))
        secret.chmod(0o600)
        ports, pids = [], []
        for number in range(count):
            own = Path(folder) / str(number)
            own.mkdir()
            port = free_port()
            settings = {
                "LINNET_PORT": str(port), "LINNET_STORE": store, "LINNET_SECRET_FILE": str(secret),
                "RUNTIME_DIRECTORY": str(own),
            }  # fmt: skip
            process = subprocess.Popen(  # our own
                [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env={**os.environ, **settings}
            )
            ends.callback(process.wait)
            ends.callback(process.terminate)
            ports.append(port)
            pids.append(process.pid)
        for port in ports:
            wait_for(port)
        yield ports, pids


if __name__ == "__main__":
    main()
