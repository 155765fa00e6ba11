"""Payloads: what a shared link may set, and that nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.payload import MOST, read_payload
from bot.conversation.messages import Start

LANGUAGES = ["ur", "pl", "en", "pa-PK"]
COUNCILS = ["birmingham", "telford-and-wrekin", "stoke-on-trent"]


@pytest.mark.parametrize(
    ("payload", "start"),
    [
        ("", Start()),
        ("l-ur", Start("ur")),
        ("c-birmingham", Start(None, "birmingham")),
        ("k-3fQz9x", Start()),
        ("l-ur_c-birmingham_k-3fQz9x", Start("ur", "birmingham")),
        ("k-3fQz9x_c-telford-and-wrekin_l-pa-PK", Start("pa-PK", "telford-and-wrekin")),
    ],
)
def test_a_link_gives_a_language_a_council_or_both_in_any_order(payload, start):
    assert read_payload(payload) == start


@pytest.mark.parametrize(
    "payload",
    [
        "ur",
        "l-",
        "l_ur",
        "l-ur_l-pl",
        "l-ur_",
        "_l-ur",
        "l-ur__c-birmingham",
        "L-ur",
        "x-ur",
        "l-ur c-birmingham",
        "l-ur\n",
        "l-اردو",
        "l-u٣",
        "l-ur_c-birmingham'--",
        "l-ur_c-../../etc",
        "c-" + "a" * 41,
        "l-ur_k-" + "a" * MOST,
        "\x00",
        "\ud800",
    ],
    ids=ascii,
)
def test_a_link_that_is_wrong_is_a_plain_start(payload):
    assert read_payload(payload) == Start()


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(COUNCILS),
    st.text("abcXYZ019", min_size=1, max_size=20),
    st.permutations(["l", "c", "k"]),
)
def test_the_order_of_the_parts_means_nothing(language, council, code, order):
    parts = {"l": f"l-{language}", "c": f"c-{council}", "k": f"k-{code}"}
    payload = "_".join(parts[name] for name in order)
    assert read_payload(payload) == Start(language, council)


@given(st.text() | st.text("lck-_a1", max_size=70))
def test_no_payload_fails_or_lets_through_more_than_letters(payload):
    found = read_payload(payload)
    for part in (found.language, found.council):
        assert part is None or (part.isascii() and part.replace("-", "a").isalnum())


@given(st.text("abc019", min_size=1, max_size=40))
def test_the_code_of_a_link_goes_no_further(code):
    assert read_payload(f"k-{code}") == Start()
