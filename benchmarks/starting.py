"""What it takes to start: imports, loading and checking the starter data, the first card.

    python -m benchmarks.starting

Each run is a fresh process; figures are medians in milliseconds, beside a bare `python -c pass`.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RUNS = 9

PARTS = {
    "python alone": "pass",
    "imports": "import bot.cli",
    "load and check": (
        "from bot import app; from bot.settings import Settings;"
        "app.all_problems(app.read_data(app.folders(Settings())), app.today())"
    ),
    "first card": "from bot.cli import main; main(['chat', '--lang', 'ur'])",
}


def milliseconds(code: str) -> float:
    """Of one fresh process."""
    begin = time.perf_counter()
    subprocess.run(  # noqa: S603  # our own code, in our own interpreter
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Measure and print."""
    milliseconds("import bot.cli")  # byte code is written once, not in a measured run
    times: dict[str, list[float]] = {name: [] for name in PARTS}
    for _ in range(RUNS):
        for name, code in PARTS.items():
            times[name].append(milliseconds(code))
    alone = median(times["python alone"])
    for name, runs in times.items():
        print(
            f"  {name:<16}{median(runs):8.0f} ms   ({median(runs) - alone:6.0f} ms above python)"
        )


if __name__ == "__main__":
    main()
