"""Topics: the English words that tell a stranger what this chat is about."""

import re

# Beginnings of words. What stands where others may read or hear it has none of them.
_BEGINNINGS = (
    "abus", "addict", "al-anon", "alcohol", "assault", "beer", "booze", "cannabis", "cocaine",
    "crack", "dependen", "detox", "domestic", "drank", "drink", "drug", "drunk", "exploit",
    "forced", "harm", "heroin", "honour", "hurt", "medicine", "methadone", "misus", "naloxone",
    "narcotic", "needle", "opioid", "overdos", "pills", "prison", "prostitut", "rape",
    "recover", "refuge", "rehab", "relapse", "scared", "sex", "slavery", "sober", "substance",
    "suicid", "treatment", "victim", "violen", "vodka", "wine", "withdraw",
    "women's aid",
)  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_BEGINNINGS)})\w*", re.IGNORECASE)


def telling(text: str) -> str | None:
    """The first word of English text that gives the topic away; None where there is none."""
    found = _WORD.search(text.replace("’", "'"))
    return found[0] if found else None
