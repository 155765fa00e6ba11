"""`linnet link`: links that outreach workers share, and the file that says what they stand for."""

import argparse
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.cli.directory.writing import replace_file
from bot.cli.holding import held
from bot.cli.naming import council_id, language_named
from bot.cli.picturing import Picture, add_picture, draw, picture_wanted, which
from bot.cli.tables import as_csv, as_text, plain
from bot.counting import codes
from bot.exceptions import DataError, SettingsError, UnclearError
from bot.outreach import amending
from bot.outreach.addresses import addresses_of
from bot.outreach.given import heading_of
from bot.outreach.links import (
    BOT_WANTED,
    MOST_BYTES,
    MOST_COVER,
    MOST_VENUE,
    WEB_WANTED,
    Link,
    Links,
    bot_of,
    find,
    read_links,
    read_links_file,
    state,
    unfit,
    web_of,
)
from bot.problems import Problem
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_DAYS = 3650
COLUMNS = (
    *("code", "state", "test", "venue", "language", "council", "cover"),
    *("made", "expires", "revoked", "telegram", "web"),
)


def add(commands: "Commands") -> None:
    """Add the commands."""
    group = commands.add_parser("link", help="links to share, and which of them still count")
    group.set_defaults(run=run)
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help="make a link for one venue")
    _add_file(new)
    new.add_argument("--venue", required=True, metavar="WORDS", help="your own note of the place")
    new.add_argument("--lang", metavar="CODE", help="the language it opens in, for example ur")
    new.add_argument("--council", metavar="ID", help="where she looks, for example walsall")
    new.add_argument("--cover", default="", metavar="WORDS", help="what the card calls the chat")
    new.add_argument("--days", type=int, metavar="N", help="how long it counts; left out, no end")
    new.add_argument("--test", action="store_true", help="a test visit, left out of every count")
    new.add_argument("--web", metavar="URL", help="https://host of the page; kept in the file")
    new.add_argument("--bot", metavar="NAME", help="the bot on Telegram; kept in the file")
    add_picture(new)
    new.set_defaults(does=run_new)
    listed = verbs.add_parser("list", help="all links of the file")
    _add_file(listed)
    listed.add_argument("--format", choices=("text", "csv"), default="text")
    listed.set_defaults(does=run_list)
    show = verbs.add_parser("show", help="one link: its addresses and what it stands for")
    show.add_argument("code", metavar="CODE")
    _add_file(show)
    add_picture(show)
    show.set_defaults(does=run_show)
    revoke = verbs.add_parser("revoke", help="count a link no longer; it still opens the chat")
    revoke.add_argument("code", metavar="CODE")
    _add_file(revoke)
    revoke.set_defaults(does=run_revoke)


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--file", type=Path, metavar="FILE", help="the file of your links; or set LINNET_LINKS"
    )


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked for. Raises SettingsError, and DataError for a file with mistakes."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return int(wanted.does(wanted, settings))


def run_new(wanted: argparse.Namespace, settings: Settings) -> int:
    """Make a link, keep it in the file, and print its addresses and what it stands for.

    Raises SettingsError for what cannot be, DataError for a file with mistakes; nothing is then
    written.
    """
    path, picture, today = links_file(wanted, settings), picture_wanted(wanted), app.today()
    asked = Link(
        code="",
        made=today,
        venue=_fit("venue", wanted.venue, MOST_VENUE),
        language=language_named(settings, wanted.lang),
        council=council_id(settings, wanted.council),
        cover=_cover(wanted.cover),
        expires=_last_day(wanted.days, today),
    )
    if not asked.venue:
        raise SettingsError("--venue is empty; write where the link will be shared")
    with held(path, MOST_BYTES, make=True) as before:
        links, link, after = added(before, str(path), wanted, asked)
        if picture:
            which(picture, addresses_of(links, link))
        replace_file(path, before, after)
    print("\n".join(_told(link, links)))
    print(f"kept in {path}")
    _draw(picture, link, links)
    return 0


def added(
    before: bytes, shown: str, wanted: argparse.Namespace, asked: Link
) -> tuple[Links, Link, bytes]:
    """What the file says beside the new link, that link with its code, and the new bytes.

    Raises SettingsError when no address could be made, DataError for a file with mistakes.
    """
    data = before or amending.NEW.encode()
    links, problems = read_links(data, shown)
    if problems:
        raise DataError(problems)
    try:
        text, links = _with_addresses(data.decode(), links, wanted)
        taken = {each.code for each in links.all}
        link = replace(asked, code=codes.fresh(secrets.randbelow, taken, test=wanted.test))
        return links, link, amending.with_link(text, link).encode()
    except UnclearError as error:
        raise SettingsError(f"{shown}: {error}; nothing was changed") from None


def _with_addresses(text: str, links: Links, wanted: argparse.Namespace) -> tuple[str, Links]:
    """The text with the addresses that were given; the file keeps each from the first time on."""
    for key, given in (("bot", _bot(wanted.bot)), ("web", _web(wanted.web))):
        kept = getattr(links, key)
        if given and kept and given != kept:
            raise SettingsError(
                f"the file has another '{key}', {kept}, and cards may be printed with it; "
                "change it in the file if it must be"
            )
        if given and not kept:
            text = amending.with_address(text, key, given)
            links = replace(links, web=given) if key == "web" else replace(links, bot=given)
    if not links.web and not links.bot:
        raise SettingsError("give --web URL or --bot NAME once; the file keeps it")
    return text, links


