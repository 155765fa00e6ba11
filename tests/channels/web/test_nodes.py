"""Nodes: words stay words, in HTML and in JSON, and only known elements are ever made."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web import page
from bot.channels.web.nodes import ATTRIBUTES, TAGS, as_html, every, node
from bot.conversation.messages import (
    Asking,
    Card,
    Labels,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Way,
    Word,
)
from tests.channels.web.test_page import cards_of
from tests.talk import Talk

WRITTEN = (Path(page.__file__).parent / "static" / "page.js").read_text(encoding="utf-8")
SCRIPT = re.sub(r"^\s*//.*$", "", WRITTEN, flags=re.M)  # without what it says about itself
LINK = re.compile(r"(https://|tel:|sms:|mailto:)")
# Not NUL and not CR: an HTML parser changes them, and no text of ours may hold them.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\n"))
shown = words | st.sampled_from(
    ["<script>alert(1)</script>", "&lt;b&gt;", "\"'`", "]]>", "<!--", "{{ x }}", "$name", "%(x)s"]
)


@pytest.fixture(scope="module")
def walked(world, moment):
    return cards_of(world, moment)


class Read(HTMLParser):
    """HTML as a browser reads it: the elements, and all its words."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.words = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_data(self, data):
        self.words.append(data)


def words_of(tree):
    """All words of a tree as the script has it."""
    if isinstance(tree, str):
        return tree
    return "".join(words_of(child) for child in tree[2:])


def elements_of(tree):
    if not isinstance(tree, str):
        yield tree[0], tree[1]
        for child in tree[2:]:
            yield from elements_of(child)


def same_both_ways(tree):
    """Asserts that the page and the script show one and the same; gives what they show."""
    read, data = Read(as_html(tree)), json.loads(json.dumps(tree))
    assert read.elements == list(elements_of(data))
    assert "".join(read.words) == words_of(data)
    return read


@settings(deadline=None)
@given(shown)
def test_any_words_come_out_as_the_same_words(text):
    assert "".join(same_both_ways(node("p", text)).words) == text


@settings(deadline=None)
@given(shown, shown)
def test_any_words_in_an_attribute_come_out_as_the_same_words(value, text):
    read = same_both_ways(node("button", text, data_copy=value, hidden=""))
    assert read.elements == [("button", {"data-copy": value, "hidden": ""})]


@st.composite
def cards(draw):
    """A card with any words in every place of it."""
    listing = Listing(draw(shown), (draw(shown),))
    asking = Asking(draw(shown), (Question(draw(shown), draw(shown)),), draw(shown))
    way = Way(
        draw(shown), draw(shown), draw(st.none() | st.just("tel:+441214960000")), (draw(shown),)
    )
    result = Result(draw(shown), draw(shown), (draw(shown),), listing, listing, asking, (way,))
    asked = Paragraph(draw(shown), "ask", english=draw(st.booleans()))
    options = (Option(draw(shown), draw(shown)),)
    labels = Labels(*(draw(shown) for _ in Labels.__dataclass_fields__))
    return Card("ur", "rtl", (asked, result), options, (), draw(st.booleans()), labels=labels)


@settings(deadline=None)
@given(cards())
def test_threat_12_any_words_in_any_place_of_a_card_are_only_words(card):
    read = same_both_ways(page.card_node(card))
    assert {tag for tag, _ in read.elements} <= TAGS
    text = "".join(read.words)
    assert all(line in text for line in card.blocks[0].text.split("\n"))
    assert card.blocks[1].name in text


def test_every_card_of_the_talk_is_the_same_with_and_without_the_script(walked):
    for card in walked:
        same_both_ways(page.card_node(card))


def test_no_card_of_the_talk_has_an_element_or_an_attribute_that_is_not_allowed(walked):
    found = [one for card in walked for one in every(page.card_node(card))]
    assert {one.tag for one in found} - TAGS == set()
    assert {name for one in found for name in one.attributes} - ATTRIBUTES == set()


def test_no_card_of_the_talk_leads_anywhere_but_to_a_site_a_number_or_a_letter(walked):
    for card in walked:
        for one in every(page.card_node(card)):
            link = one.attributes.get("href")
            assert link is None or LINK.match(link)


# ---- the script's own lists


def listed(name):
    """The words of a list in the script."""
    found = re.search(rf"const {name} = new Set\(\((.*?)\)\.split", SCRIPT, re.S)
    return set("".join(re.findall(r'"([^"]*)"', found[1])).split())


@pytest.mark.parametrize(("name", "ours"), [("TAGS", TAGS), ("NAMES", ATTRIBUTES)])
def test_the_script_allows_what_the_page_allows(name, ours):
    assert listed(name) == ours


def test_nothing_that_runs_or_loads_is_allowed():
    assert not TAGS & {
        "script",
        "style",
        "iframe",
        "img",
        "object",
        "embed",
        "link",
        "svg",
        "base",
    }
    assert not [name for name in ATTRIBUTES if name.startswith("on")]
    assert not ATTRIBUTES & {"style", "srcset", "srcdoc", "formaction", "target", "ping"}
    assert not ATTRIBUTES & {"autoplay", "loop", "muted"}


def test_what_loads_is_a_recording_of_ours_and_waits_until_she_plays_it(recorded, moment):
    talk = Talk(recorded, moment)
    talk.act(Word("listen"))
    found = [
        one for one in every(page.card_node(talk.act(Word("play")))) if "src" in one.attributes
    ]
    assert [one.tag for one in found] == ["audio"] * len(talk.card.sounds) != []
    for one in found:
        assert one.attributes["src"].startswith("/sound/en/")
        assert (one.attributes["controls"], one.attributes["preload"]) == ("", "none")


def test_the_script_loads_nothing_from_elsewhere():
    assert 'name === "src" && !value.startsWith("/sound/")' in SCRIPT
    assert "autoplay" not in SCRIPT
    assert not re.search(r"\.play\(", SCRIPT)


def test_the_script_makes_no_element_from_text():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser", SCRIPT)
    assert not re.search(r"\beval\b|new Function|setTimeout\(\s*['\"]", SCRIPT)


def test_the_script_keeps_nothing_anywhere():
    assert not re.search(r"cookie|localStorage|sessionStorage|indexedDB|serviceWorker", SCRIPT)
    assert not re.search(r"pushState|replaceState|caches\b", SCRIPT)


# ---- making nodes


def test_an_attribute_without_a_value_stands_alone():
    assert as_html(node("input", hidden="", value=None)) == "<input hidden>"


def test_a_name_of_python_becomes_one_of_html():
    assert as_html(node("label", "x", for_="say", data_copy="1")) == (
        '<label for="say" data-copy="1">x</label>'
    )


def test_what_is_left_out_is_no_child():
    assert node("p", None, "x", None) == ["p", {}, "x"]
