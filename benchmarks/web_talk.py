"""The measured talk on the web: twelve answers as the script posts them, and their cards.

A card's buttons hold no secret of one talk, so that everybody may post the same twelve bodies.
"""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.engine import LONG
from bot import app
from bot.channels import buttons
from bot.channels.web.shell import Shell
from bot.channels.web.talk import Talk, from_script
from bot.conversation.codes import code_of
from bot.conversation.messages import Card
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.settings import Settings

TOKEN = "a" * 43


def turns_for_measuring() -> Turns:
    """Turns over the shipped files and a store in memory."""
    now = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    world = app.build_world(app.read_data(app.folders(Settings())), Settings(), now.date())
    return Turns(world, MemoryStore(lambda: 0.0), lambda: now, say.WEB_KEEPS)


def write_talk(path: Path) -> None:
    """Write `posts`, the bodies in order, and `cards`, what answers each, by turn."""
    path.write_text(json.dumps(asyncio.run(walked())), encoding="utf-8")


async def walked() -> dict[str, Any]:
    """`posts` and `cards`; see `write_talk`."""
    turns = turns_for_measuring()
    talk, shell = Talk(turns, lambda: TOKEN), Shell(turns.voice, "/")
    card, _ = talk.first()
    posts, cards = [], {}
    for values in LONG:
        posts.append(_post(card, values))
        asked = from_script(TOKEN, posts[-1].encode())
        assert asked is not None
        after = await talk.take(TOKEN, talk.act(asked))
        assert after.turn == card.turn + 1, f"{card.step} did not take {values}"
        cards[str(card.turn)] = json.loads((await shell.data(after, TOKEN)).plain)
        card = after
    return {"posts": posts, "cards": cards}


def _post(card: Card, values: tuple[str, ...]) -> str:
    press = buttons.done(card) if card.many else buttons.choice(card, values[0])
    picks = [code_of(value) for value in values] if card.many else []
    return json.dumps({"a": press, "pick": picks, "say": "", "n": str(card.turn)})
