"""Topics: words that give the chat away, and words that do not."""

import pytest

from bot.topics import telling


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Recovery Near You (Wolverhampton)", "Recovery"),
        ("KIKIT Pathways to Recovery", "Recovery"),
        ("Birmingham DRUG and Alcohol Service", "DRUG"),
        ("Drinkline", "Drinkline"),
        ("Nacoa (National Association for Children of Alcoholics)", "Alcoholics"),
        ("Black Country Women's Aid", "Women's Aid"),
        ("Black Country Women\u2019s Aid", "Women's Aid"),
        ("RSVP (Rape and Sexual Violence Project)", "Rape"),
        ("Valley House refuge", "refuge"),
    ],
)
def test_a_name_that_tells_is_known_by_the_word_that_tells(text, word):
    assert telling(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "Anawim - Birmingham's Centre for Women",
        "Nash Dom CIC advice centre (Walsall)",
        "Kairos Women Working Together",
        "Grape Street",  # 'rape' stands inside a word
        "Essex Road",
        "Medical centre",
        "",
    ],
)
def test_a_name_that_tells_nothing_may_be_carried(text):
    assert telling(text) is None
