"""Languages: how each is written, counted and timed, and which one a tag means."""

import re
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.documents import Document, Mapping, Scalar, read_file
from bot.fields import Fields
from bot.problems import Problem, Report

FILE = "languages.yaml"

RULES: MappingType[str, str] = {
    "bad-plural": "the plural forms of a language cannot be used as they are written",
}


class Step(StrEnum):
    """How far the review of a language has come, from nothing to women who read it aloud."""

    PLANNED = "planned"
    MACHINE_DRAFT = "machine-draft"
    FLUENT_CHECKED = "fluent-checked"
    NATIVE_REVIEWED = "native-reviewed"
    BACK_TRANSLATED = "back-translated"
    COMMUNITY_TESTED = "community-tested"
    SOURCE = "source"  # English, in which everything is written

    @property
    def rank(self) -> int:
        """0 for planned and higher the more people have looked."""
        return list(Step).index(self)


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `code` names its folder and its Unicode locale."""

    code: str
    endonym: str  # its own name for itself, as it stands in the menu
    script: str  # Latn, Arab, Guru, …
    direction: str  # ltr | rtl
    time: str  # HH:mm | h:mm B
    plural_forms: str  # the header of its catalogue
    forms: MappingType[str, int]  # plural group of the Unicode tables → form of the catalogue
    step: Step = Step.PLANNED
    complete: bool = False  # a missing translation is an error
    aliases: tuple[str, ...] = ()  # lower-case tags
    letters_any: str = ""  # at least one stands in a catalogue of this language
    letters_never: str = ""  # the letters of its neighbours
    avoid: tuple[str, ...] = ()  # words that hurt or mislead; `*` for any letters at an end
    same: tuple[str, ...] = ()  # English words that it uses as they are
    full_stop: str = "."
    question: str = "?"

    @property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.direction == "rtl"

    @property
    def count_of_forms(self) -> int:
        """How many plural forms a translation has."""
        return _count_of_forms(self.plural_forms)


@dataclass(frozen=True, slots=True)
class Languages:
    """All languages in menu order, and the texts that may be the same in every one."""

    all: tuple[Language, ...]
    same: tuple[str, ...] = ()

    def get(self, code: str) -> Language | None:
        """The language of that code, or None."""
        return next((language for language in self.all if language.code == code), None)


# English needs no file: it must still be there when every file is broken.
ENGLISH = Language(
    code="en",
    endonym="English",
    script="Latn",
    direction="ltr",
    time="HH:mm",
    plural_forms="nplurals=2; plural=(n != 1);",
    forms={"one": 0, "other": 1},
    step=Step.SOURCE,
    complete=True,
)


def catalogue_path(folder: Path, code: str) -> Path:
    """Where the catalogue of a language stands."""
    return folder / code / "LC_MESSAGES" / "bot.po"


# Where a language begins. How far it has come since is worked out from the ledger of reviews.
BEGINNINGS = (Step.PLANNED, Step.MACHINE_DRAFT, Step.SOURCE)

_PLURAL_FORMS = re.compile(r"nplurals=([1-6]); plural=[n0-9 !=<>&|%?:()]+;\Z")
_GROUPS = frozenset({"zero", "one", "two", "few", "many", "other"})


def _count_of_forms(plural_forms: str) -> int:
    found = _PLURAL_FORMS.match(plural_forms)
    return int(found[1]) if found else 0


def read_languages(folder: Path, shown: str = "locales") -> tuple[Languages, list[Problem]]:
    """The languages of `folder`/languages.yaml and what is wrong with the file.

    A language that cannot be used is left out; English is always there, first.
    """
    document, problems = read_file(folder / FILE, f"{shown}/{FILE}")
    languages, more = load(document)
    return languages, [*problems, *more]


def load(document: Document) -> tuple[Languages, list[Problem]]:
    """The languages of a document that was read before."""
    report = Report(document.path)
    if document.root is None:
        return Languages((ENGLISH,)), report.problems
    fields = Fields(document.root, report, "this file")
    same = _texts(fields, "same")
    blocks = fields.mapping("languages")
    fields.done()
    found = [_language(key, block, report) for key, block in (blocks.entries if blocks else ())]
    usable = [language for language in found if language is not None]
    if not any(language.code == "en" for language in usable):
        usable.insert(0, ENGLISH)
    return Languages(tuple(usable), same), report.problems


def _language(key: Scalar, block: object, report: Report) -> Language | None:
    if not isinstance(block, Mapping):
        report.add(key.mark, "wrong-type", f"'{key.text}' must be a block of 'key: value' lines")
        return None
    before = len(report.problems)
    fields = Fields(block, report, f"language '{key.text}'")
    language = Language(
        code=key.text,
        endonym=fields.required("endonym") or "",
        script=fields.required("script") or "",
        direction=fields.choice("direction", ("ltr", "rtl")) or "ltr",
        time=fields.choice("time", ("HH:mm", "h:mm B")) or "HH:mm",
        plural_forms=fields.required("plural_forms") or "",
        forms=_forms(fields),
        step=Step(fields.choice("review", BEGINNINGS) or Step.PLANNED),
        complete=fields.flag("complete") or False,
        aliases=_texts(fields, "aliases"),
        letters_any=fields.text("letters_any") or "",
        letters_never=fields.text("letters_never") or "",
        avoid=_texts(fields, "avoid"),
        same=_texts(fields, "same"),
        full_stop=fields.text("full_stop") or ".",
        question=fields.text("question") or "?",
    )
    fields.done()
    _check_plural(language, fields)
    return language if len(report.problems) == before else None


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(item.text for item in fields.scalars(key))


def _forms(fields: Fields) -> dict[str, int]:
    node = fields.mapping("forms")
    pairs = node.entries if node else ()
    return {
        key.text: value.value
        for key, value in pairs
        if isinstance(value, Scalar) and type(value.value) is int
    }


def _check_plural(language: Language, fields: Fields) -> None:
    count, used = language.count_of_forms, language.forms
    if count == 0:
        fields.report.add(
            fields.key_mark("plural_forms"),
            "bad-plural",
            "write the plural forms like 'nplurals=2; plural=(n != 1);'",
        )
    elif (
        "other" not in used
        or not _GROUPS.issuperset(used)
        or not all(0 <= form < count for form in used.values())
    ):
        fields.report.add(
            fields.key_mark("forms"),
            "bad-plural",
            f"'forms' gives each plural group a number from 0 to {count - 1}, 'other' included",
        )


def resolve(tag: str, offered: Sequence[Language]) -> str | None:
    """The code of the offered language that a reader of `tag` reads, or None: then ask her.

    Case does not matter and `_` counts as `-`. A script she did not name is never guessed: the
    Punjabi of Pakistan is read in Urdu script, so `pa-PK` is Urdu, and `ur-Latn` is nobody's.
    """
    parts = tag.strip().replace("_", "-").lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    region = next((part for part in parts[1:] if len(part) == 2), None)
    by_alias = {alias: language for language in offered for alias in language.aliases}
    by_code = {language.code: language for language in offered}
    if script:
        found = by_alias.get(f"{parts[0]}-{script}") or _plain(parts[0], by_code, by_alias)
        fits = found is not None and (found.script.lower() == script)
        return found.code if found and fits else None
    found = by_alias.get(f"{parts[0]}-{region}") or _plain(parts[0], by_code, by_alias)
    return found.code if found else None


def _plain(
    code: str, by_code: MappingType[str, Language], by_alias: MappingType[str, Language]
) -> Language | None:
    return by_code.get(code) or by_alias.get(code)
