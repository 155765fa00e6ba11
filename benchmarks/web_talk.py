"""The measured talk on the web: twelve answers as posted with and without the script, their cards.

A card's buttons hold no secret of one talk, so that everybody may post the same twelve bodies.
"""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.engine import LONG
from bot import app
from bot.channels import buttons
from bot.channels.web.nodes import every
from bot.channels.web.page import card_node
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
    """Write `posts` and `forms`, the bodies in order, and by turn what answers each.

    `cards` are what the script takes; `pages` the same in words and buttons, for a template. A form
    begins with its token, which is not in it.
    """
    path.write_text(json.dumps(asyncio.run(walked())), encoding="utf-8")


async def walked() -> dict[str, Any]:
    """What `write_talk` writes."""
    turns = turns_for_measuring()
    talk, shell = Talk(turns, lambda: TOKEN), Shell(turns.voice, "/")
    card, _ = talk.first()
    posts, forms, cards, pages = [], [], {}, {}
    for values in LONG:
        posts.append(_post(card, values))
        forms.append(_form(json.loads(posts[-1])))
        asked = from_script(TOKEN, posts[-1].encode())
        assert asked is not None
        after = await talk.take(TOKEN, talk.act(asked))
        assert after.turn == card.turn + 1, f"{card.step} did not take {values}"
        cards[str(card.turn)] = json.loads((await shell.data(after, TOKEN)).plain)
        pages[str(card.turn)] = _page(after)
        card = after
    return {"posts": posts, "forms": forms, "cards": cards, "pages": pages}


def _page(card: Card) -> dict[str, Any]:
    every_node = list(every(card_node(card)))
    said = [one for one in every_node if one.tag in {"h1", "h2", "h3", "p", "li", "a", "span"}]
    return {
        "language": card.language,
        "direction": card.direction,
        "turn": card.turn,
        "lines": [
            [one.tag, one.attributes.get("class", ""), words]
            for one in said
            if (words := "".join(child for child in one.children if isinstance(child, str)))
        ],
        "buttons": [
            [one.attributes["value"], "".join(map(str, one.children))]
            for one in every_node
            if one.tag == "button" and "value" in one.attributes
        ],
        "boxes": [
            one.attributes["value"] for one in every_node if one.attributes.get("name") == "pick"
        ],
    }


def _form(post: dict[str, Any]) -> str:
    picks = [("pick", pick) for pick in post["pick"]]
    return urlencode([("n", post["n"]), ("a", post["a"]), *picks])


def _post(card: Card, values: tuple[str, ...]) -> str:
    press = buttons.done(card) if card.many else buttons.choice(card, values[0])
    picks = [code_of(value) for value in values] if card.many else []
    return json.dumps({"a": press, "pick": picks, "say": "", "n": str(card.turn)})
