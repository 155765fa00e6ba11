"""What printing costs: a thousand cards in one PDF, and a recipe in many languages.

    python -m benchmarks.printed_cards

Each run is a fresh process, as a worker starts it; figures are medians.
"""

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.starting import milliseconds

RUNS = 5
ADDRESS = "https://notes.example.org/k7m2x9pa"
CODES = ("en", "pa", "ur", "pl", "ro", "bn", "gu", "ps", "bg", "ta", "ru", "hu", "hi", "uk")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, more in {
            "1,000 cards in Urdu": ["--lang", "ur", "--count", "1000"],
            "a recipe in 14 languages": [
                *(part for code in CODES for part in ("--lang", code)),
                *("--count", "1", "--design", "recipe"),
            ],
        }.items():
            file = Path(folder) / f"{len(more)}.pdf"
            # What it says about drafts is for people who print.
            arguments = ["kit", "--address", ADDRESS, "--out", str(file), *more]
            code = f"import os, sys; sys.stderr = open(os.devnull, 'w'); from bot.cli import main; main({arguments!r})"
            times = []
            for _ in range(RUNS):
                file.unlink(missing_ok=True)
                times.append(milliseconds(code))
            size = file.stat().st_size / 1000
            print(f"  {name:<28}{median(times) / 1000:6.1f} s{size:8.0f} kB")


if __name__ == "__main__":
    main()
