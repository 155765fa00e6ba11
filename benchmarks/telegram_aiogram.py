"""aiogram's own way of the talk: its FSM with one state a question, kept in MemoryStorage.

    python -m benchmarks.telegram_aiogram inside LOOKS
    python -m benchmarks.telegram_aiogram serve LOOKS PORT API

States, filters and the order of a handler's lines are those of its documentation's form. In
process its calls end where aiohttp would begin. `serve` is its own webhook over aiohttp.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.telegram_people import QUESTIONS, Look, read_looks
from benchmarks.telegram_served import PATH, SECRET, TOKEN
from benchmarks.telegram_waves import Calls, measure


def dispatcher(looks: list[Look]) -> Dispatcher:
    """The talk: a command, and a handler for the answers of every question."""
    found = Dispatcher()
    states = [State(f"question{number}", "Talk") for number in range(QUESTIONS)]

    async def begin(message: Message, state: FSMContext) -> None:
        await state.set_state(states[0])
        await message.answer(looks[0].text, reply_markup=_markup(looks[0]))

    def answered(number: int) -> Callable[[CallbackQuery, FSMContext], Awaitable[None]]:
        after = looks[number + 1]

        async def handle(query: CallbackQuery, state: FSMContext) -> None:
            await query.answer()
            await state.update_data({str(number): query.data})
            if number + 1 < QUESTIONS:
                await state.set_state(states[number + 1])
            else:
                await state.clear()
            await query.message.edit_text(after.text, reply_markup=_markup(after))

        return handle

    found.message.register(begin, CommandStart())
    for number, state in enumerate(states):
        hers = F.data.startswith(f"{looks[number].name}:")
        found.callback_query.register(answered(number), state, hers)
    return found


def _markup(look: Look) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data) for text, data in row]
            for row in look.rows
        ]
    )


class _Session(AiohttpSession):
    """The session, encoding and decoding as the library's own and sending nothing."""

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ANN401, ASYNC109
        """Encode the fields as a form."""
        body = self.build_form_data(bot, method)()
        content = self._calls.answer(method.__api_method__, bytes(body._value))
        return self.check_response(bot, method, 200, content.decode()).result


async def inside(looks: list[Look]) -> None:
    """Measure in process."""
    calls = Calls(looks)
    bot, talk = Bot(TOKEN, _Session(calls)), dispatcher(looks)

    async def take(update: bytes) -> None:
        await talk.feed_raw_update(bot, json.loads(update))

    await measure(looks, calls, take)


def serve(looks: list[Look], port: int, api: str) -> None:
    """Serve the webhook until a signal."""
    bot = Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(api)))
    talk, app = dispatcher(looks), web.Application()

    async def announce() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/{PATH}", secret_token=SECRET)

    talk.startup.register(announce)
    SimpleRequestHandler(talk, bot, secret_token=SECRET).register(app, f"/{PATH}")
    setup_application(app, talk, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    if sys.argv[1] == "inside":
        asyncio.run(inside(read_looks(sys.argv[2])))
    else:
        serve(read_looks(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
