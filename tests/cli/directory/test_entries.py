"""The directory as the tools read it."""

from bot.cli.directory.entries import chosen, read_directory
from bot.settings import Settings


def test_every_entry_knows_its_file():
    directory = read_directory(Settings())
    for service in directory.services:
        assert directory.file_of(service).stem == service.id


def test_entries_come_in_the_order_asked_for():
    services = read_directory(Settings()).services
    assert [one.id for one in chosen(services, ["cranstoun-worcestershire", "anawim"])] == [
        "cranstoun-worcestershire", "anawim",
    ]  # fmt: skip
