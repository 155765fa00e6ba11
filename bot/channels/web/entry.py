"""An entry by form: the questions, the card they make and its file, for services on this machine.

It is there only at a preview. Nothing of it is kept: the answers stand in the page and go with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from markupsafe import Markup

from bot.channels.web.body import Body
from bot.channels.web.nodes import as_html
from bot.channels.web.page import card_node
from bot.channels.web.shell import HERE, template
from bot.conversation.messages import Card

MOST_BYTES = 64 * 1024  # as large as an entry may be
MOST_FIELDS = 200  # every box of the form ticked is fewer
STYLES = Body((HERE / "static" / "entry.css").read_bytes())


@dataclass(frozen=True, slots=True)
class Field:
    """One question: its name in the form, what was answered, and why that cannot be used.

    `choices` are pairs of what is answered and what stands on it; with `many` several are picked,
    and `said` has them with commas between.
    """

    name: str
    words: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    needed: bool = False
    said: str = ""
    refused: str = ""

    @property
    def picked(self) -> frozenset[str]:
        """The choices in the answer, in small letters."""
        return frozenset(part.strip().lower() for part in self.said.split(","))


@dataclass(frozen=True, slots=True)
class Sheet:
    """All questions; the file and the card once nothing is refused. `name` is that of the file."""

    fields: tuple[Field, ...]
    name: str = ""
    file: str = ""
    card: Card | None = None


# Answers by name of the field in, the sheet out; no answers give the empty sheet.
Fill = Callable[[Mapping[str, str]], Sheet]


def answers_of(body: bytes) -> dict[str, str] | None:
    """What a form says, by name of the field, several of one name with commas between.

    None when it is no form.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=MOST_FIELDS)
    except (ValueError, UnicodeDecodeError):
        return None
    names = dict.fromkeys(name for name, _ in pairs)
    return {name: ", ".join(said for one, said in pairs if one == name) for name in names}


class Entry:
    """Makes the page and the file of a sheet. `styles` are those of every page."""

    def __init__(self, fill: Fill, styles: str) -> None:
        self._template = template("entry.html")
        self._styles = styles
        self.fill = fill

    def page(self, sheet: Sheet) -> Body:
        """The form, filled in, and below it what came of it."""
        page = self._template.render(
            styles=Markup(self._styles),  # noqa: S704  # our own file
            fields=sheet.fields,
            file=sheet.file,
            card=Markup(as_html(card_node(sheet.card))) if sheet.card else "",  # noqa: S704
        )
        return Body(page.encode())
