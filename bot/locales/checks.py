"""Checks of catalogues: everything a translation can get wrong that a program can see."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.locales import spelling_checks
from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Language, Languages
from bot.locales.pofile import Entry, Files, PoFile, Unreadable, read, read_files
from bot.locales.rendering import SLOTS, marks_in, slots_in
from bot.locales.sync import in_step, targets
from bot.locales.voice import TYPED
from bot.problems import Level, Problem, did_you_mean

RULES: Mapping[str, str] = {
    "unreadable-catalogue": "a catalogue is no PO file, so everybody reads English",
    "unknown-language": "a folder of translations belongs to no language of languages.yaml",
    "out-of-step": "a catalogue does not have exactly the texts of today",
    "wrong-header": "a catalogue counts in another way than its language",
    "untranslated": "a text has no translation, so she reads English",
    "doubtful": "the English changed after the translation was made",
    "plural-count": "a plural form is missing",
    "placeholder": "a translation lost a $slot, or has one that the English has not",
    "unknown-slot": "an English text has a $slot that the program never fills",
    "digits": "a number in a translation is not the number of the English",
    "left-in-english": "a translation is the English over again",
    "avoided-word": "a word that hurts or misleads",
    "wrong-letters": "letters of another language or another script",
    "typed-mark": "an invisible mark of direction was typed by hand",
    "too-long": "a translation is too long for its button",
    **spelling_checks.RULES,
}


@dataclass(frozen=True, slots=True)
class _Finding:
    rule: str
    sentence: str
    level: Level = "error"


_Check = Callable[[Entry, Message, Language], Iterator[_Finding]]


def check_catalogues(
    messages: Iterable[Message],
    folder: Path,
    languages: Languages,
    shown: str = "locales",
    files: Files | None = None,
) -> list[Problem]:
    """What is wrong with the template and the catalogues under `folder`, sorted by place.

    `shown` is the folder's name in problems. Overlays in `local/` are an operator's own and are
    not checked. `files` are the template and the catalogues where they were read before; None
    reads them.
    """
    messages = tuple(messages)
    problems = list(_strangers(folder, languages, shown))
    wanted = targets(folder, languages)
    files = read_files(path for path, _ in wanted) if files is None else files
    for path, language in wanted:
        data, file = files.get(path, _NO_FILE)
        place = f"{shown}/{path.relative_to(folder).as_posix()}"
        problems += _check(messages, data, file, language, place, languages.same)
    return sorted(problems)


def _strangers(folder: Path, languages: Languages, shown: str) -> Iterator[Problem]:
    for path in sorted(folder.glob("*/LC_MESSAGES/bot.po")):
        code = path.parent.parent.name
        if languages.get(code) is None:
            sentence = f"there is no language '{code}' in {shown}/languages.yaml; add it there"
            place = f"{shown}/{path.relative_to(folder).as_posix()}"
            yield Problem(place, 1, 1, "error", sentence, "unknown-language")


def check_catalogue(
    messages: Iterable[Message],
    data: bytes,
    language: Language | None,
    path: str,
    same: tuple[str, ...] = (),
) -> list[Problem]:
    """What is wrong with one file; `language` None is the template, `same` stays as it is."""
    return _check(tuple(messages), data, read(data), language, path, same)


_NO_FILE = (b"", read(b""))


def _check(
    messages: tuple[Message, ...],
    data: bytes,
    file: PoFile | Unreadable,
    language: Language | None,
    path: str,
    same: tuple[str, ...],
) -> list[Problem]:
    if isinstance(file, Unreadable):
        return [Problem(path, file.line, 1, "error", file.reason, "unreadable-catalogue")]
    found = list(_file_findings(messages, data, file, language))
    if language is not None:
        by_key = {message.key: message for message in messages}
        for entry in file.entries:
            if message := by_key.get(entry.key):
                findings = _entry_findings(entry, message, language, same)
                found += ((entry.line, finding) for finding in findings)
    return [
        Problem(path, line, 1, finding.level, finding.sentence, finding.rule)
        for line, finding in found
    ]


def check_entry(
    entry: Entry, message: Message, language: Language, same: tuple[str, ...] = ()
) -> list[str]:
    """What is wrong with one translation, in sentences; what is only a warning is left out."""
    findings = _entry_findings(entry, message, language, same)
    return [finding.sentence for finding in findings if finding.level == "error"]


def check_sources(messages: Iterable[Message], languages: Languages) -> list[Problem]:
    """What is wrong with the English itself: slots that nobody fills, words to avoid."""
    english = languages.get(ENGLISH.code) or ENGLISH
    problems = []
    for message in messages:
        for finding in _english_findings(message, english):
            mark = message.mark
            problems.append(
                Problem(
                    message.file, mark.line, mark.column, "error", finding.sentence, finding.rule
                )
            )
    return sorted(problems)


def _english_findings(message: Message, english: Language) -> Iterator[_Finding]:
    for name in sorted(slots_in(message.msgid + message.plural) - SLOTS.keys()):
        yield _Finding("unknown-slot", f"nothing fills '${name}'{did_you_mean(name, SLOTS)}")
    if message.context != TYPED:
        yield from _avoided(message.msgid + " " + message.plural, english)


# ---- a file as a whole


def _file_findings(
    messages: tuple[Message, ...], data: bytes, file: PoFile, language: Language | None
) -> Iterator[tuple[int, _Finding]]:
    if language is not None and file.plural_forms != language.plural_forms and data:
        sentence = f"write 'Plural-Forms: {language.plural_forms}' into the header"
        yield 1, _Finding("wrong-header", sentence)
    wanted = in_step(messages, file, language)
    if wanted != data:
        sentence = "this is not in step with the texts of today; run 'linnet locales sync'"
        yield _first_difference(wanted, data), _Finding("out-of-step", sentence)
    if language is not None and language.letters_any and _wrong_neighbour(file, language):
        sentence = f"none of the letters {language.letters_any} is here; is this {language.code}?"
        yield 1, _Finding("wrong-letters", sentence)


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    same = 0
    for left, right in pairs:
        if left != right:
            break
        same += 1
    return same + 1


def _wrong_neighbour(file: PoFile, language: Language) -> bool:
    texts = "".join(form for entry in file.entries for form in entry.forms).lower()
    return bool(texts) and not set(language.letters_any) & set(texts)


# ---- one message


def _entry_findings(
    entry: Entry, message: Message, language: Language, same: tuple[str, ...]
) -> Iterator[_Finding]:
    if not any(form.strip() for form in entry.forms):
        level: Level = "error" if language.complete else "warning"
        yield _Finding("untranslated", f"{_short(entry)} has no translation", level)
        return
    if not entry.translated:
        yield _Finding("plural-count", f"{_short(entry)} needs all {len(entry.forms)} forms")
    if entry.fuzzy:
        sentence = f"{_short(entry)} changed; read the translation again and take 'fuzzy' away"
        yield _Finding("doubtful", sentence, "warning")
    for check in _CHECKS:
        yield from check(entry, message, language)
    if entry.context != TYPED:
        stays = (*same, *language.same)
        yield from _left_in_english(entry, stays)
        yield from _letters(entry, language, stays)
        for rule, sentence in spelling_checks.check_spelling(entry, language):
            yield _Finding(rule, sentence)


def _placeholders(entry: Entry, _message: Message, _language: Language) -> Iterator[_Finding]:
    wanted = slots_in(entry.msgid) | slots_in(entry.plural)
    for form in filter(None, entry.forms):
        for name in sorted(wanted - slots_in(form)):
            yield _Finding("placeholder", f"'${name}' is missing from the translation")
        for name in sorted(slots_in(form) - wanted):
            yield _Finding("placeholder", f"'${name}' is not in the English; take it out")


def _digits(entry: Entry, _message: Message, _language: Language) -> Iterator[_Finding]:
    if entry.context == TYPED:
        return  # she may type 4 for a letter, or the number of another country
    wanted = {tuple(_numbers(text)) for text in (entry.msgid, entry.plural or entry.msgid)}
    for form in filter(None, entry.forms):
        if tuple(_numbers(form)) not in wanted:
            here = ", ".join(_numbers(entry.msgid)) or "none"
            yield _Finding("digits", f"the numbers must be the same and written 0-9: {here}")


def _numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


def _marks(entry: Entry, _message: Message, _language: Language) -> Iterator[_Finding]:
    if any(marks_in(form) for form in entry.forms):
        sentence = "there is an invisible mark of direction here; type the words again without it"
        yield _Finding("typed-mark", sentence)


def _length(entry: Entry, message: Message, _language: Language) -> Iterator[_Finding]:
    longest = max(map(len, entry.forms))
    if message.most and longest > message.most:
        sentence = f"this has {longest} characters; a button holds {message.most}"
        yield _Finding("too-long", sentence, "warning")


def _avoid(entry: Entry, _message: Message, language: Language) -> Iterator[_Finding]:
    if entry.context != TYPED:  # what she types herself is never judged
        yield from _avoided(" ".join(entry.forms), language)


_CHECKS: tuple[_Check, ...] = (_placeholders, _digits, _marks, _length, _avoid)


def _left_in_english(entry: Entry, stays: tuple[str, ...]) -> Iterator[_Finding]:
    english = {entry.msgid.casefold(), entry.plural.casefold()}
    has_words = any(map(str.isalpha, _without(entry.msgid, stays)))
    if has_words and any(form.casefold() in english for form in entry.forms if form):
        yield _Finding("left-in-english", f"{_short(entry)} is still English")


# ---- words and letters


def _avoided(text: str, language: Language) -> Iterator[_Finding]:
    words = " ".join(_words(text))
    if not _any_of(language.avoid).search(words):
        return  # almost every text
    for term in language.avoid:
        if _any_of((term,)).search(words):
            yield _Finding("avoided-word", f"'{term}' hurts or misleads; say it another way")


@lru_cache(maxsize=1024)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of these whole words or phrases; nothing where there are none."""
    words = (re.escape(" ".join(term.casefold().split())) for term in terms)
    either = "|".join(word.replace(r"\*", r"\S*").replace(r"\ ", " ") for word in words)
    return re.compile(rf"(?<!\S)(?:{either or '(?!)'})(?!\S)")


