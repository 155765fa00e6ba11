"""Picturing: which address of a link becomes a QR code, and in which file."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.cli.directory.writing import create_file
from bot.exceptions import SettingsError
from bot.outreach import qr

DRAWN: dict[str, Callable[[str], bytes]] = {
    ".svg": lambda text: qr.as_svg(text).encode(),
    ".png": qr.as_png,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that is to hold a QR code. `of`: `web` or `telegram`; empty for the first there is."""

    path: Path
    of: str = ""


def add_picture(command: argparse.ArgumentParser) -> None:
    """Add the options."""
    command.add_argument("--qr", type=Path, metavar="OUT", help="draw it: OUT.svg or OUT.png")
    command.add_argument(
        "--qr-of", choices=("web", "telegram"), help="which address; web, where there is one"
    )


def picture_wanted(wanted: argparse.Namespace) -> Picture | None:
    """The picture that was asked for; None for none.

    Everything that could stop it is looked at here, before anything is written. Raises
    SettingsError.
    """
    path: Path | None = wanted.qr
    if path is None:
        if wanted.qr_of:
            raise SettingsError("--qr-of needs --qr, the file to draw into")
        return None
    if path.suffix.lower() not in DRAWN:
        raise SettingsError("--qr must name a file that ends with .svg or .png")
    if path.exists():
        raise SettingsError(f"'{path}' is there already; choose another name")
    if not path.parent.is_dir():
        raise SettingsError(f"there is no folder '{path.parent}'")
    qr.need_segno()
    return Picture(path, wanted.qr_of or "")


def which(picture: Picture, addresses: Mapping[str, str]) -> str:
    """Which of the addresses is drawn. Raises SettingsError when there is none such."""
    of = picture.of or next(iter(addresses), "")
    if of not in addresses:
        key = "'bot'" if of == "telegram" else "'web'" if of else "'web' and no 'bot'"
        raise SettingsError(f"the file has no {key}, so there is no such address to draw")
    return of


def draw(picture: Picture, address: str) -> None:
    """Make the file. Raises SettingsError when it has come to be there meanwhile."""
    create_file(picture.path, DRAWN[picture.path.suffix.lower()](address))
