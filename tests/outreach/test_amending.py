"""Amending: what is written is read again, and every byte that was there still is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exceptions import UnclearError
from bot.outreach.amending import NEW, with_address, with_link, with_revocation
from bot.outreach.links import MOST_BYTES, Link, Links, read_links
from tests.outreach.writing import LINK, MADE, links, several

DAY = date(2026, 12, 1)
OTHER = Link("zzzzzzz2", MADE, "Chemist")

HAND = """\
# Ours, by hand.
web: https://notes.example.org  # since May

links:   # oldest first
- made: 2026-05-01
  # the one in the hall
  code: 23456789 # copied

- {code: 3456789a, made: 2026-05-02}  # short

# the end
bot: notes_bot   # below
"""


def read_text(text):
    """What a text says; it must have no mistake."""
    found, problems = read_links(text.encode(), "x")
    assert problems == []
    return found


def is_inside(before, after):
    """Whether `after` is `before` with something added in one place."""
    same = 0
    while same < len(before) and before[same] == after[same]:
        same += 1
    rest = len(before) - same
    return not rest or after.endswith(before[-rest:])


def written(all_links):
    """A new file with these links."""
    text = with_address(NEW, "web", "https://notes.example.org")
    for link in all_links:
        text = with_link(text, link)
    return text


@given(several())
def test_what_is_written_is_read_again(all_links):
    assert read_text(written(all_links)) == Links(
        "https://notes.example.org", "", tuple(all_links)
    )


@given(several(1), st.data())
def test_a_revocation_changes_one_link_and_no_byte_that_was_there(all_links, data):
    fresh = [replace(link, revoked=None) for link in all_links]
    before = written(fresh)
    chosen = data.draw(st.sampled_from(fresh))
    after = with_revocation(before, chosen.code, DAY)
    assert is_inside(before, after)
    wanted = [replace(link, revoked=DAY) if link == chosen else link for link in fresh]
    assert read_text(after).all == tuple(wanted)


@given(several(0), links(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_ends_of_lines_and_the_mark_at_the_beginning_stay(all_links, link, end, mark, ended):
    text = written([one for one in all_links if one.code != link.code]).replace("\n", end)
    before = ("\ufeff" if mark else "") + (text if ended else text.removesuffix(end))
    after = with_link(before, link)
    assert after.startswith(before)
    assert after.count("\n") == after.count(end)
    assert read_text(after).all == (*read_text(before).all, link)


def test_a_file_written_by_hand_keeps_its_comments_and_its_order():
    after = with_link(HAND, OTHER)
    new = '- code: "zzzzzzz2"\n  made: 2026-11-26\n  venue: "Chemist"\n'
    assert after == HAND.replace("# short\n", f"# short\n{new}")
    assert [link.code for link in read_text(after).all] == ["23456789", "3456789a", "zzzzzzz2"]


def test_a_link_written_by_hand_is_revoked_in_a_block_and_in_brackets():
    block = with_revocation(HAND, "23456789", DAY)
    assert block == HAND.replace("# copied\n", "# copied\n  revoked: 2026-12-01\n")
    braces = with_revocation(HAND, "3456789a", DAY)
    assert braces == HAND.replace("3456789a,", "3456789a, revoked: 2026-12-01,")


@pytest.mark.parametrize("written_as", ['"3456789a"', "'3456789a'"])
def test_a_code_in_quotes_is_found_in_brackets_too(written_as):
    before = HAND.replace("3456789a", written_as)
    after = with_revocation(before, "3456789a", DAY)
    assert after == before.replace(f"{written_as},", f"{written_as}, revoked: 2026-12-01,")


@pytest.mark.parametrize("key", ["web", "bot"])
def test_an_address_is_put_above_the_first_key(key):
    value = {"web": "https://a.org", "bot": "notes_bot"}[key]
    text = with_link("# ours\nlinks:\n", LINK)
    after = with_address(text, key, value)
    assert after == text.replace("links:", f"{key}: {value}\nlinks:")
    assert getattr(read_text(after), key) == value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("links:\n", "links:\n  - code"),
        ("links:", "links:\n  - code"),
        ("links: # none yet\n# below\n", "links: # none yet\n  - code"),
        ("web: https://a.org\n", "web: https://a.org\nlinks:\n  - code"),
        ("web: https://a.org", "web: https://a.org\nlinks:\n  - code"),
    ],
)
def test_the_first_link_finds_its_place(before, after):
    made = with_link(before, LINK)
    assert made.startswith(after)
    assert read_text(made).all == (LINK,)


@pytest.mark.parametrize(
    "text",
    [
        "links: []\n",
        "links: [{code: 23456789, made: 2026-05-01}]\n",
        "links: none\n",
        "{links: }\n",
        "  links:\n",
        "links:\n  - code: 23456789\n    made: 2026-05-01\n    venue: |\n      a\n      # b\n",
        "web: https://a.org\n---\nlinks:\n",
        "",
        "# nothing\n",
    ],
)
def test_where_there_is_no_safe_place_it_is_said(text):
    with pytest.raises(UnclearError):
        with_link(text, LINK)


@pytest.mark.parametrize(
    "text",
    [
        "links:\n  - code:\n      23456789\n    made: 2026-05-01\n",
        'links:\n  - {code: "2345678\\x39", made: 2026-05-01}\n',
        "links:\n  - code: 23456789\n    made: 2026-05-01\n    revoked: 2026-05-02\n",
        "links:\n  - made: 2026-05-01\n",
        "links: 23456789\n",
        "links:\n  - 23456789\n",
    ],
)
def test_what_cannot_be_revoked_without_a_doubt_is_said(text):
    with pytest.raises(UnclearError):
        with_revocation(text, "23456789", DAY)


def test_an_address_that_is_there_is_not_written_twice():
    with pytest.raises(UnclearError):
        with_address(HAND, "web", "https://a.org")


@pytest.mark.parametrize(
    "link",
    [
        replace(LINK, venue="a\nb"),
        replace(LINK, venue="x" * 81),
        replace(LINK, code="nothing"),
        replace(LINK, council="west midlands"),
        replace(LINK, expires=date(2020, 1, 1)),
    ],
    ids=["two lines", "too long", "no code", "no council", "ends before"],
)
def test_a_link_that_could_not_be_read_again_is_not_written(link):
    with pytest.raises(UnclearError):
        with_link(NEW, link)


def test_a_link_that_is_there_is_not_written_twice():
    with pytest.raises(UnclearError):
        with_link(with_link(NEW, LINK), LINK)


def test_a_file_that_is_full_stays_as_it_is():
    text = NEW + "#" * (MOST_BYTES - len(NEW) - 20)
    with pytest.raises(UnclearError, match="full"):
        with_link(text, LINK)


def test_a_revocation_does_not_wait_until_other_links_are_right():
    text = with_link(NEW, LINK) + "  - code: wrong\n"
    after = with_revocation(text, LINK.code, DAY)
    found, problems = read_links(after.encode(), "x")
    assert found.all == (replace(LINK, revoked=DAY),)
    assert problems


@given(
    st.text()
    | st.lists(st.sampled_from([*HAND.splitlines(keepends=True), *"{}[]'\"|-:#\t\r"])).map("".join)
)
def test_any_text_is_added_to_as_it_should_be_or_refused(text):
    for change in (
        lambda: with_link(text, LINK),
        lambda: with_revocation(text, "23456789", DAY),
        lambda: with_address(text, "bot", "notes_bot"),
    ):
        try:
            after = change()
        except UnclearError:
            continue
        assert is_inside(text, after)
