"""Telegram's updates: handed over as they come, with the status of whoever takes them."""

from http import HTTPStatus

import pytest

from bot.channels.web.app import SECRET_HEADER, application
from tests.channels.web.served import (
    HOOK,
    HOST,
    Taking,
    request,
)


async def update(made, take, secret=b"s3cret", parts=(b"{}",), *, cut=False):
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return await request(made(take=take).app, "POST", HOOK, headers, parts, cut=cut)


async def test_an_update_is_handed_over_with_its_secret_and_its_body(made):
    take = Taking()
    await update(made, take, parts=(b'{"update', b'_id": 7}'))
    assert (take.secrets, take.bodies) == ([b"s3cret"], [b'{"update_id": 7}'])


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_the_status_is_that_of_whoever_takes_updates(made, status):
    answer = await update(made, Taking(HTTPStatus(status)))
    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize(("status", "when"), [(503, "1"), (200, None), (403, None)])
async def test_only_whoever_is_asked_to_come_later_is_told_when(made, status, when):
    answer = await update(made, Taking(HTTPStatus(status)))
    assert answer.headers.get("retry-after") == when


async def test_an_update_without_a_secret_has_an_empty_one(made):
    take = Taking()
    await update(made, take, None)
    assert take.secrets == [b""]


async def test_a_secret_of_any_bytes_does_no_harm(made):
    answer = await update(made, Taking(HTTPStatus.FORBIDDEN), b"\xff\xfe\xc3")
    assert answer.status == HTTPStatus.FORBIDDEN


async def test_an_update_that_nobody_reads_is_not_read(made):
    take = Taking(HTTPStatus.FORBIDDEN, reads=False)
    await update(made, take, parts=[b"x" * 1024] * 100)
    assert take.bodies == []


async def test_an_update_that_was_cut_off_is_not_confirmed(made):
    take = Taking()
    answer = await update(made, take, parts=(b'{"upd',), cut=True)
    assert (answer.status, take.bodies) == (400, [])


async def test_without_telegram_there_is_no_address_for_updates(served):
    app = application(served.site)
    assert (await request(app, "POST", HOOK, HOST)).status == HTTPStatus.NOT_FOUND
