"""What an answer of the web page costs, beside a bare Starlette form page that keeps nothing.

    python -m benchmarks.web

`linnet serve` runs as people run it, sealed store and limits included; 500 people walk the talk of
twelve answers from a second process, as forms or as the script posts them. Closed: each posts as soon as she is answered. Paced:
each thinks 1 to 3 seconds before each answer. The bare page is loaded the same way in the same
round. Figures are medians of the rounds, ratios medians of the rounds' ratios. A round in which
an answer was not 200 says so; nothing is asserted of time.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.web_talk import write_talk

PEOPLE = 500
ROUNDS = 3
ROOT = Path(__file__).parents[1]
Found = Mapping[str, Any]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:  # as in a start
        talk = Path(folder) / "talk.json"
        write_talk(talk)
        cards = json.loads(talk.read_text(encoding="utf-8"))["cards"].values()
        sizes = [len(json.dumps(card, separators=(",", ":"))) for card in cards]
        print(f"{len(sizes)} answers of {min(sizes)} to {max(sizes)} bytes, {PEOPLE} people")
        _compare(talk, "closed", "form", ROUNDS)
        _compare(talk, "closed", "script", ROUNDS)
        _compare(talk, "paced", "script", 1)


def _compare(talk: Path, way: str, kind: str, rounds: int) -> None:
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(_measured(talk, way, kind, [sys.executable, "-m", "bot", "serve"]))
        command = [sys.executable, "-m", "benchmarks.web_bare", str(talk)]
        bare.append(_measured(talk, way, kind, command))
    print(f"{way}, {kind}:")
    for name, found in (("Linnet", ours), ("bare page", bare)):
        print(f"  {name:<10} {_figures(found)}")
    rate = median(mine["rate"] / other["rate"] for mine, other in zip(ours, bare, strict=True))
    work = median(other["cpu"] / mine["cpu"] for mine, other in zip(ours, bare, strict=True))
    print(f"  Linnet / bare page: {rate:.2f} of its answers a second; bare CPU / ours {work:.2f}")


def _figures(found: Sequence[Found]) -> str:
    rate, p50, p99, cpu, own = (
        median(one[name] for one in found) for name in ("rate", "p50", "p99", "cpu", "own")
    )
    statuses: dict[str, int] = {}
    for one in found:
        for status, times in one["statuses"].items():
            statuses[status] = statuses.get(status, 0) + times
    wrong = sum(one["wrong"] for one in found)
    odd = f", {wrong} people at the wrong card" if wrong else ""
    return (
        f"{rate:7.0f} answers/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   {cpu:6.0f} µs CPU"
        f"   (load {own:.0%} of a core)   statuses {statuses}{odd}"
    )


def _measured(talk: Path, way: str, kind: str, command: list[str]) -> Found:
    with _served(command) as (port, pid):
        return people_at(talk, [port], [pid], PEOPLE, way, kind)


def people_at(
    talk: Path, ports: Sequence[int], pids: Sequence[int], people: int, way: str, kind: str
) -> Found:
    """What came of people at servers on these ports, run by these processes."""
    named = [",".join(map(str, numbers)) for numbers in (ports, pids)]
    done = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-m", "benchmarks.web_people", talk, *named, str(people), way, kind],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _served(command: list[str]) -> Iterator[tuple[int, int]]:
    """A server in a process of its own; its port and its id."""
    port = free_port()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        environment = {**os.environ, "LINNET_PORT": str(port), "RUNTIME_DIRECTORY": folder}
        more = [] if "bot" in command else [str(port)]
        process = subprocess.Popen([*command, *more], cwd=ROOT, env=environment)  # noqa: S603
        try:
            wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def wait_for(port: int) -> None:
    """Wait until somebody listens there. Raises TimeoutError."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not begin to listen")


if __name__ == "__main__":
    main()
