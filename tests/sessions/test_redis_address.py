"""Redis addresses: what is read out of one setting, and what is refused without being repeated."""
# ruff: noqa: S106  # no password opens anything

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exceptions import SettingsError
from bot.sessions.redis_address import RedisAddress, read_address
from bot.settings import is_nearby


def everywhere(host):
    """As if every host were nearby."""
    return True


GOOD = {
    "redis://127.0.0.1": RedisAddress("", (("127.0.0.1", 6379),)),
    "redis://127.0.0.1/": RedisAddress("", (("127.0.0.1", 6379),)),
    "redis://localhost:7000/3": RedisAddress("", (("localhost", 7000),), database=3),
    "redis://[::1]:7000": RedisAddress("", (("::1", 7000),)),
    "redis://[::1]": RedisAddress("", (("::1", 6379),)),
    "rediss://store.example.org": RedisAddress("", (("store.example.org", 6379),), tls=True),
    "redis://:word@127.0.0.1": RedisAddress("", (("127.0.0.1", 6379),), password="word"),
    "redis://me:a%40b%3A%2F%25@127.0.0.1": RedisAddress(
        "", (("127.0.0.1", 6379),), username="me", password="a@b:/%"
    ),
    "redis+sentinel://10.0.0.1,10.0.0.2:7000/linnet": RedisAddress(
        "sentinel", (("10.0.0.1", 26379), ("10.0.0.2", 7000)), name="linnet"
    ),
    "rediss+sentinel://:w@a.example.org/my.one": RedisAddress(
        "sentinel", (("a.example.org", 26379),), tls=True, name="my.one", password="w"
    ),
    "redis+cluster://10.0.0.1,10.0.0.2:7000": RedisAddress(
        "cluster", (("10.0.0.1", 6379), ("10.0.0.2", 7000))
    ),
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_says_where_the_store_stands(text):
    assert read_address(text, is_nearby) == GOOD[text]


BAD = {
    "redis://": "no address",
    "redis:127.0.0.1": "no address",
    "http://127.0.0.1": "no address",
    "redis+other://127.0.0.1": "no address",
    "redis://127.0.0.1?db=1": "no address",
    "redis://127.0.0.1#x": "no address",
    "redis://127.0.0.1/0/1": "no address",
    "redis://a@b@127.0.0.1": "no address",
    "redis://127.0.0.1\n": "is none",
    " redis://127.0.0.1": "no address",
    "redis://127.0.0.1:": "is none",
    "redis://127.0.0.1:0": "is none",
    "redis://127.0.0.1:65536": "is none",
    "redis://127.0.0.1:x": "is none",
    "redis://::1": "is none",
    "redis://under_score": "is none",
    "redis+cluster://127.0.0.1,": "is none",
    "redis://127.0.0.1,127.0.0.2": "several hosts",
    "redis+sentinel://127.0.0.1": "needs the name",
    "redis+sentinel://127.0.0.1/": "needs the name",
    "redis+cluster://127.0.0.1/1": "a cluster has not",
    "redis://127.0.0.1/one": "is no number",
    "redis://127.0.0.1/1000": "is no number",
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address_is_refused_with_what_is_wrong(text):
    with pytest.raises(SettingsError, match=BAD[text]):
        read_address(text, everywhere)


@pytest.mark.parametrize("kind", ["", "+sentinel", "+cluster"])
def test_another_host_is_asked_over_tls_only(kind):
    name = "/x" if kind == "+sentinel" else ""
    hosts = "10.0.0.1,store.example.org" if kind else "store.example.org"
    with pytest.raises(SettingsError, match="must begin with rediss"):
        read_address(f"redis{kind}://{hosts}{name}", is_nearby)
    assert read_address(f"rediss{kind}://{hosts}{name}", is_nearby).tls


@given(st.text(), st.sampled_from(["redis://", "rediss://", "redis+cluster://", ""]))
def test_no_text_raises_anything_else_or_is_repeated(text, begins):
    told = []
    try:
        told.append(repr(read_address(f"{begins}:canaryword@{text}", everywhere)))
    except SettingsError as error:
        told.append(str(error))
    assert told
    assert "canaryword" not in told[0]
