"""The page of rules: what is asked for, and the rule or test that holds it.

    python -m tests.rules_page    writes docs/rules.md anew

`tests/test_rules_page.py` keeps it equal to `tests/demands.py`, and that to the rules and tests
that there are.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import bot
from bot.flows import card_checks, question_checks, talk_checks
from bot.locales import word_checks, wordlists
from tests.demands import CATALOGUES, CONVERSATION, LANGUAGE, Row

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"


# Where rules of care are; the others stop the start of the program.
CARE = (
    "bot.flows.care",
    "bot.locales.word_checks",
    "bot.locales.wordlists",
    "bot.locales.tongues",
)


def all_rules() -> Mapping[str, str]:
    """Every rule of the program: its id and what it means."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name != "bot.__main__":
            rules = getattr(importlib.import_module(module.name), "RULES", None)
            if isinstance(rules, Mapping):
                found |= rules
    return found


HEAD = """\
# Rules

What `linnet check` and the tests hold, so that no edit of a flow or a translation can take it away.
This page is made by `python -m tests.rules_page`; a test keeps it as it is.

Each rule has a broken example named after it under `tests/**/broken/`.
A mistake of the language of flows stops the start.
A breach of the rules of care is an error of `linnet check` and stops no start: a card that is ten letters too long must not keep every woman from help.

## Word lists

`locales/words/<language>.yaml` says what is never said, what is said only in its place, and what must be said somewhere.
Words are whole words; small letters, accents and invisible signs do not matter; a `*` stands for any letters.
A phrase stands in one sentence.
What she types is never judged, and names of services are left out.
An operator's own `locales/words/en.yaml` takes the place of the shipped one, file by file.
Where a rule rests on the meaning of an English text (her own use, stopping, dying, what hurts to read), it looks at the English only, because every translation says the same.

## Limits

| what | in English | in other languages |
|---|---|---|
"""


def _limits() -> Iterator[str]:
    lists, _ = wordlists.read_wordlists([ROOT / "locales"])
    others = sorted(code for code in lists if code != "en")
    average = word_checks.ON_AVERAGE

    def each(value: str) -> str:
        return ", ".join(f"{getattr(lists[code], value)} ({code})" for code in others)

    english = lists["en"]
    rows = (
        ("characters of a card", card_checks.MOST, card_checks.MOST_ELSEWHERE),
        (
            "characters of a label",
            question_checks.LONGEST_LABEL,
            question_checks.LONGEST_ELSEWHERE,
        ),
        (
            "characters of a reason",
            question_checks.LONGEST_REASON,
            question_checks.LONGEST_REASON_ELSEWHERE,
        ),
        ("words of a sentence", english.most_words, each("most_words")),
        (
            "words of a sentence on average, over two or more",
            round(english.most_words * average),
            ", ".join(f"{round(lists[code].most_words * average)} ({code})" for code in others),
        ),
        ("letters of a word that counts as long", english.long_word, each("long_word")),
        (
            f"long words of a text of {word_checks.FEWEST_WORDS} words or more",
            f"one in {word_checks.MOST_LONG}",
            "same",
        ),
        (
            "choices of one answer",
            f"{question_checks.MOST_CHOICES}, and one that leads on",
            "same",
        ),
        ("choices to take several of", question_checks.MOST_OF_MANY, "same"),
        ("questions before the first services", talk_checks.MOST_TO_FIRST, "same"),
        ("questions between two lists", talk_checks.MOST_BETWEEN, "same"),
        ("characters a lock screen shows", word_checks.SHOWN, "same"),
    )
    for what, here, there in rows:
        yield f"| {what} | {here} | {there} |"


def _table(rows: tuple[Row, ...]) -> Iterator[str]:
    yield "| | what is asked for | rules | tests and the rest |"
    yield "|---|---|---|---|"
    for row in rows:
        rules = ", ".join(f"`{rule}`" for rule in row.rules.split())
        tests = [f"`{test}`" for test in row.tests.split()]
        yield f"| {row.id} | {row.demand} | {rules} | {'; '.join([*tests, *filter(None, [row.rest])])} |"


def _meanings() -> Iterator[str]:
    yield "| rule | what it finds |"
    yield "|---|---|"
    for name in CARE:
        for rule, meaning in importlib.import_module(name).RULES.items():
            yield f"| `{rule}` | {meaning} |"


def page() -> str:
    """The whole page."""
    parts = (
        HEAD + "\n".join(_limits()),
        "## How she is spoken to",
        "\n".join(_table(CONVERSATION)),
        "## The language of flows",
        "\n".join(_table(LANGUAGE)),
        "## Translations",
        "\n".join(_table(CATALOGUES)),
        "## What the rules of care find",
        "\n".join(_meanings()),
    )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
