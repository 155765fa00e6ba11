"""python-telegram-bot's own way of the talk: a ConversationHandler with one state a question.

    python -m benchmarks.telegram_ptb inside LOOKS
    python -m benchmarks.telegram_ptb serve LOOKS PORT API

In process its updates are made and handled as its webhook does; its calls end where httpx would
begin. `serve` is `run_webhook` with everything as it comes.
"""

import asyncio
import json
import sys
import warnings
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
)
from telegram.request import BaseRequest, RequestData

from benchmarks.telegram_people import QUESTIONS, Look, read_looks
from benchmarks.telegram_served import PATH, SECRET, TOKEN
from benchmarks.telegram_waves import Calls, measure

App = Application[Any, Any, Any, Any, Any, Any]
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, int]]


def conversation(looks: list[Look]) -> ConversationHandler[Any]:
    """The talk: an entry, a state for every question, and the end."""

    async def begin(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message
        await update.message.reply_text(looks[0].text, reply_markup=_markup(looks[0]))
        return 0

    def answered(number: int) -> Handler:
        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
            query, after = update.callback_query, looks[number + 1]
            assert query
            assert context.user_data is not None
            await query.answer()
            context.user_data[number] = query.data
            await query.edit_message_text(after.text, reply_markup=_markup(after))
            return number + 1 if number + 1 < QUESTIONS else ConversationHandler.END

        return handle

    return ConversationHandler(
        entry_points=[CommandHandler("start", begin)],
        states={
            number: [CallbackQueryHandler(answered(number), pattern=f"^{looks[number].name}:")]
            for number in range(QUESTIONS)
        },
        fallbacks=[CommandHandler("start", begin)],
    )


def _markup(look: Look) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(text, callback_data=data) for text, data in row]
            for row in look.rows
        ]
    )


class _Request(BaseRequest):
    """The request layer, encoding as the library's own and sending nothing."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **named: object,
    ) -> tuple[int, bytes]:
        """Encode the fields as httpx gets them."""
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        return 200, self._calls.answer(url, body)


async def inside(looks: list[Look]) -> None:
    """Measure in process."""
    calls = Calls(looks)
    bot = Bot(TOKEN, request=_Request(calls), get_updates_request=_Request(calls))
    app: App = ApplicationBuilder().bot(bot).updater(None).build()
    app.add_handler(conversation(looks))
    await app.initialize()

    async def take(update: bytes) -> None:
        await app.process_update(Update.de_json(json.loads(update), app.bot))

    await measure(looks, calls, take)


def serve(looks: list[Look], port: int, api: str) -> None:
    """Serve the webhook until a signal."""
    app: App = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").build()
    app.add_handler(conversation(looks))
    app.run_webhook(
        listen="127.0.0.1",
        port=port,
        url_path=PATH,
        webhook_url=f"http://127.0.0.1:{port}/{PATH}",
        secret_token=SECRET,
    )


if __name__ == "__main__":
    warnings.filterwarnings("ignore", "If 'per_message=False'")
    if sys.argv[1] == "inside":
        asyncio.run(inside(read_looks(sys.argv[2])))
    else:
        serve(read_looks(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
