"""The shell: the page around a card, and a card as the script takes it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.web.nodes import Node, as_data, as_html
from bot.channels.web.page import card_node
from bot.conversation.messages import Card
from bot.locales import phrases as say
from bot.locales.voice import Voice

HERE = Path(__file__).parent

# What stands behind a card, for authors and services; None in every normal start.
Behind = Callable[[str], Awaitable[Node]]


class Shell:
    """Makes pages. `voice` gives the words of a language, `away` is where leaving leads."""

    def __init__(
        self, voice: Callable[[str], Voice], away: str, behind: Behind | None = None
    ) -> None:
        loader = FileSystemLoader(HERE / "templates")
        environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._template = environment.get_template("page.html")
        self._voice = voice
        self._away = away
        self._behind = behind
        self.styles = (HERE / "static" / "page.css").read_text("utf-8").replace("\n", "")

    def page(self, card: Card, token: str) -> str:
        """The whole page with the card in it; it works without the script."""
        voice = self._voice(card.language)
        return self._template.render(
            language=card.language,
            direction=card.direction,
            styles=Markup(self.styles),  # noqa: S704  # our own file
            away=self._away,
            **self._around(card.language),
            no_script=voice(say.WEB_NO_SCRIPT),
            card=Markup(as_html(card_node(card, token))),  # noqa: S704  # escaped there
            behind=Markup('<aside id="behind"></aside>') if self._behind else "",
        )

    async def data(self, card: Card, token: str) -> dict[str, object]:
        """The card as JSON for the script."""
        data: dict[str, object] = {
            "card": as_data(card_node(card)),
            "lang": card.language,
            "dir": card.direction,
            "turn": card.turn,
            "around": self._around(card.language),
        }
        if self._behind:
            data["behind"] = as_data(await self._behind(token))
        return data

    def _around(self, language: str) -> dict[str, str]:
        """The words around the card; they change with its language."""
        voice = self._voice(language)
        return {
            "leave": voice(say.WEB_LEAVE),
            "quickly": voice(say.WEB_QUICKLY),
            "lost": voice(say.WEB_LOST),
        }
