"""Standing: how far each language has come, as numbers and as the table of the translators' page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Language, Languages, Step, catalogue_path
from bot.locales.ledger import Ledger, fingerprint, language_step, step_of
from bot.locales.pofile import entries_of

PAGE = "README.md"
BEGIN = "<!-- table of languages: written by 'linnet locales sync' -->"
END = "<!-- end of the table of languages -->"


@dataclass(frozen=True, slots=True)
class Standing:
    """One language. Counts are messages; `stale` are reviews of words that have changed since.

    `read` have been read by a native speaker or further, `back` are the safety words that a
    second person has translated back.
    """

    code: str
    endonym: str
    step: Step
    messages: int
    missing: int = 0
    doubtful: int = 0  # the English changed after the translation
    read: int = 0
    safety: int = 0
    back: int = 0
    stale: int = 0


def standings(
    messages: Iterable[Message], folder: Path, languages: Languages, ledger: Ledger
) -> list[Standing]:
    """Every language but English that has a catalogue, or should have, in menu order."""
    wanted = {message.key for message in messages}
    return [
        _standing(wanted, folder, language, ledger)
        for language in languages.all
        if language.code != ENGLISH.code and language.step is not Step.PLANNED
    ]


def _standing(
    wanted: set[tuple[str, str]], folder: Path, language: Language, ledger: Ledger
) -> Standing:
    path = catalogue_path(folder, language.code)
    entries = [entry for entry in entries_of(path) if entry.key in wanted]
    reviews = ledger.get(language.code, {})
    steps = [(entry, step_of(entry, reviews).rank) for entry in entries]
    missing = len(wanted) - sum(entry.translated for entry in entries)
    return Standing(
        code=language.code,
        endonym=language.endonym,
        step=Step.MACHINE_DRAFT if missing else language_step(entries, reviews),
        messages=len(wanted),
        missing=missing,
        doubtful=sum(entry.fuzzy for entry in entries),
        read=sum(rank >= Step.NATIVE_REVIEWED.rank for _, rank in steps),
        safety=sum(entry.safety for entry in entries),
        back=sum(entry.safety and rank >= Step.BACK_TRANSLATED.rank for entry, rank in steps),
        stale=len(reviews.keys() - set(map(fingerprint, entries))),
    )


def share(part: int, whole: int) -> str:
    """A whole per cent, rounded down: 100 % is said only where nothing is left."""
    return f"{100 * part // whole if whole else 0} %"


HEAD = ("language", "", "review", "read", "safety, back", "changed since", "missing")


def table(found: Iterable[Standing]) -> list[tuple[str, ...]]:
    """The rows under `HEAD`: shares of all messages, of safety messages, and counts."""
    return [
        (
            one.endonym,
            one.code,
            one.step.value,
            share(one.read, one.messages),
            share(one.back, one.safety),
            str(one.stale + one.doubtful),
            str(one.missing),
        )
        for one in found
    ]


def with_table(page: str, found: Iterable[Standing]) -> str:
    """The translators' page with the table of today between its two marks; as it is without them."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return page
    lines = ["", *_markdown([HEAD, ("---",) * len(HEAD), *table(found)]), ""]
    return before + begin + "\n".join(lines) + end + after


def _markdown(rows: Iterable[Sequence[str]]) -> Iterable[str]:
    # Endonyms and codes come from our own file of languages, and hold no markup.
    return (f"| {' | '.join(row)} |" for row in rows)
