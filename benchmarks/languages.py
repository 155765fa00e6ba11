"""What the languages cost: looking words up, the first use of a language, its memory.

    python -m benchmarks.languages

Medians over every language that is offered. The peer is GNU gettext as Python ships it, with the
same catalogue compiled by Babel. Targets: a lookup in 1 us, a first use in 15 ms, 300 KiB each.
The memory is what is held after every message was said once: the messages, and the words to type,
which the start reads for every language. The target is for both together. The English is kept
once for all languages and is not counted. Nothing is asserted about time.
"""

import gc
import gettext
import io
import tracemalloc
from collections.abc import Callable, Sequence
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


def _memory(folder: Path, code: str, texts: Sequence[str]) -> tuple[int, int]:
    """Bytes that one language holds: its messages after all were said, and its words to type."""
    catalogues = Catalogues.read(folder)
    catalogues.voice("en")
    gc.collect()
    tracemalloc.start()
    before = _held()
    catalogues.typed_voice(code)
    typed = _held() - before
    voice = catalogues.voice(code)
    for text in texts:
        voice(text)
    messages = _held() - before - typed
    tracemalloc.stop()
    return messages, typed


def _held() -> int:
    gc.collect()  # Babel leaves circles behind; they are nobody's
    return tracemalloc.get_traced_memory()[0]


def _waiting(catalogues: Catalogues) -> int:
    """Bytes of files that are kept for languages nobody has chosen yet."""
    return sum(len(data) for files in catalogues.files.values() for data in files)


def _peer(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        catalog = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def main() -> None:
    """Print one line a figure."""
    folders = app.folders(Settings())
    folder = folders.locales
    texts = [one.msgid for one in app.messages(app.read_data(folders)) if not one.context]
    catalogues = Catalogues.read(folder)
    codes = [language.code for language in catalogues.offered if language.code != "en"]
    print(f"  {len(codes)} languages")
    print(
        f"  not chosen yet        {_waiting(catalogues) / 1024 / len(codes):7.0f} KiB a language"
    )
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
    memory = {code: _memory(folder, code, texts) for code in codes}
    _print_memory("memory, messages", {code: one for code, (one, _) in memory.items()})
    _print_memory("memory, typed words", {code: one for code, (_, one) in memory.items()})
    _print_memory(
        "memory, a language", {code: sum(one) for code, one in memory.items()}, " target 300,"
    )


def _print_memory(what: str, found: dict[str, int], target: str = "") -> None:
    worst = max(found, key=found.__getitem__)
    print(
        f"  {what:<21} {median(found.values()) / 1024:7.0f} KiB {target} worst {worst} {found[worst] / 1024:.0f}"
    )


if __name__ == "__main__":
    main()
