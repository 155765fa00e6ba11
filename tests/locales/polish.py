"""Translations that stand in an example itself: `# pl: Yes => Tak`, `# pl: typed: a => b`."""

import re
from pathlib import Path

from bot.locales.tongues import Tongue, Translated
from bot.locales.voice import TYPED
from bot.locales.wordlists import read_wordlists

WORDS, _ = read_wordlists([Path(__file__).parents[2] / "locales"])
ENGLISH = Tongue("en", WORDS["en"])
SHOWN = "locales/pl/LC_MESSAGES/bot.po"
_LINE = re.compile(r"# pl: (typed: )?(.+) => ?(.*)")


def polish(text: str) -> tuple[Tongue, ...]:
    """Polish as an example says it, on the lines where it stands; nothing where it says none."""
    found = ((line, _LINE.match(words)) for line, words in enumerate(text.splitlines(), 1))
    said = {
        (TYPED if match[1] else "", match[2]): Translated((match[3],), line)
        for line, match in found
        if match
    }
    return (Tongue("pl", WORDS["pl"], SHOWN, said),) if said else ()
