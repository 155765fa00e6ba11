"""The file of links: what is read, what is refused and where, and what has become of a link."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outreach import links as reading
from bot.outreach.links import Link, Links, State, find, read_links, read_links_file, state, unfit
from tests.expectations import expected
from tests.outreach.writing import LINK, MADE

BROKEN = sorted((Path(__file__).parent / "broken").glob("link-*.yaml"))
LEFT = {"link-code": ["k7m2x9pa"], "link-twice": ["k7m2x9pa"]}  # in which a good link stands
WHOLE = b"""# ours
web: https://notes.example.org/
bot: '@notes_bot'
links:
  - code: "23456789"   # figures alone are a code too
    made: 2026-11-26
    venue: Library, Walsall
    language: no
    council: walsall
    cover: Notes
    expires: 2027-02-24
    revoked: 2026-12-01
  - {code: 2e345678, made: 2026-11-26}
"""


def test_a_whole_file_is_read():
    links, problems = read_links(WHOLE, "links.yaml")
    assert problems == []
    assert (links.web, links.bot) == ("https://notes.example.org", "notes_bot")
    full = Link(
        "23456789", MADE, "Library, Walsall", "no", "walsall", "Notes",
        date(2027, 2, 24), date(2026, 12, 1),
    )  # fmt: skip
    assert links.all == (full, Link("2e345678", MADE))
    assert find(links, "2e345678") == links.all[1]
    assert find(links, "zzzzzzzz") is None


def test_a_file_is_read_like_its_bytes(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(WHOLE)
    assert read_links_file(path, "x") == read_links(WHOLE, "x")
    _, problems = read_links_file(tmp_path / "none.yaml", "none.yaml")
    assert [problem.rule for problem in problems] == ["unreadable"]


@pytest.mark.parametrize("text", [b"links:\n", b"links: []\n", b"web: https://a.org\n"])
def test_a_file_may_have_no_links(text):
    links, problems = read_links(text, "x")
    assert (links.all, problems) == ((), [])


@pytest.mark.parametrize(("language", "council"), [("l" * 9, "dudley"), ("ur", "c" * 41)])
def test_what_would_be_too_long_for_telegram_is_refused(language, council):
    text = f"links:\n  - {{code: k7m2x9pa, made: 2026-11-26, language: {language}, council: {council}}}"
    assert [each.rule for each in read_links(text.encode(), "x")[1]] == ["link-start"]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_brings_exactly_the_problems_it_announces(path):
    found, problems = read_links(path.read_bytes(), path.name)
    assert [str(each).removeprefix(f"{path.name}:") for each in problems] == expected(path)
    assert [each.code for each in found.all] == LEFT.get(path.stem, [])


def test_every_rule_has_its_broken_file_and_says_what_it_means():
    assert {path.stem for path in BROKEN} == set(reading.RULES)
    assert all(means.endswith(".") for means in reading.RULES.values())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"links:\n  - {made: 2026-11-26}\n", "missing"),
        (b"links:\n  - {code: k7m2x9pa}\n", "missing"),
        (b"links: k7m2x9pa\n", "wrong-type"),
        (b"links:\n  - {code: k7m2x9pa, made: 2026-11-26, name: Jane}\n", "unknown-key"),
        (b"links:\n  - {code: k7m2x9pa, made: 2026-11-26, venue: ''}\n", "empty"),
        (b"link:\n  - {code: k7m2x9pa, made: 2026-11-26}\n", "unknown-key"),
        (b"", "yaml"),
        (b"#" * (reading.MOST_BYTES + 1), "too-large"),
    ],
)
def test_a_link_with_a_mistake_is_left_out_and_it_is_said(text, rule):
    links, problems = read_links(text, "x")
    assert links.all == ()
    assert [problem.rule for problem in problems] == [rule]


def test_one_mistake_leaves_the_other_links():
    broken = WHOLE + b"  - {code: k7m2x9pa, made: yesterday}\n"
    links, problems = read_links(broken, "x")
    assert [link.code for link in links.all] == ["23456789", "2e345678"]
    assert len(problems) == 1


# ---- words


@pytest.mark.parametrize(
    "text",
    [
        "Library, 2nd floor", "Женская консультация", "کتابخانه", "گھر\u200cکا دروازہ", "=1+1", "a" * 80,
        "Clinic 12, B12 9XX", "Stall on 2026-11-26", "Nurse's \"room\" & hall #3", "",
    ],
)  # fmt: skip
def test_words_of_any_script_are_taken(text):
    assert unfit("venue", text, 80) is None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 81, "<script>", "a > b", "a\nb", "a\tb", "\x1b[2J", "\x00", "\u202eabc", "a\u2066b",
        "\u200e", "\u061c", "a\u2028b", "\u3164", "\ufeff", "\U000e0041", "\ud800", "\ue000", "\x85",
        "+44 7700 900123", "07700-900-123", "۰۷۷۰۰۹۰۰۱۲۳", "jane@example.org",
        "Jane 07700_900123", "0_7_7_0_0_9_0_0_1",
    ],
    ids=ascii,
)  # fmt: skip
def test_tricks_and_persons_are_refused_without_saying_what_was_written(text):
    why = unfit("venue", text, 80)
    assert why
    assert text not in why
    assert why.isascii()
    assert why.isprintable()


# ---- addresses


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://notes.example.org", "https://notes.example.org"),
        ("https://notes.example.org/", "https://notes.example.org"),
        (" https://n0-tes.org:8443 ", "https://n0-tes.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_a_web_address_is_a_host_by_https_or_this_machine(text, kept):
    assert reading.web_of(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "notes.example.org", "http://notes.example.org", "https://", "https://notes",
        "https://notes.example.org/path", "https://notes.example.org/?a=1", "https://a@b.org",
        "https://nоtes.example.org", "https://notes.example.org#x", "https://-a.org", "https://a..org",
        "https://notes.example.org\n.evil.org", "javascript:alert(1)", "https://a.org:999999",
        "https://" + "a." * 130 + "org", "https://127.0.0.1", "https://ａ.org",
    ],
    ids=ascii,
)  # fmt: skip
def test_any_other_web_address_is_refused(text):
    assert reading.web_of(text) is None


@pytest.mark.parametrize(
    "text", ["", "bot", "a" * 33, "1notes_bot", "notes-bot", "nоtes_bot", "a b_bot"]
)
def test_a_bot_has_the_names_that_telegram_gives(text):
    assert reading.bot_of(text) is None
    assert reading.bot_of("@notes_bot") == reading.bot_of("notes_bot") == "notes_bot"


# ---- states


@pytest.mark.parametrize(
    ("expires", "revoked", "then"),
    [
        (None, None, State.ACTIVE),
        (MADE, None, State.ACTIVE),
        (MADE - timedelta(1), None, State.EXPIRED),
        (None, MADE, State.REVOKED),
        (None, MADE + timedelta(9), State.REVOKED),
        (MADE - timedelta(1), MADE, State.REVOKED),
    ],
)
def test_a_link_counts_to_its_last_day_and_not_once_it_is_revoked(expires, revoked, then):
    link = Link(LINK.code, MADE - timedelta(90), expires=expires, revoked=revoked)
    assert state(link, MADE) is then


# ---- anything at all


PIECES = st.sampled_from(
    [
        "links: ", "code: ", "made: ", "venue: ", "language: ", "revoked: ", "web: ", "- ", "  ", "    ",
        "\n", "{", "}", "[", "]", ", ", "'", '"', "~", "#", "k7m2x9pa", "2026-11-26", "2026-02-30",
        "https://a.org", "\u202e", "<b>", "0", "&a ", "*a ", "no", "\x00", "\ufeff", "\r",
    ]
)  # fmt: skip


@given(st.binary() | st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode()))
def test_no_bytes_stop_the_reading_and_what_is_read_is_fit(data):
    links, problems = read_links(data, "x")
    assert isinstance(links, Links)
    assert problems == sorted(problems)
    for link in links.all:
        assert reading.is_code(link.code)
        assert not unfit("venue", link.venue, reading.MOST_VENUE)
        assert not link.expires or link.expires >= link.made
    assert len({link.code for link in links.all}) == len(links.all)
