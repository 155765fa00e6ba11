"""The frozen lines: numbers for danger that stand when flows, directory and translations fail.

Facts as in the directory; a test keeps the two equal. English names, on purpose.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One line. `word` is what to text, empty for a line to ring."""

    name: str
    number: str
    word: str = ""


LINES: Mapping[str, FrozenLine] = {
    "emergency-999": FrozenLine("Emergency", "999"),
    "nhs-111": FrozenLine("NHS 111", "111"),
    "national-domestic-abuse-helpline": FrozenLine(
        "National Domestic Abuse Helpline", "0808 2000 247"
    ),
    "rape-crisis-247": FrozenLine("24/7 Rape and Sexual Abuse Support Line", "0808 500 2222"),
    "samaritans": FrozenLine("Samaritans", "116 123"),
    "shout": FrozenLine("Shout", "85258", "SHOUT"),
}
