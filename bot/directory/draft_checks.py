"""A draft by itself: the errors of a text that is not yet a file of the directory."""

from bot.directory.checks import check_entry
from bot.directory.findings import Around
from bot.directory.loader import load_service
from bot.directory.model import Service
from bot.documents import read
from bot.problems import Problem


def check_draft(text: str, id: str, around: Around) -> tuple[Service | None, list[Problem]]:
    """The entry and every error it has by itself; warnings and notes are left out.

    None where no entry can be made of the text; then there are errors.
    """
    document, unread = read(text.encode(), f"directory/services/{id}.yaml")
    service, found = load_service(document)
    problems = [*unread, *found, *(check_entry(service, around) if service else ())]
    return service, [problem for problem in problems if problem.level == "error"]
