"""`linnet kit`: cards, stickers and posters with a code to scan, for printing."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from bot import app
from bot.cli.directory.writing import create_file
from bot.cli.linking import link_of, links_file
from bot.cli.naming import language_among, offered
from bot.cli.waiting import waiting
from bot.counting.codes import is_test
from bot.exceptions import DataError, SettingsError
from bot.flows.loader import read_flows
from bot.locales.catalogues import Catalogues
from bot.locales.languages import ENGLISH, Language, Step
from bot.locales.wordlists import Wordlist, read_wordlists
from bot.outreach.addresses import addresses_of
from bot.outreach.content import DESIGNS, Content, content_of, recipe_in
from bot.outreach.giveaways import GIVES_AWAY, refuse_giveaways
from bot.outreach.given import address_of, heading_of, printed
from bot.outreach.links import Link, Links, State, read_links_file, state
from bot.outreach.papers import PAPERS
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS = ("pdf", "svg")
MOST = 10_000  # cards of one language in a file
_EXTRA = frozenset({"segno", "uharfbuzz"})


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("kit", help="make cards and posters with a code, to print")
    command.add_argument(
        "--lang",
        metavar="CODE",
        action="append",
        help="a language, for example ur; several times for several; left out: English",
    )
    lead = command.add_mutually_exclusive_group(required=True)
    lead.add_argument("--venue", metavar="WORDS", help="the place of one of your links")
    lead.add_argument("--code", metavar="CODE", help="the code of one of your links")
    lead.add_argument("--address", metavar="URL", help="any other address to lead to")
    command.add_argument(
        "--file", metavar="FILE", type=Path, help="your links; left out: LINNET_LINKS"
    )
    command.add_argument("--cover", metavar="WORDS", help="the heading, at most 40 letters")
    command.add_argument(
        "--design", choices=DESIGNS, default="plain", help="what it looks like (plain)"
    )
    command.add_argument("--paper", choices=tuple(PAPERS), default="card", help="its size (card)")
    command.add_argument(
        "--count", metavar="N", help="how many of each language; left out: one full sheet"
    )
    command.add_argument("--format", choices=FORMATS, help="left out: as the name of FILE ends")
    command.add_argument("--out", metavar="FILE", type=Path, required=True, help="a new file")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write the cards into a new file, and say on stderr what to look at before printing.

    A link brings its language and its cover name, where none is given here. Nothing is written
    where this raises: SettingsError for words, an address, a link or a number that cannot be
    printed, for a file that is there, and where the extra packages are missing; DataError for a
    file of links or a word list with mistakes.
    """
    kit = _kit()
    count, (address, tag, cover) = _count(wanted), _leads(wanted, settings)
    named = "the link's cover" if wanted.cover is None else "--cover"
    cover = cover if wanted.cover is None else wanted.cover
    heading = "" if cover is None else heading_of(cover, named)
    where = app.folders(settings)
    catalogues = Catalogues.read(where.locales, Step(settings.min_status))
    known = offered(settings, catalogues)
    asked = (language_among(each, known) for each in wanted.lang or [tag])
    languages = tuple({language.code: language for language in asked}.values())
    recipe = recipe_in(read_flows(where.flows, "flows")[0]) if wanted.design == "recipe" else None
    lists, wrong = read_wordlists((where.locales, where.shipped))
    if wrong:
        # Harm prevented: a list that cannot be read finds no word that gives her away.
        raise DataError(wrong)
    cards: list[tuple[Language, Content]] = []
    notes: list[str] = []
    for language in languages:
        content = content_of(
            catalogues.voice(language.code),
            wanted.design,
            printed(address),
            heading=heading,
            recipe=recipe,
        )
        own = _lists(lists, language)
        refuse_giveaways(content, own, named if heading else "")
        cards.append((language, content))
        notes += _notes(language, content, lists.get(language.code))
    with waiting("making the cards"):
        sheets = kit.sheets_of(cards, address, wanted.paper, count)
        create_file(wanted.out, kit.file_of(sheets, _format(wanted)))
    for note in notes if sys.stderr else ():
        print(f"linnet: {note}", file=sys.stderr)
    made = len(languages) * count
    print(f"{wanted.out}: {wanted.paper}, {made} in all; sheets of paper: {len(sheets)}")
    return 0


def _kit() -> ModuleType:
    """The drawing itself, loaded only now: the server runs without its packages."""
    try:
        from bot.outreach import kit  # noqa: PLC0415  # see above
    except ImportError as error:
        if error.name not in _EXTRA:
            raise
        raise SettingsError("cards need two more packages: pip install 'linnet[kit]'") from None
    return kit


def _leads(wanted: argparse.Namespace, settings: Settings) -> tuple[str, str, str | None]:
    """Where the code leads, the language, and the cover name, None for none."""
    if wanted.address is not None:
        return address_of(wanted.address), ENGLISH.code, None
    path = links_file(wanted, settings)
    links, problems = read_links_file(path, str(path))
    if problems:
        # Harm prevented: of two addresses with a mistake in one, the other would go into print.
        raise DataError(problems)
    link = _link(wanted, links, path)
    state_now = state(link, app.today())
    if state_now is not State.ACTIVE or is_test(link.code):
        why = "of a test visit" if is_test(link.code) else state_now
        raise SettingsError(f"this link is {why}; print another one")
    address = next(iter(addresses_of(links, link).values()), None)
    if address is None:
        raise SettingsError(f"{path} has no 'web' and no 'bot', so there is no address to print")
    return address_of(address), link.language or ENGLISH.code, link.cover or None


def _link(wanted: argparse.Namespace, links: Links, path: Path) -> Link:
    """The one link that is meant."""
    if wanted.code is not None:
        return link_of(links, wanted.code, path)
    found = [link for link in links.all if link.venue == wanted.venue.strip()]
    if len(found) != 1:
        which = "several links" if found else "no link"
        raise SettingsError(
            f"{which} for this place in {path}; 'linnet link list' names them, give --code"
        )
    return found[0]


def _count(wanted: argparse.Namespace) -> int:
    if wanted.count is None:
        return PAPERS[wanted.paper].on_a_sheet
    if not re.fullmatch("[1-9][0-9]{0,4}", wanted.count) or int(wanted.count) > MOST:
        raise SettingsError(f"--count is a whole number from 1 to {MOST}")
    return int(wanted.count)


def _format(wanted: argparse.Namespace) -> str:
    ending = wanted.out.suffix.lower().removeprefix(".")
    return str(wanted.format or (ending if ending in FORMATS else "pdf"))


def _lists(lists: dict[str, Wordlist], language: Language) -> list[Wordlist]:
    """What a reader of the language, or of English, would understand."""
    return [lists[code] for code in {language.code: 0, ENGLISH.code: 0} if code in lists]


def _notes(language: Language, content: Content, own: Wordlist | None) -> Iterator[str]:
    if own is None or GIVES_AWAY not in own.patterns:
        yield f"no list has the words in '{language.code}' that would tell what a card is; let somebody who reads it look at one card before you print"
    if language.step is Step.MACHINE_DRAFT:
        yield f"the words in '{language.code}' are a machine-written draft; let somebody who reads it look at one card before you print"
    if content.english:
        yield f"some words are not translated into '{language.code}' yet and stand in English"
