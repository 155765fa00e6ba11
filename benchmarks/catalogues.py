"""What a catalogue costs: milliseconds to compile, microseconds a lookup, beside GNU gettext.

    python -m benchmarks.catalogues

Made-up translations of 400 messages. GNU gettext gets the same catalogue as an `.mo` that Babel
writes, which is not counted. Figures are the best of several runs; nothing is asserted about time.
"""

import gettext
import timeit
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.locales.catalogues import compile_catalogue
from bot.locales.languages import ENGLISH, Language, read_languages
from bot.locales.pofile import Entry, write
from bot.locales.voice import Voice

MESSAGES = 400
REPEATS = 7
LOCALES = Path(__file__).parents[1] / "locales"


def catalogue(language: Language) -> bytes:
    """A catalogue of made-up sentences in the letters of Urdu and Polish."""
    header = {"Language": language.code, "Plural-Forms": language.plural_forms}
    entries = [
        Entry(
            "",
            f"Sentence {number} with $place in it.",
            "",
            (f"جملہ {number} zdanie $place میں ہے۔ " * 2,),
            paths=(f"flows/file{number % 9}.yaml steps.s{number}.say",),
        )
        for number in range(MESSAGES)
    ]
    return write(["Made up."], header, entries)


def best(work: str, names: dict[str, object], number: int) -> float:
    """Seconds for one run of `work`."""
    return min(timeit.repeat(work, globals=names, number=number, repeat=REPEATS)) / number


def mo_of(data: bytes) -> bytes:
    """The same catalogue in GNU's compiled form."""
    out = BytesIO()
    write_mo(out, read_po(BytesIO(data)))
    return out.getvalue()


def main() -> None:
    """Print one line a figure."""
    languages, _ = read_languages(LOCALES)
    urdu = languages.get("ur") or ENGLISH
    data, msgid = catalogue(urdu), "Sentence 200 with $place in it."
    mo = mo_of(data)
    voice = Voice(urdu, compile_catalogue(data), Voice(ENGLISH, {}))
    gnu = gettext.GNUTranslations(BytesIO(mo))
    assert gnu.gettext(msgid) == voice.entries[""][msgid]
    names = {
        "data": data,
        "mo": mo,
        "msgid": msgid,
        "entries": voice.entries,
        "voice": voice,
        "gnu": gnu,
        "BytesIO": BytesIO,
        "compile_catalogue": compile_catalogue,
        "GNUTranslations": gettext.GNUTranslations,
    }
    print(f"{MESSAGES} messages, {len(data) / 1024:.0f} kB of PO, {len(mo) / 1024:.0f} kB of MO")
    for label, work, number, unit, times in (
        ("compile a PO in memory", "compile_catalogue(data)", 3, "ms", 1e3),
        ("GNU gettext, load an MO", "GNUTranslations(BytesIO(mo))", 20, "ms", 1e3),
        ("look a message up", "entries[''].get(msgid)", 100_000, "µs", 1e6),
        ("GNU gettext, look it up", "gnu.gettext(msgid)", 100_000, "µs", 1e6),
        ("say it, slot and marks", "voice(msgid, place='Dudley')", 20_000, "µs", 1e6),
    ):
        print(f"{label:<28}{best(work, names, number) * times:8.2f} {unit}")


if __name__ == "__main__":
    main()
