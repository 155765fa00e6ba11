"""The webhook: one update in a request, answered when it is kept.

Telegram sends an update again until it gets a 2xx. So 200 says "kept, or of no use", 503 says
"later", and whoever does not know the secret learns nothing.
"""

import hmac
import json
import logging
from collections.abc import AsyncIterator
from http import HTTPStatus

from bot.channels.telegram.intake import Intake

MOST_BYTES = 64 * 1024

log = logging.getLogger("linnet")


class Webhook:
    """Takes requests."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    async def take(self, secret: bytes, body: AsyncIterator[bytes]) -> HTTPStatus:
        """The status to answer with. The body is read only for who knows the secret."""
        if not hmac.compare_digest(secret, self._secret):
            return HTTPStatus.FORBIDDEN
        update = await _decoded(body)
        again = update is not None and await self._intake.take(update)
        return HTTPStatus.SERVICE_UNAVAILABLE if again else HTTPStatus.OK


async def _decoded(body: AsyncIterator[bytes]) -> object:
    """The update; None for what is too large or no JSON, which would only come again for ever."""
    whole = b""
    async for chunk in body:
        whole += chunk
        if len(whole) > MOST_BYTES:
            log.warning("update-too-large")
            return None
    try:
        return json.loads(whole)
    except (ValueError, RecursionError):
        log.warning("update-malformed")
        return None
