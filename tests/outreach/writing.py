"""Links for tests, and any links at all for hypothesis."""

from datetime import date, timedelta
from string import ascii_letters, digits

from hypothesis import strategies as st

from bot.counting.codes import SIGNS, TEST
from bot.outreach.links import MOST_COVER, MOST_VENUE, Link, unfit

MADE = date(2026, 11, 26)
LINK = Link("k7m2x9pa", MADE, "Library, Walsall", "ur", "walsall", "Notes")

CODES = st.text(SIGNS, min_size=8, max_size=8) | st.text(SIGNS, min_size=7, max_size=7).map(
    lambda rest: TEST + rest
)
# Quotes, signs that mean something in YAML, other scripts: all that the checks let through.
ANY = st.characters(codec="utf-8") | st.sampled_from(list("\"'\\:#-{}[]!&*|%~=,\u200d "))
SHORT = f"{ascii_letters}{digits}-"


def words(name, most):
    """Words that may stand in a link, or none."""
    made = st.text(ANY, max_size=most).map(str.strip)
    return made.filter(lambda text: not unfit(name, text, most))


def links():
    """Any link that could stand in a file."""
    return st.builds(
        lambda code, made, days, **rest: Link(
            code, made, expires=None if days is None else made + timedelta(days), **rest
        ),
        code=CODES,
        made=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
        days=st.none() | st.integers(0, 4000),
        venue=words("venue", MOST_VENUE),
        cover=words("cover", MOST_COVER),
        language=st.text(SHORT, max_size=8),
        council=st.text(SHORT, max_size=40),
        revoked=st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    )


def several(least=0, most=4):
    """Links of one file: no code twice."""
    return st.lists(links(), min_size=least, max_size=most, unique_by=lambda link: link.code)
