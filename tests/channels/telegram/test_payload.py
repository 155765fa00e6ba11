"""Payloads: what a shared link may set, and that nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.payload import MOST, read_payload
from bot.conversation.messages import Start
from bot.counting.codes import is_code

LANGUAGES = ["ur", "pl", "en", "pa-PK"]
COUNCILS = ["birmingham", "telford-and-wrekin", "stoke-on-trent"]


@pytest.mark.parametrize(
    ("payload", "start"),
    [
        ("", Start()),
        ("l-ur", Start("ur")),
        ("c-birmingham", Start(None, "birmingham")),
        ("k-k7m2x9pa", Start(link="k7m2x9pa")),
        ("k-0222222a_l-ur", Start("ur", link="0222222a")),
        ("l-ur_c-birmingham_k-k7m2x9pa", Start("ur", "birmingham", link="k7m2x9pa")),
        (
            "k-k7m2x9pa_c-telford-and-wrekin_l-pa-PK",
            Start("pa-PK", "telford-and-wrekin", link="k7m2x9pa"),
        ),
    ],
)
def test_a_link_gives_a_language_a_council_and_a_code_in_any_order(payload, start):
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
    st.text("abcXYZ0129", min_size=1, max_size=20) | st.text("abz29", min_size=8, max_size=8),
    st.permutations(["l", "c", "k"]),
)
def test_the_order_of_the_parts_means_nothing(language, council, code, order):
    parts = {"l": f"l-{language}", "c": f"c-{council}", "k": f"k-{code}"}
    payload = "_".join(parts[name] for name in order)
    found = read_payload(payload)
    assert found == Start(language, council, link=found.link)
    assert found.link in {"", code}


@given(st.text() | st.text("lck-_a1", max_size=70))
def test_no_payload_fails_or_lets_through_more_than_letters(payload):
    found = read_payload(payload)
    for part in (found.language, found.council):
        assert part is None or (part.isascii() and part.replace("-", "a").isalnum())
    assert found.link == "" or is_code(found.link)


@pytest.mark.parametrize("code", ["3fQz9x", "K7M2X9PA", "k7m2x9pl", "00000000", "a" * 40, "-"])
def test_what_is_no_code_goes_no_further_and_the_rest_stands(code):
    assert read_payload(f"l-ur_k-{code}") == Start("ur")
    assert read_payload(f"k-{code}") == Start()


@given(st.text("abz0129", min_size=1, max_size=40))
def test_only_a_code_goes_on(code):
    assert read_payload(f"k-{code}") == Start(link=code if is_code(code) else "")