def _words(text: str) -> list[str]:
    """The words of a text; vowel signs and joiners belong to their word."""
    kept = "".join(char if _in_word(char) else " " for char in text.casefold())
    return kept.split()


@lru_cache(maxsize=4096)
def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" or char in "-'\u2019\u200c\u200d"


# How the names of Unicode letters begin, for each script.
_SCRIPTS: Mapping[str, str] = {
    "Latn": "LATIN",
    "Arab": "ARABIC",
    "Guru": "GURMUKHI",
    "Beng": "BENGALI",
    "Gujr": "GUJARATI",
    "Deva": "DEVANAGARI",
    "Taml": "TAMIL",
    "Cyrl": "CYRILLIC",
}


def _letters(entry: Entry, language: Language, stays: tuple[str, ...]) -> Iterator[_Finding]:
    text = _without(" ".join(entry.forms), stays)
    script = _SCRIPTS.get(language.script, "")
    foreign = {char for char in set(text) if char.isalpha() and script not in _name(char)}
    foreign |= set(text.casefold()) & set(language.letters_never)
    if foreign:
        letters = " ".join(sorted(foreign))
        yield _Finding("wrong-letters", f"these letters are not of {language.code}: {letters}")


@lru_cache(maxsize=4096)
def _name(char: str) -> str:
    return unicodedata.name(char, "")


def _without(text: str, stays: tuple[str, ...]) -> str:
    """The text without its slots and without the names that stay as they are."""
    return _kept_as_it_is(stays).sub(" ", text)


@lru_cache(maxsize=64)
def _kept_as_it_is(stays: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(stays, key=len, reverse=True)))
    return re.compile(rf"\$[a-z_]+|(?<!\w)(?:{names or '(?!)'})(?!\w)")


def _short(entry: Entry) -> str:
    line = " ".join(entry.msgid.split())
    return f"'{line}'" if len(line) <= 40 else f"'{line[:39]}…'"
