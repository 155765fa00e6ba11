"""Twenty thousand new talks in a minute: few of them begin, and nobody else notices."""

import json
from http import HTTPStatus

from tests.channels.web.served import ANOTHER, HOST, JSON, scope

MANY, MINUTE = 20_000, 60


async def test_fault_38_twenty_thousand_new_talks_in_a_minute_take_nothing_from_the_others(served):
    """Few of them begin; who talks already goes on, and whoever asks for help gets it."""
    card = await served.walk("English", token=ANOTHER)
    carried = (await served.get()).buttons["English"]
    begun = 0
    for number in range(MANY):
        served.seconds = number * MINUTE / MANY
        begun += await status(served, f"{number:043}", a=carried) == HTTPStatus.OK
        if number % 2_000 == 0:
            assert (await served.press(card, "Yes", token=ANOTHER)).status == HTTPStatus.OK
            asked = await served.post(token=f"{MANY + number:043}", a="say", say="help")
            assert "999" in asked.text
    assert 100 <= begun <= 100 + MINUTE / 0.5 + 1
    assert len(served.store.given) <= begun + 2 * MANY / 2_000 + 1


async def status(served, token, **fields):
    """The status of an answer to the first card, and nothing else: twenty thousand are made."""
    headers = {**HOST, **JSON, "x-session": token}
    named = [(name, value.encode()) for name, value in headers.items()]
    sent = []

    async def receive():
        return {"type": "http.request", "body": json.dumps({**fields, "n": "1"}).encode()}

    async def send(told):
        sent.append(told)

    await served.app(scope("POST", "/", named), receive, send)
    return sent[0]["status"]