def run_list(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print every link that can be read. Raises DataError after that, for a file with mistakes."""
    path = links_file(wanted, settings)
    links, problems = read_links_file(path, str(path))
    if wanted.format == "csv":
        print(as_csv(COLUMNS, (_row(link, links) for link in links.all)), end="")
    elif links.all:
        head = ("venue", "code", "state", "until", "lang", "council")
        print("\n".join(as_text(head, map(_short_row, links.all))))
    elif not problems:
        print("no links yet; 'linnet link new' makes one")
    if problems:
        raise DataError(problems)
    return 0


def run_show(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print one link; with `--qr`, draw it.

    Raises SettingsError for a code that is not there, DataError for a picture by a file with
    mistakes.
    """
    path, picture = links_file(wanted, settings), picture_wanted(wanted)
    links, problems = read_links_file(path, str(path))
    if picture and problems:
        # Harm prevented: of two addresses with a mistake in one, the other would go into print.
        raise DataError(problems)
    link = link_of(links, wanted.code, path, problems)
    if picture:
        which(picture, addresses_of(links, link))
    print("\n".join(_told(link, links)))
    _draw(picture, link, links)
    return 0


def run_revoke(wanted: argparse.Namespace, settings: Settings) -> int:
    """Mark a link as revoked, from today. Raises SettingsError for a code that is not there."""
    path, today = links_file(wanted, settings), app.today()
    with held(path, MOST_BYTES) as before:
        links, problems = read_links(before, str(path))
        link = link_of(links, wanted.code, path, problems)
        if link.revoked:
            print(f"{link.code} was revoked on {link.revoked}; nothing was changed")
            return 0
        try:
            after = amending.with_revocation(before.decode(), link.code, today)
        except UnclearError as error:
            by_hand = f"write 'revoked: {today}' below its code by hand"
            raise SettingsError(f"{path}: {error}; {by_hand}") from None
        replace_file(path, before, after.encode())
    print(f"{link.code} is revoked: it counts no longer. A card with it still opens the chat.")
    return 0


def link_of(links: Links, code: str, path: Path, problems: Sequence[Problem] = ()) -> Link:
    """The link of a code, as somebody typed it. Raises DataError when a mistake may be why it is not there.

    What was typed is not in the sentence, and no code that is like it: who guesses learns nothing.
    """
    link = find(links, code.strip().lower())
    if link is None and problems:
        raise DataError(problems)
    if link is None:
        raise SettingsError(f"there is no link with this code in {path}")
    return link


# ---- what is asked for


def links_file(wanted: argparse.Namespace, settings: Settings) -> Path:
    """The file of links that is meant. Raises SettingsError where none is named."""
    path: Path | None = wanted.file or settings.links
    if path is None:
        raise SettingsError("name the file of your links: --file FILE, or set LINNET_LINKS")
    return path


def _fit(name: str, text: str, most: int) -> str:
    words = text.strip()
    if why := unfit(name, words, most):
        raise SettingsError(why)
    return words


def _cover(text: str) -> str:
    """What a card may call the chat; empty for none. A cover that cannot be printed is no cover."""
    words = _fit("cover", text, MOST_COVER)
    return heading_of(words) if words else ""


def _last_day(days: int | None, today: date) -> date | None:
    if days is None:
        return None
    if not 1 <= days <= MOST_DAYS:
        raise SettingsError(f"--days must be a whole number from 1 to {MOST_DAYS}")
    return today + timedelta(days=days)


def _web(given: str | None) -> str | None:
    found = web_of(given) if given is not None else None
    if given is not None and found is None:
        raise SettingsError(f"--web cannot be used; {WEB_WANTED}")
    return found


def _bot(given: str | None) -> str | None:
    found = bot_of(given) if given is not None else None
    if given is not None and found is None:
        raise SettingsError(f"--bot cannot be used; {BOT_WANTED}")
    return found


# ---- what is told


def _told(link: Link, links: Links) -> Iterator[str]:
    """One link in lines, without what it does not have."""
    told: Iterable[tuple[str, object]] = (
        *addresses_of(links, link).items(),
        ("code", link.code),
        ("state", state(link, app.today())),
        ("test visit", "yes, left out of every count" if codes.is_test(link.code) else ""),
        ("venue", link.venue),
        ("language", link.language),
        ("council", link.council),
        ("cover", link.cover),
        ("made", link.made),
        ("until", link.expires or "no end"),
        ("revoked", link.revoked or ""),
    )
    for name, value in told:
        if shown := plain(str(value)):
            yield f"{name:<12}{shown}"


def _short_row(link: Link) -> tuple[str, ...]:
    kind = " (test)" if codes.is_test(link.code) else ""
    until = str(link.expires or "no end")
    return (
        *(link.venue or "-", link.code, f"{state(link, app.today())}{kind}", until),
        *(link.language or "-", link.council or "-"),
    )


def _row(link: Link, links: Links) -> tuple[str, ...]:
    addresses = addresses_of(links, link)
    days = (link.made, link.expires, link.revoked)
    return (
        *(link.code, state(link, app.today()), "yes" if codes.is_test(link.code) else "no"),
        *(link.venue, link.language, link.council, link.cover),
        *(str(day or "") for day in days),
        *(addresses.get("telegram", ""), addresses.get("web", "")),
    )


def _draw(picture: Picture | None, link: Link, links: Links) -> None:
    if picture is None:
        return
    addresses = addresses_of(links, link)
    of = which(picture, addresses)
    draw(picture, addresses[of])
    print(f"drawn into {picture.path}: {of}")
