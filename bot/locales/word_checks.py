"""Checks of words in every language: what must never be said, and sentences that are easy to read."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.locales.extraction import PHRASES, Message
from bot.locales.tongues import Tongue
from bot.locales.voice import TYPED
from bot.locales.wordlists import LISTS, MOST_WORDS
from bot.problems import Level, Mark, Problem

NEVER = ("false-safety", "promise", "people-first", "false-empathy", "method", "refusal", "blame")
ON_AVERAGE = 0.7  # of the most words of a sentence, over a text of two sentences or more
MOST_LONG = 6  # one word in so many may be long
MOST_SENTENCES = 3  # of a paragraph
FEWEST_WORDS = 12  # a shorter text says nothing about how hard it is

RULES: Mapping[str, str] = {
    **{name: f"a text has {LISTS[name]}" for name in NEVER},
    "asks-who": f"a question asks for what is never asked: {LISTS['asks-who']}",
    "gives-away": "the first words of a card tell a lock screen what this is",
    "many-words": f"a sentence has more than {MOST_WORDS} words, or what its language allows",
    "hard-to-read": "a text has long sentences or many long words",
    "long-paragraph": "a paragraph has more than three sentences",
    "loud": "a text shouts: capitals, several exclamation marks, warning signs",
    "number-in-words": "a telephone number, an hour, a price or an address stands in a text",
    "markup": "a text has signs that mean something to a machine and nothing to her",
    "odd-sign": "a text has a sign that cannot be seen",
    "other-term": "a translation has another word for a thing that has one name elsewhere",
}

_LEVELS: Mapping[str, Level] = {
    "many-words": "warning",
    "hard-to-read": "warning",
    "long-paragraph": "warning",
    "loud": "warning",
    "other-term": "warning",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text in one language. `text` is without the names that may stand in it.

    `terms` are those that the English speaks of.
    """

    text: str
    whole: str  # with them
    message: Message
    tongue: Tongue
    terms: tuple[str, ...] = ()


Found = tuple[str, str]  # the rule, and a sentence with a remedy


def check_words(
    messages: Iterable[Message],
    tongues: Collection[Tongue],
    names: Iterable[str] = (),
    first: Collection[str] = (),
) -> list[Problem]:
    """What is wrong with the words of every message in every language, sorted by place.

    `names` of services and what stays as it is in every language are not judged, and neither is
    what she types. `first` are the places of texts that can stand first on a card; the phrases
    that can are known here. A problem of a translation stands at its line of the catalogue.
    """
    hidden = _names(names)
    leads = frozenset(first) | _FIRST_PHRASES
    problems: set[Problem] = set()
    terms = {
        name: tongue.words for tongue in tongues if tongue.english for name in tongue.words.terms
    }
    for message in messages:
        meant = tuple(name for name, words in terms.items() if words.names(name, message.msgid))
        for tongue in tongues if message.context != TYPED else ():
            for said in _all_said(message, tongue, hidden, meant):
                path, mark = _place(said)
                for rule, sentence in _found(said, leads):
                    level = _LEVELS.get(rule, "error")
                    problems.add(Problem(path, mark.line, mark.column, level, sentence, rule))
    return sorted(problems)


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _all_said(
    message: Message, tongue: Tongue, hidden: re.Pattern[str] | None, terms: tuple[str, ...]
) -> Iterator[Said]:
    if tongue.english:
        forms: tuple[str, ...] = (message.msgid, message.plural)
    else:
        found = tongue.said.get(message.key)
        forms = found.forms if found else ()
    for whole in filter(None, forms):
        yield Said(hidden.sub(" ", whole) if hidden else whole, whole, message, tongue, terms)


def _place(said: Said) -> tuple[str, Mark]:
    if said.tongue.english:
        return said.message.file, said.message.mark
    return said.tongue.path, Mark(said.tongue.line(*reversed(said.message.key)))


def _found(said: Said, first: frozenset[str]) -> Iterator[Found]:
    where = f" ({said.message.paths[0].split()[1]})" if said.message.file == PHRASES else ""
    for check in _CHECKS:
        for rule, sentence in check(said):
            yield rule, sentence + where
    if not first.isdisjoint(said.message.paths):
        for rule, sentence in _gives_away(said):
            yield rule, sentence + where


# ---- words that are never said


