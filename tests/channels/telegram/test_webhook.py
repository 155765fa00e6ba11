"""The webhook: who knows the secret is heard, and what is kept is confirmed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.webhook import MOST_BYTES, Webhook

SECRET = "s3cret-_" * 4
OK, FORBIDDEN, LATER = 200, 403, 503


class Taking:
    """An intake that takes down what it is given."""

    def __init__(self):
        self.given, self.later = [], False

    async def take(self, update):
        self.given.append(update)
        return self.later


class Body:
    """A body in chunks, that knows how much of it was read."""

    def __init__(self, *chunks):
        self.left = list(chunks)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.left:
            raise StopAsyncIteration
        return self.left.pop(0)


@pytest.fixture
def intake():
    return Taking()


@pytest.fixture
def webhook(intake):
    return Webhook(intake, SECRET)


UPDATE = {"update_id": 7}
BODY = json.dumps(UPDATE).encode()


async def test_an_update_with_the_secret_is_taken(webhook, intake):
    assert await webhook.take(SECRET.encode(), Body(BODY)) == OK
    assert intake.given == [UPDATE]


async def test_an_update_that_is_to_come_again_is_not_confirmed(webhook, intake):
    intake.later = True
    assert await webhook.take(SECRET.encode(), Body(BODY)) == LATER


async def test_an_update_in_many_small_chunks_is_whole(webhook, intake):
    chunks = [BODY[at : at + 1] for at in range(len(BODY))]
    assert await webhook.take(SECRET.encode(), Body(*chunks)) == OK
    assert intake.given == [UPDATE]


@pytest.mark.parametrize(
    "secret", [b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"x", b"\xff" * 32,
               SECRET.upper().encode()],
)  # fmt: skip
async def test_who_does_not_know_the_secret_is_not_read(webhook, intake, secret):
    body = Body(BODY)
    assert await webhook.take(secret, body) == FORBIDDEN
    assert body.left == [BODY]
    assert intake.given == []


@given(st.binary(max_size=300))
async def test_no_guess_is_taken_for_the_secret(secret):
    assert await Webhook(Taking(), SECRET).take(secret, Body(BODY)) == FORBIDDEN


async def test_a_guess_is_not_logged(webhook, caplog):
    await webhook.take(b"wrong", Body(BODY))
    assert caplog.records == []


async def test_a_body_of_the_largest_size_is_taken(webhook, intake):
    update = {"update_id": 7, "x": ""}
    update["x"] = "x" * (MOST_BYTES - len(json.dumps(update)))
    assert await webhook.take(SECRET.encode(), Body(json.dumps(update).encode())) == OK
    assert intake.given == [update]


async def test_a_body_too_large_is_confirmed_and_not_read_to_its_end(webhook, intake, caplog):
    body = Body(*[b"x" * 1024] * 1000)
    assert await webhook.take(SECRET.encode(), body) == OK
    assert len(body.left) >= 1000 - MOST_BYTES // 1024 - 1
    assert intake.given == []
    assert caplog.messages == ["update-too-large"]


@pytest.mark.parametrize("body", [b"", b"not json", b"{", b"\xff\xfe", b"[" * 60_000, b"NaNa"])
async def test_what_is_no_json_is_confirmed_and_dropped(webhook, intake, caplog, body):
    """It would only come again for ever."""
    assert await webhook.take(SECRET.encode(), Body(body)) == OK
    assert intake.given == []
    assert caplog.messages == ["update-malformed"]


async def test_nothing_of_a_malformed_body_is_logged(webhook, caplog):
    await webhook.take(SECRET.encode(), Body(b'{"text": "Canary'))
    assert "Canary" not in caplog.text


async def test_an_empty_body_is_no_update(webhook, intake):
    assert await webhook.take(SECRET.encode(), Body(b"null")) == OK
    assert intake.given == []


async def test_an_update_is_confirmed_only_after_it_was_taken(intake):
    async def fail(_):
        raise RuntimeError

    intake.take = fail
    with pytest.raises(RuntimeError):
        await Webhook(intake, SECRET).take(SECRET.encode(), Body(BODY))


async def test_an_update_cut_off_half_way_is_not_confirmed(webhook, intake):
    class Broken(Body):
        async def __anext__(self):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await webhook.take(SECRET.encode(), Broken())
    assert intake.given == []
