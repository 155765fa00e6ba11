"""Entries: the directory as the tools read it, and the entries that somebody names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from bot import app
from bot.directory.basis import Basis, basis
from bot.directory.checks import fit_to_show
from bot.directory.model import Service
from bot.exceptions import DataError, SettingsError
from bot.problems import Problem, did_you_mean
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Directory:
    """All that the files say, the problems of the entries, and the day in London."""

    data: app.Data
    problems: tuple[Problem, ...]
    today: date

    @property
    def services(self) -> tuple[Service, ...]:
        """Every entry that could be read, drafts and closed ones too, in file order."""
        return self.data.services

    @property
    def basis(self) -> Basis:
        """The entries that a search can show, and how many others there are."""
        return basis(self.services, fit_to_show(self.services, self.problems))

    def file_of(self, service: Service) -> Path:
        """Where the entry is written."""
        return self.data.folders.directory / Path(service.path).relative_to("directory")


def read_directory(settings: Settings) -> Directory:
    """Read flows, directory and translations. Never raises for what is in the files."""
    data, today = app.read_data(app.folders(settings)), app.today()
    return Directory(data, (*data.problems, *app.directory_problems(data, today)), today)


def chosen(
    services: Iterable[Service], ids: Sequence[str], problems: Iterable[Problem] = ()
) -> tuple[Service, ...]:
    """The entries with these ids, in the order asked for.

    Raises SettingsError for an unknown id, and DataError for one whose file is there but, by
    `problems`, cannot be read.
    """
    by_id = {service.id: service for service in services}
    for id in ids:
        unread = [each for each in problems if PurePosixPath(each.path).stem == id]
        if id not in by_id and unread:
            raise DataError(unread)
        if id not in by_id:
            raise SettingsError(f"there is no entry '{id}'{did_you_mean(id, by_id)}")
    return tuple(by_id[id] for id in ids)