_REMEDIES: Mapping[str, str] = {
    "false-safety": "nobody can promise that; say what is kept and what is not",
    "promise": "say 'may'; nobody can promise for others",
    "people-first": "this makes a woman one with what she takes, or blames her",
    "false-empathy": "a machine has no feelings and no life; say one kind thing that is true",
    "method": "no words about how; say who is there",
    "refusal": "she is never turned away; say what she can do",
    "blame": "never ask for a reason; ask what would help",
}


def _never(said: Said) -> Iterator[Found]:
    for name in NEVER:
        words = said.tongue.words.find(name, said.text)
        if words:
            yield name, f"'{words}': {_REMEDIES[name]}"


_END = re.compile(r"(?<=[.!?\u061f\u06d4\u0964])\s+|\n+")
_QUESTION = re.compile(r"[?\u061f]")


def _asks_who(said: Said) -> Iterator[Found]:
    # A label is her own sentence, and a `why` says what is not asked.
    # Every place counts: the same words may be said in one flow and asked in another.
    asked = any(path.endswith((".ask", ".retry")) for path in said.message.paths)
    ours = any(path.startswith(f"{PHRASES} ") for path in said.message.paths)
    if not asked and not (ours and _QUESTION.search(said.text)):
        return
    words = said.tongue.words
    for sentence in _END.split(said.text):
        found = words.find("asks-who", sentence)
        # "We do not ask your name." is the opposite of asking.
        told = not _QUESTION.search(sentence) and words.find("negations", sentence)
        if found and not told:
            yield "asks-who", f"'{found}' is never asked; ask what would help"


# ---- the lock screen


# What can stand on top of a card, be a card, or be the name of the chat.
_FIRST_PHRASES = frozenset(
    f"{PHRASES} {name}"
    for name in (
        *(
            "NOT_UNDERSTOOD",
            "HEARD",
            "OLD_BUTTON",
            "MOVED",
            "PLAIN_BYE",
            "DRAFT_NOTICE",
            "GOODBYE",
        ),
        *("HIDDEN", "CLOSED", "BOT_NAME", "BOT_ABOUT", "WEB_LEAVE", "WEB_LOST", "LEFT"),
        *("COMMAND_START", "COMMAND_LEAVE", "COMMAND_LANGUAGE", "COMMAND_PRIVACY"),
    )
)
SHOWN = 40  # characters of a message that a lock screen shows, as a rule


def _gives_away(said: Said) -> Iterator[Found]:
    text = said.text.lstrip()
    # A word that is cut off can still be guessed.
    end = next((n for n in range(SHOWN, len(text)) if text[n].isspace()), len(text))
    if found := said.tongue.words.find("gives-away", text[:end]):
        sentence = f"'{found}' stands in the first {SHOWN} characters, which a locked phone shows"
        yield "gives-away", sentence


# ---- easy to read


def _sentences(text: str) -> list[list[str]]:
    """The words of each sentence, as they are written; slots count as a word."""
    found = (_WORD.findall(sentence) for sentence in _SENTENCE.split(text))
    return [words for words in found if words]


_SENTENCE = re.compile(r"[.!?\n:\u2026\u061f\u06d4\u0964]+")
_WORD = re.compile(r"[^\W_][^\s.,;\u060c\u061b()\"]*")


def _many_words(said: Said) -> Iterator[Found]:
    longest = max((len(words) for words in _sentences(said.whole)), default=0)
    most = said.tongue.words.most_words
    if longest > most:
        yield "many-words", f"a sentence here has {longest} words; write {most} at most"


def _hard(said: Said) -> Iterator[Found]:
    sentences = _sentences(said.text)
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return
    average = round(len(words) / len(sentences))
    most = round(said.tongue.words.most_words * ON_AVERAGE)
    if len(sentences) > 1 and average > most:
        sentence = f"{average} words a sentence; write {most} at most on average"
        yield "hard-to-read", sentence
    long = [word for word in words if len(word) >= said.tongue.words.long_word]
    if len(long) * MOST_LONG > len(words):
        shown = ", ".join(dict.fromkeys(long))
        sentence = f"{len(long)} of {len(words)} words are long ({shown}); find shorter ones"
        yield "hard-to-read", sentence


