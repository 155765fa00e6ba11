"""Proofreading: every text in every language, read beside the lists of words that harm."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from bot.flows.care import check_care
from bot.flows.model import Flows
from bot.locales.extraction import Message
from bot.locales.languages import Languages
from bot.locales.pofile import Files
from bot.locales.tongues import read_tongues
from bot.locales.word_checks import check_words
from bot.locales.wordlists import read_wordlists
from bot.problems import Problem


def proofread(
    flows: Flows | None,
    messages: Iterable[Message],
    languages: Languages,
    folders: Sequence[Path],
    names: Iterable[str],
    day_and_night: Collection[str],
    files: Files | None = None,
) -> list[Problem]:
    """What is wrong with the words, sorted by file kind and place. Never raises for what is in them.

    `flows` None: the flows have a mistake, so no card of theirs is looked at. `folders` are those of
    locales: the first has the catalogues, each may have word lists, and an earlier one wins.
    `names` of services are not judged. `day_and_night` are ids of entries that answer at any hour.
    `files` are the catalogues where they were read before; None reads them.
    """
    wordlists, unread = read_wordlists(folders)
    tongues, unlisted = read_tongues(folders[0], languages, wordlists, files=files)
    care: list[Problem] = []
    first: Collection[str] = ()
    if flows is not None:
        care, first = check_care(flows, tongues, day_and_night)
    return [*unread, *unlisted, *care, *check_words(messages, tongues, names, first)]
