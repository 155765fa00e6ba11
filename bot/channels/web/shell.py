"""The shell: the page around a card, and a card as the script takes it.

The questions are the same for everybody, so what was made of one is kept for the next who comes to
it. Harm prevented: what was found for somebody is never kept, and no card is kept with its turn.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.channels.web.body import Body
from bot.channels.web.nodes import Node, as_html
from bot.channels.web.page import card_node
from bot.conversation.messages import Card, Result, Script
from bot.locales import phrases as say
from bot.locales.voice import Voice

HERE = Path(__file__).parent
KEPT = 1024  # cards; a language has about thirty questions, most of them with few notices

Around = tuple[str, str, str]  # leave, leave quickly, the connection is lost

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands beside a card, for authors and services; there is none in a normal start.

    `card` gives it for the card of a token, `page` for a page whose talk has not begun.
    """

    card: Callable[[str], Awaitable[Node]]
    page: Callable[[], Node]


def template(name: str) -> Template:
    """One of the templates; every word put into it is escaped, and a slot left open is a fault."""
    loader = FileSystemLoader(HERE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name)


class Shell:
    """Makes pages. `voice` gives the words of a language, `away` is where leaving leads."""

    def __init__(
        self, voice: Callable[[str], Voice], away: str, behind: Behind | None = None
    ) -> None:
        self._template = template("page.html")
        self._voice = voice
        self._away = away
        self._behind = behind
        self.styles = (HERE / "static" / "page.css").read_text("utf-8").replace("\n", "")

    def page(self, card: Card, token: str) -> Body:
        """The whole page with the card in it; it works without the script."""
        around = self._around(card.language)
        leave, quickly, lost = around
        page = self._template.render(
            language=card.language,
            direction=card.direction,
            styles=Markup(self.styles),  # noqa: S704  # our own file
            away=self._away,
            leave=leave,
            quickly=quickly,
            lost=lost,
            no_script=self._voice(card.language)(say.WEB_NO_SCRIPT),
            token=token,
            turn=str(card.turn),
            card=Markup(_made(card, around).html),  # noqa: S704  # escaped there
            behind=Markup(as_html(self._behind.page())) if self._behind else "",  # noqa: S704
        )
        return Body(page.encode())

    async def data(self, card: Card, token: str) -> Body:
        """The card as JSON for the script. Its turn is not in it."""
        around = self._around(card.language)
        if self._behind:
            return Body(_written(card, around, await self._behind.card(token)))
        return _made(card, around).body

    def _around(self, language: str) -> Around:
        """The words around the card; they change with its language."""
        voice = self._voice(language)
        return voice(say.WEB_LEAVE), voice(say.WEB_QUICKLY), voice(say.WEB_LOST)


class _Made:
    """What was made of a card: each form when it is first asked for."""

    def __init__(self, card: Card, around: Around) -> None:
        self._card = card
        self._around = around

    @cached_property
    def html(self) -> str:
        return as_html(card_node(self._card))

    @cached_property
    def body(self) -> Body:
        return Body(_written(self._card, self._around))


def _made(card: Card, around: Around) -> _Made:
    # Harm prevented: what was made for one woman must not stay in memory when her talk is wiped.
    if card.personal or any(isinstance(block, Result | Script) for block in card.blocks):
        return _Made(card, around)
    return _kept(replace(card, turn=0, nonce=""), around)


_kept = lru_cache(maxsize=KEPT)(_Made)


def _written(card: Card, around: Around, behind: Node | None = None) -> bytes:
    leave, quickly, lost = around
    data = {
        "card": card_node(card),
        "lang": card.language,
        "dir": card.direction,
        "around": {"leave": leave, "quickly": quickly, "lost": lost},
    }
    return _JSON.encode(data if behind is None else {**data, "behind": behind}).encode()
