"""What checking the directory costs: milliseconds an entry, and seconds for a large one.

    python -m benchmarks.directory_checks

The shipped entries, read from memory, through everything that `linnet check` does with them. The
target is 2 ms an entry. Figures are medians of several runs over all entries; caches are as warm
as they are in a program that reads its data again. Nothing is asserted about time.
"""

import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

from bot.directory.checks import check_directory, check_entry, read_do_not_ship
from bot.directory.findings import Around
from bot.directory.loader import load_service
from bot.directory.model import Service
from bot.directory.places import read_places
from bot.directory.schema import schema_text
from bot.documents import read

DIRECTORY = Path(__file__).parents[1] / "directory"
REPEATS = 9
LARGE = 5000  # entries
TARGET = 2.0  # ms an entry


def median(work: Callable[[], object]) -> float:
    """Milliseconds for one run of `work`."""
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    """Print one line a figure."""
    today = date(2026, 11, 23)
    places, _ = read_places(DIRECTORY, "directory")
    gone, _ = read_do_not_ship(DIRECTORY, "directory")
    around = Around(places, today, gone)
    texts = {path: path.read_bytes() for path in sorted((DIRECTORY / "services").rglob("*.yaml"))}
    documents = [read(data, f"services/{path.name}")[0] for path, data in texts.items()]
    loaded = [load_service(document)[0] for document in documents]
    services = [service for service in loaded if service]
    count = len(services)
    parts = {
        "YAML with positions": lambda: [read(data, path.name) for path, data in texts.items()],
        "shape": lambda: [load_service(document) for document in documents],
        "rules": lambda: [list(check_entry(service, around)) for service in services],
    }
    whole = 0.0
    for name, work in parts.items():
        took = median(work) / count
        whole += took
        print(f"  {name:<30} {took:7.3f} ms an entry")
    print(f"  {'all of it':<30} {whole:7.3f} ms an entry (target {TARGET})")
    many = (services * (LARGE // count + 1))[:LARGE]
    print(f"  {'rules, all copied to ' + str(LARGE):<30} {_once(many, around):7.1f} s")
    print(f"  {'schema':<30} {median(schema_text):7.1f} ms")


def _once(services: list[Service], around: Around) -> float:
    started = perf_counter()
    check_directory(services, around.places, around.today, around.gone)
    return perf_counter() - started


if __name__ == "__main__":
    main()
