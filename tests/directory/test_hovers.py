import pytest

from bot.directory.hovers import BLOCK_HOVERS, FORMS, HOVERS
from bot.directory.shape import SHAPE

ALL = {**HOVERS, **BLOCK_HOVERS, **FORMS}


def test_every_key_has_its_words_and_no_other_key_has_any():
    assert list(HOVERS) == list(SHAPE)


def test_every_block_has_its_words_and_no_other_block_has_any():
    assert list(BLOCK_HOVERS) == list(
        dict.fromkeys(key.partition(".")[0] for key in SHAPE if "." in key)
    )


@pytest.mark.parametrize("key", ALL)
def test_words_beside_a_key_are_short_sentences(key):
    words = ALL[key]
    assert words.endswith((".", "?"))
    assert len(words.split()) <= 25
    assert max(len(sentence.split()) for sentence in words.split(". ")) <= 20
