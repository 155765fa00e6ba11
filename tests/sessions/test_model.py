"""Packing a session: small, whole, and never a reason to fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.model import OVER, Session, husk, pack, unpack

NAMES = st.text(alphabet="abc._", min_size=1, max_size=12)
ANSWERS = st.none() | NAMES | st.lists(NAMES, max_size=3).map(tuple)
PAIRS = st.lists(st.tuples(NAMES, ANSWERS), max_size=6).map(tuple)
SESSIONS = st.builds(
    Session,
    fingerprint=NAMES,
    at=NAMES,
    language=NAMES,
    turn=st.integers(0, 999),
    misses=st.integers(0, 9),
    trail=PAIRS,
    stack=st.lists(NAMES, max_size=3).map(tuple),
    pending=PAIRS,
    shown=st.lists(NAMES, max_size=3).map(tuple),
    said=st.lists(NAMES, max_size=3).map(tuple),
    picked=st.lists(NAMES, max_size=3).map(tuple),
    hidden=st.booleans(),
    new_language=st.booleans(),
    sound=st.sampled_from(["", "warned", "wanted"]),
    nonce=st.just("") | NAMES,
    place=st.just("") | NAMES,
)
ONE_OF_EACH = Session(
    fingerprint="f",
    at="triage.children",
    language="ur",
    turn=7,
    misses=1,
    trail=(("triage.me", ("pregnant",)), ("triage.area", None)),
    stack=("!know.what",),
    pending=(("triage.old", "yes"),),
    shown=("a-service",),
    said=("welcome.hello",),
    picked=("nights",),
    hidden=True,
    new_language=True,
    in_english=True,
    sound="warned",
    nonce="bm9uY2U",
    place="1.2.3",
    counted=("l", "n:night"),
)


@given(SESSIONS)
def test_a_session_comes_back_as_it_was(session):
    assert unpack(pack(session)) == session


@pytest.mark.parametrize("field", Session._fields)
def test_every_field_is_kept_by_itself(field):
    session = Session("", "", "")._replace(**{field: getattr(ONE_OF_EACH, field)})
    assert session != Session("", "", "")
    assert unpack(pack(session)) == session


def test_a_husk_holds_no_answer_and_nothing_of_the_talk():
    left = husk(ONE_OF_EACH)
    assert left == Session("", OVER, "ur", turn=7, place="1.2.3")


def test_a_husk_shows_no_word_of_the_talk_when_packed():
    packed = pack(husk(ONE_OF_EACH)).decode()
    words = ("triage", "pregnant", "a-service", "know", "welcome", "nights", "bm9uY2U")
    assert not [word for word in words if word in packed]


def test_what_is_empty_takes_no_room():
    assert len(pack(Session("f", "a", "en"))) < 50


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"f":1}',
        b'{"f":"","a":"","l":"","n":0,"t":5}',
        b'{"f":"","a":"","l":"","n":1e999,"t":[]}',
        b'{"f":"","a":"","l":"","n":0,"t":[],"m":Infinity}',
        b'{"f":"\\ud800","a":"","l":"","n":0,"t":[]}',
    ],
)
def test_bytes_that_are_no_session_are_nothing(data):
    assert unpack(data) is None


@given(st.binary(max_size=200))
def test_no_bytes_make_unpacking_raise(data):
    found = unpack(data)
    assert found is None or isinstance(found, Session)


def test_deep_nesting_is_nothing():
    assert unpack(b"[" * 100_000) is None
