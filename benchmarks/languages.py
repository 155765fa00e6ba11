"""What the languages cost: looking words up, the first use of a language, its memory.

    python -m benchmarks.languages

Medians over every language that is offered. The peer is GNU gettext as Python ships it, with the
same catalogue compiled by Babel. Targets: a lookup in 1 us, a first use in 15 ms, 300 KiB each.
Nothing is asserted about time.
"""

import gettext
import io
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot import app
from bot.locales.catalogues import Catalogues
from bot.locales.languages import catalogue_path
from bot.settings import Settings

TEXT = "Please press a button, or type the number of an answer."
ROUNDS = 20_000
TRIES = 5


def _median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of one call: the median of a few tries of many calls."""
    found = []
    for _ in range(TRIES):
        started = perf_counter()
        for _ in range(rounds):
            work()
        found.append((perf_counter() - started) / rounds)
    return median(found)


def _first_use(folder: Path, code: str) -> float:
    found = []
    for _ in range(TRIES):
        catalogues = Catalogues.read(folder)
        catalogues.voice("en")
        started = perf_counter()
        catalogues.voice(code)("Back")
        found.append(perf_counter() - started)
    return median(found)


def _memory(folder: Path, code: str) -> int:
    catalogues = Catalogues.read(folder)
    catalogues.voice("en")
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    catalogues.voice(code)
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used


def _peer(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        catalog = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def main() -> None:
    """Print one line a figure."""
    folder = app.folders(Settings()).locales
    catalogues = Catalogues.read(folder)
    codes = [language.code for language in catalogues.offered if language.code != "en"]
    print(f"  {len(codes)} languages")
    lookups, slots, peers = [], [], []
    for code in codes:
        voice, peer = catalogues.voice(code), _peer(catalogue_path(folder, code))
        lookups.append(_median(partial(voice, TEXT)))
        slots.append(_median(partial(voice, "Open now, until $time", time="18:30")))
        peers.append(_median(partial(peer.gettext, TEXT)))
    print(f"  lookup                {1e6 * median(lookups):7.2f} us   (target 1)")
    print(
        f"  gettext, the peer     {1e6 * median(peers):7.2f} us   x {median(peers) / median(lookups):.2f}"
    )
    print(f"  with a value put in   {1e6 * median(slots):7.2f} us")
    first = {code: _first_use(folder, code) for code in codes}
    worst = max(first, key=first.__getitem__)
    print(
        f"  first use             {1e3 * median(first.values()):7.2f} ms   (target 15), worst {worst} {1e3 * first[worst]:.1f}"
    )
    memory = {code: _memory(folder, code) for code in codes}
    worst = max(memory, key=memory.__getitem__)
    print(
        f"  memory                {median(memory.values()) / 1024:7.0f} KiB  (target 300), worst {worst} {memory[worst] / 1024:.0f}"
    )


if __name__ == "__main__":
    main()
