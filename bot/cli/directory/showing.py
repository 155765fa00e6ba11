"""`linnet directory show`: what an entry says, in words, and what it says nothing about."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from bot.cli.directory.entries import chosen, read_directory
from bot.directory.freshness import checked
from bot.directory.model import Service
from bot.directory.standards import completeness, standards_of
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("show", help="what an entry says, and what it does not say")
    command.add_argument("id", nargs="+", metavar="ID")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print each entry named."""
    directory = read_directory(settings)
    for service in chosen(directory.services, wanted.id):
        for line in lines_of(service, directory.today):
            print(line)
    return 0


def lines_of(service: Service, today: date) -> Iterator[str]:
    """One entry as lines."""
    yield f"{service.name} ({service.id}), {service.status}"
    yield f"  {service.summary['en']}"
    for contact in service.contacts:
        label = f" ({contact.label})" if contact.label else ""
        yield f"  {contact.type}{label}: {contact.value}"
    for standard, found in standards_of(service).items():
        yield f"  standard {standard}: {found}"
    for each in checked(service, today):
        yield f"  {each.group}: {each.age}, last checked {each.on or 'nobody wrote down when'}"
    full = completeness(service)
    yield f"  says {full.said} of the {full.asked} things women ask about (grade {full.grade})"
    yield from (f"    not said: {words}" for words in full.missing)
