"""Giveaways: refused in her language and in English, wherever they stand on a card."""

from dataclasses import replace

import pytest

from bot.exceptions import SettingsError
from bot.locales.wordlists import read_wordlists
from bot.outreach.content import DESIGNS, Said
from bot.outreach.giveaways import giveaway, refuse_giveaways
from tests.outreach.printing import LANGUAGES, ROOT, content

LISTS, _ = read_wordlists([ROOT / "locales"])


def lists(code):
    return [LISTS[code], LISTS["en"]]


def test_a_word_far_behind_counts_as_well():
    text = "Lentils, onions, carrots, lemon, salt, oil, stock, and a word on drugs"
    assert giveaway(["Soup", text], lists("en")) == ("gives-away", "drugs")


def test_english_is_found_on_a_card_of_another_language():
    assert giveaway(["Detox"], lists("ur")) == ("gives-away", "detox")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_shipped_tells_nothing(code, design):
    refuse_giveaways(content(code, design), lists(code))
    assert giveaway(content(code, design).texts(), lists(code)) is None


@pytest.mark.parametrize(
    ("changed", "named", "begins"),
    [
        ({"heading": Said("Alcohol helpline")}, "--cover", "--cover says 'alcohol'"),
        (
            {"heading": Said("Alcohol helpline")},
            "the link's cover",
            "the link's cover says 'alcohol'",
        ),
        ({"heading": Said("Alcohol helpline")}, "", "the heading has 'alcohol'"),
        ({"address": Said("detox.example.org/k7")}, "", "the address has 'detox'"),
        ({"address": Said("example.org/rehab-group")}, "", "the address has 'rehab'"),
        ({"caption": Said("More about drugs")}, "", "the words in this language have 'drugs'"),
        ({"body": (Said("Ok."), Said("You will be safe."))}, "", "the words in this"),
        ({"rows": ((Said("Monday"), Said("Recovery")),)}, "", "the words in this"),
    ],
)
def test_the_sentence_says_where_the_word_is_from_and_which_rule_it_breaks(changed, named, begins):
    with pytest.raises(SettingsError) as caught:
        refuse_giveaways(replace(content("en"), **changed), lists("en"), named)
    assert str(caught.value).startswith(begins)
    assert str(caught.value).endswith("(rule gives-away)")


def test_a_heading_is_looked_at_in_the_language_of_the_card():
    word = "شراب"
    assert giveaway([word], lists("ur"))
    assert giveaway([word], lists("pl")) is None