def _long_paragraph(said: Said) -> Iterator[Found]:
    """Of flows only: what the program says by itself stands alone and is short."""
    lines = said.whole.splitlines() if said.message.file != PHRASES else ()
    longest = max((len(_ENDED.split(line.strip())) for line in lines), default=0)
    if longest > MOST_SENTENCES:
        sentence = f"{longest} sentences in one paragraph; write {MOST_SENTENCES} at most"
        yield "long-paragraph", sentence


_ENDED = re.compile(r"(?<=[.!?\u061f\u06d4\u0964])\s+(?=\S)")


_WARNING_SIGNS = frozenset(
    "\u26a0\u2757\u2755\u203c\u2049\U0001f6a8\U0001f6a9\U0001f198\u23f0\u23f3\u231b"
)
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}(?:\s+[^\W\d_a-z]{2,})+\b|\b[^\W\d_a-z]{6,}\b")


def _loud(said: Said) -> Iterator[Found]:
    for run in _CAPITALS.findall(said.text):
        # In a script without capitals nothing is upper case.
        if run.isupper():
            yield "loud", f"'{run}' is shouted; write it in small letters"
    signs = sorted(_WARNING_SIGNS & set(said.text))
    if said.text.count("!") > 1 or signs:
        shown = " ".join(signs) or "!"
        yield "loud", f"'{shown}' sounds an alarm; say it calmly"


# ---- what belongs into the directory, and signs for machines


_NUMBERS_ALLOWED = frozenset({"999", "111", "55"})
_DIGITS = r"[0-9\u0660-\u0669\u06f0-\u06f9]"
_LONG_NUMBER = re.compile(rf"\+?{_DIGITS}(?:[\s\-\u00a0]?{_DIGITS}){{2,}}")
_HOUR = re.compile(
    rf"{_DIGITS}{{1,2}}[:.]{_DIGITS}{{2}}(?!{_DIGITS})|\b\d{{1,2}}\s?(?:am|pm|a\.m|p\.m)\b|\b24/7\b"
    r"|\b24[ -]?hours?\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    rf"[\u00a3\u20ac$]\s?{_DIGITS}|{_DIGITS}\s?(?:p\b|pence\b|pounds?\b|\u00a3|\u20ac|z\u0142)"
)
_LINK = re.compile(
    r"https?:|www\.|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|uk|info|help|pl|pk)\b",
    re.IGNORECASE,
)


def _number_in_text(said: Said) -> Iterator[Found]:
    text = said.whole
    for number in _LONG_NUMBER.findall(text):
        if number not in _NUMBERS_ALLOWED and not _PRICE.search(number):
            yield (
                "number-in-words",
                f"'{number}' belongs into the directory; name its entry in 'contacts'",
            )
    for what, pattern in (("an hour", _HOUR), ("a price", _PRICE), ("an address", _LINK)):
        if found := pattern.search(text):
            sentence = f"'{found[0].strip()}' is {what}, which changes; only the directory says it"
            yield "number-in-words", sentence


_MARKUP = re.compile(
    r"</?[A-Za-z!][^>]*>?|\{[^}]*\}?|\}|%[sdr(]|\$\{|&(?:[a-z]+|#\d+);|\*\*|__|`|\[[^\]]*\]\(|\\[nrtu]"
)


def _markup(said: Said) -> Iterator[Found]:
    if found := _MARKUP.search(said.whole):
        yield "markup", f"'{found[0]}' would be shown as it is; write plain words"


# Joiners are letters of their own in these scripts; directions are the rule `typed-mark`'s.
_JOINERS = frozenset("\u200c\u200d")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MAY_STAND = frozenset("\n")


def _odd_sign(said: Said) -> Iterator[Found]:
    passed = _MAY_STAND if said.tongue.english else _MAY_STAND | _JOINERS | _DIRECTIONS
    odd = {
        char
        for char in said.whole
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        and char not in passed
    }
    for char in sorted(odd):
        yield "odd-sign", f"U+{ord(char):04X} cannot be seen; type the words again without it"


def _other_term(said: Said) -> Iterator[Found]:
    for term in said.terms:
        if not said.tongue.words.names(term, said.whole):
            sentence = f"'{term}' has another word here; use that of words/{said.tongue.code}.yaml"
            yield "other-term", sentence


_CHECKS: tuple[Callable[[Said], Iterator[Found]], ...] = (
    _never,
    _asks_who,
    _many_words,
    _long_paragraph,
    _hard,
    _loud,
    _number_in_text,
    _markup,
    _odd_sign,
    _other_term,
)
