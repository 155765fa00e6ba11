"""The floor: a talk as one table, with the JSON that every bot must decode and encode.

    python -m benchmarks.telegram_floor inside LOOKS

No bot can do with less: an update in, two calls out, two answers in.
"""

import asyncio
import json
import sys
from typing import Any

from benchmarks.telegram_people import Look, read_looks
from benchmarks.telegram_waves import Calls, measure


class Table:
    """Who is at which question, and the calls that a step makes."""

    def __init__(self, looks: list[Look]) -> None:
        self._looks = looks
        self._at: dict[int, int] = {}
        self._given: dict[int, list[str]] = {}

    def calls(self, update: dict[str, Any]) -> list[tuple[str, bytes]]:
        """Methods and bodies that answer an update."""
        press = update.get("callback_query")
        if press is None:
            chat = update["message"]["chat"]["id"]
            self._at[chat], self._given[chat] = 0, []
            return [("sendMessage", self._card(chat, {}))]
        message = press["message"]
        chat = message["chat"]["id"]
        self._given[chat].append(press["data"])
        self._at[chat] += 1
        answer = json.dumps({"callback_query_id": press["id"]}).encode()
        card = self._card(chat, {"message_id": message["message_id"]})
        return [("answerCallbackQuery", answer), ("editMessageText", card)]

    def _card(self, chat: int, where: dict[str, int]) -> bytes:
        look = self._looks[self._at[chat]]
        fields = {"chat_id": chat, **where, "text": look.text, "reply_markup": look.keyboard}
        return json.dumps(fields).encode()


async def inside(looks: list[Look]) -> None:
    """Measure in process."""
    table, calls = Table(looks), Calls(looks)

    async def take(update: bytes) -> None:
        for method, body in table.calls(json.loads(update)):
            assert json.loads(calls.answer(method, body))["ok"]

    await measure(looks, calls, take)


if __name__ == "__main__":
    asyncio.run(inside(read_looks(sys.argv[2])))
