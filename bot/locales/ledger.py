"""The ledger of reviews: which message of which language people have read, as what, and when.

It stands apart from the catalogues, because Babel drops what it does not know from a header and
gettext's own merge drops flags. A review belongs to the words as they were: it is found by a hash
of the English and the translation, so whoever changes either takes it away. No name of a reviewer
is kept, which protects them; only a role and a month.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.locales.languages import Language, Languages, Step, catalogue_path
from bot.locales.pofile import Entry, entries_of
from bot.problems import Problem

FILE = "review.json"
ROLES = (
    "fluent-reader",
    "native-speaker",
    "interpreter",
    "support-worker",
    "clinician",
    "lawyer",
    "back-translator",
    "women-reading-aloud",
)
STEPS = (
    Step.FLUENT_CHECKED,
    Step.NATIVE_REVIEWED,
    Step.BACK_TRANSLATED,
    Step.COMMUNITY_TESTED,
)

RULES: Mapping[str, str] = {
    "unreadable-ledger": "the ledger of reviews cannot be read, so every language is a draft",
    "bad-review": "a review has a step, a role or a month that there is not",
    "stale-review": "the words that were reviewed have changed since",
}

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])\Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Review:
    """That somebody in a role has brought one message to a step. `month` is `2026-11`."""

    step: Step
    month: str
    role: str


Reviews = Mapping[str, Review]  # by the hash of a message
Ledger = Mapping[str, Reviews]  # by the code of a language


def fingerprint(entry: Entry) -> str:
    """The hash of one message with its translation; another one when a letter of either changes."""
    parts = (entry.context, entry.msgid, entry.plural, *entry.forms)
    return sha256("\x1f".join(parts).encode()).hexdigest()


def step_of(entry: Entry, reviews: Reviews) -> Step:
    """How far one message has come: not there, a draft, or what the ledger says."""
    if not entry.translated:
        return Step.PLANNED
    review = reviews.get(fingerprint(entry)) if reviews and not entry.fuzzy else None
    return review.step if review else Step.MACHINE_DRAFT


def language_step(entries: Iterable[Entry], reviews: Reviews) -> Step:
    """How far a language has come: as far as the message that is furthest behind.

    Beyond a native review only the safety messages go further, so only they are looked at there.
    Texts without a translation are said in English; they keep the language a draft.
    """
    if not reviews:
        return Step.MACHINE_DRAFT
    reached = Step.COMMUNITY_TESTED
    for entry in entries:
        step = step_of(entry, reviews)
        enough = not entry.safety and step.rank >= Step.NATIVE_REVIEWED.rank
        if not enough and step.rank < reached.rank:
            reached = step
    return max(reached, Step.MACHINE_DRAFT, key=lambda step: step.rank)


def with_reviews(languages: Languages, folder: Path, ledger: Ledger) -> Languages:
    """The languages with the step that their catalogues under `folder` have come to.

    A catalogue is read only where the ledger has something about it.
    """
    found = (_reviewed(language, folder, ledger) for language in languages.all)
    return Languages(tuple(found), languages.same)


def _reviewed(language: Language, folder: Path, ledger: Ledger) -> Language:
    reviews = ledger.get(language.code)
    if not reviews or language.step is not Step.MACHINE_DRAFT:
        return language
    entries = entries_of(catalogue_path(folder, language.code))
    return replace(language, step=language_step(entries, reviews)) if entries else language


# ---- the file


def read_ledger(folder: Path, shown: str = "locales") -> tuple[Ledger, list[Problem]]:
    """The ledger of `folder`/review.json and what is wrong with it; empty where there is none."""
    path = folder / FILE
    if not path.is_file():
        return {}, []
    return load(path.read_bytes(), f"{shown}/{FILE}")


def load(data: bytes, shown: str = FILE) -> tuple[Ledger, list[Problem]]:
    """The ledger in `data`. A review that cannot be used is told and left out."""
    try:
        text = data.decode()
        found = json.loads(text)
        blocks = {code: dict(block.items()) for code, block in found.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        sentence = "this is not a ledger; take it from git again and use 'linnet locales import'"
        return {}, [Problem(shown, line, 1, "error", sentence, "unreadable-ledger")]
    ledger: dict[str, dict[str, Review]] = {}
    problems = []
    for code, block in blocks.items():
        for key, value in block.items():
            review = _review(key, value)
            if review is None:
                sentence = f"this review of '{code}' cannot be used; take the line out"
                line = _line(text, key)
                problems.append(Problem(shown, line, 1, "error", sentence, "bad-review"))
            else:
                ledger.setdefault(code, {})[key] = review
    return ledger, problems


def _review(key: str, value: object) -> Review | None:
    if not isinstance(value, dict) or value.keys() != {"step", "month", "role"}:
        return None
    step, month, role = (str(value[name]) for name in ("step", "month", "role"))
    usable = _HASH.match(key) and step in STEPS and _MONTH.match(month) and role in ROLES
    return Review(Step(step), month, role) if usable else None


def _line(text: str, key: str) -> int:
    place = text.find(json.dumps(key, ensure_ascii=False))
    return text.count("\n", 0, max(place, 0)) + 1


def written(ledger: Ledger) -> bytes:
    """The file: sorted, one review a line, so that a change of one review is a change of one line."""
    blocks = []
    for code in sorted(code for code in ledger if ledger[code]):
        lines = (
            f"  {json.dumps(key)}: {_record(ledger[code][key])}" for key in sorted(ledger[code])
        )
        blocks.append(f" {json.dumps(code)}: {{\n" + ",\n".join(lines) + "\n }")
    return ("{\n" + ",\n".join(blocks) + "\n}\n").encode()


def _record(review: Review) -> str:
    return json.dumps({"step": review.step, "month": review.month, "role": review.role})


def stale(ledger: Ledger, folder: Path, shown: str = "locales") -> list[Problem]:
    """A note for each review whose message is not there any more, at its line of the ledger."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    problems = []
    for code, reviews in ledger.items():
        now = set(map(fingerprint, entries_of(catalogue_path(folder, code))))
        for key in reviews.keys() - now:
            sentence = f"these words of '{code}' have changed since somebody read them"
            place = f"{shown}/{FILE}"
            problems.append(Problem(place, _line(text, key), 1, "info", sentence, "stale-review"))
    return problems
