"""Sound: a recording in whole and in parts, from addresses that are known and from no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.sound import address_of, sound
from tests.channels.web.served import ANOTHER, HOST, Served, request
from tests.channels.web.test_headers import assert_safe

DATA = bytes(range(100))


@pytest.fixture
def served(recorded, moment):
    return Served(recorded, moment)


def sources(tree):
    """The address of every player in a card as JSON has it."""
    if not isinstance(tree, list):
        return []
    tag, attributes, *children = tree
    own = [attributes["src"]] if tag == "audio" else []
    return own + [address for child in children for address in sources(child)]


async def player(served, kind="json"):
    """The card with the player, after the warning."""
    return await served.walk("English", "Listen", "Play it now", kind=kind)


# ---- parts of it


def answered(asked):
    answer = sound(DATA, asked)
    return answer.status_code, answer.headers.get("content-range"), answer.body


@pytest.mark.parametrize(
    "asked", ["", "bytes", "bytes=-", "bytes=0-1,4-5", "lines=0-1", "bytes=a-"]
)
def test_what_is_no_range_is_the_whole(asked):
    assert answered(asked) == (200, None, DATA)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-1", 0, 1),
        ("bytes=98-1000", 98, 99),
        ("bytes=-3", 97, 99),
        ("bytes=-1000", 0, 99),
        ("bytes=99-99", 99, 99),
    ],
)
def test_a_range_is_that_part(asked, first, last):
    assert answered(asked) == (206, f"bytes {first}-{last}/100", DATA[first : last + 1])


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=5-4", "bytes=-0"])
def test_a_range_that_is_not_there_says_so(asked):
    assert answered(asked) == (416, "bytes */100", b"")


@given(st.integers(0, 120), st.none() | st.integers(0, 120))
def test_parts_are_never_more_than_was_asked_for(first, last):
    status, _, body = answered(f"bytes={first}-{'' if last is None else last}")
    assert body == (DATA[first : None if last is None else last + 1] if status == 206 else b"")


def test_the_kind_is_told_and_that_parts_can_be_asked_for():
    answer = sound(DATA, "")
    assert (answer.media_type, answer.headers["accept-ranges"]) == ("audio/ogg", "bytes")


# ---- addresses


@pytest.mark.parametrize("code", ["en", "ur", "pl"])
async def test_every_recording_that_a_card_names_is_there(served, code):
    for name in [name for name in served.turns.world.catalogues.recordings if name[:2] == code]:
        answer = await served.get(address_of(name))
        assert (answer.status, answer.body) == (200, served.turns.sound(name))


async def test_part_of_one_is_given(served):
    name = next(iter(served.turns.world.catalogues.recordings))
    answer = await served.get(address_of(name), range="bytes=0-3")
    assert (answer.status, answer.body) == (206, b"OggS")
    assert answer.headers["content-range"] == f"bytes 0-3/{len(served.turns.sound(name))}"


@pytest.mark.parametrize(
    "path",
    [
        "/sound/",
        "/sound/en",
        "/sound/en/",
        "/sound/en/.opus",
        "/sound/en/" + "0" * 64 + ".opus",
        "/sound/en/../../languages.yaml",
        "/sound/../locales/languages.yaml.opus",
        "/sound/en/..%2f..%2flanguages.opus",
        "/sound/en/\0.opus",
        "/sound/xx/" + "0" * 64 + ".opus",
        "/sound/en/audio/" + "0" * 64 + ".opus",
    ],
)
async def test_nothing_else_is_there(served, path):
    answer = await served.get(path)
    assert (answer.status, answer.body) == (404, b"")


async def test_a_recording_that_was_taken_away_is_not_there(recorded, moment):
    served = Served(recorded, moment)
    known = served.turns.world.catalogues.recordings
    name, path = next(iter(known.items()))
    del known[name]
    try:
        assert (await served.get(address_of(name))).status == 404
    finally:
        known[name] = path


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_page_cannot_ask_for_one(served, site):
    name = next(iter(served.turns.world.catalogues.recordings))
    answer = await served.get(address_of(name), **{"sec-fetch-site": site})
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("asked", ["", "bytes=0-3", "bytes=9999-"])
async def test_it_carries_the_headers_of_every_answer(served, asked):
    name = next(iter(served.turns.world.catalogues.recordings))
    answer = await served.get(address_of(name), range=asked)
    assert_safe(answer)
    assert not {"etag", "last-modified", "set-cookie"} & set(answer.names)


async def test_it_is_only_given_and_never_taken(served):
    path = address_of(next(iter(served.turns.world.catalogues.recordings)))
    assert (await request(served.app, "POST", path, HOST)).status == 405


# ---- the card


async def test_the_first_card_names_no_recording(served):
    answer = await served.get()
    assert "<audio" not in answer.text
    assert "/sound/" not in answer.text


async def test_before_the_warning_no_card_has_a_player(served):
    answer = await served.walk("English", "Listen")
    assert sources(answer.data["card"]) == []
    assert "Others near you may hear this." in answer.text


async def test_after_it_the_card_has_a_player_for_each_text_with_a_recording(served):
    answer = await player(served)
    found = sources(answer.data["card"])
    assert len(found) == 2
    for address in found:
        assert (await served.get(address)).status == 200


async def test_nothing_plays_or_loads_by_itself(served):
    answer = await player(served, "form")
    assert answer.text.count('<audio controls preload="none" src="/sound/en/') == 2
    assert "autoplay" not in answer.text


async def test_the_page_without_the_script_has_the_same_players(served):
    with_script, without = await player(served), await player(served, "form")
    for address in sources(with_script.data["card"]):
        assert f'src="{address}"' in without.text


async def test_an_answer_takes_the_player_away(served):
    before = await player(served)
    answer = await served.press(before, "Yes")
    assert sources(answer.data["card"]) == []


async def test_a_player_belongs_to_no_other_talk(served):
    await player(served)
    other = await served.walk("English", token=ANOTHER)
    assert sources(other.data["card"]) == []


async def test_a_session_keeps_nothing_of_what_there_is_to_hear(served):
    await player(served)
    assert "/sound/" not in str(served.store.given)
    kept = str(served.store.given)
    assert not [name for name in served.turns.world.catalogues.recordings if name[3:] in kept]
