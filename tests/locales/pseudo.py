"""Made-up languages that show what is not translated and what is cut: longer, and from the right.

Every text stands in brackets and is 40 % longer. Slots, numbers and new lines stay.
"""

import re
from dataclasses import replace
from pathlib import Path

from bot import app
from bot.locales import pofile
from bot.locales.languages import catalogue_path, read_languages
from bot.locales.pofile import Entry, PoFile
from bot.locales.sync import catalogue
from bot.locales.voice import TYPED
from bot.settings import Settings

LONGER, FROM_RIGHT = "eo", "fa"  # codes that Unicode knows and Linnet does not offer
BLOCKS = """
  eo:
    endonym: Esperanto
    script: Latn
    direction: ltr
    time: 'HH:mm'
    plural_forms: 'nplurals=2; plural=(n != 1);'
    forms: {one: 0, other: 1}
    review: machine-draft
    complete: true
  fa:
    endonym: فارسی
    script: Arab
    direction: rtl
    time: 'HH:mm'
    plural_forms: 'nplurals=2; plural=(n > 1);'
    forms: {one: 0, other: 1}
    review: machine-draft
    complete: true
    full_stop: '.'
    question: '؟'
"""
OPEN, CLOSE = "[", "]"
_ACCENTS = str.maketrans("aceghijosuACEGHIJOSU", "âĉêĝĥîĵôŝûÂĈÊĜĤÎĴÔŜÛ")
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz?,", "ابجدهوزحطیکلمنسعفصقرشتثخذض؟،")
_KEPT = re.compile(r"\$[a-z_]+|\n")


def pseudo(text: str, code: str) -> str:
    """The text in one of the two languages."""
    parts = _KEPT.split(text)
    kept = [*_KEPT.findall(text), ""]
    told = (_letters(part, code) + keep for part, keep in zip(parts, kept, strict=True))
    more = "‐" * (len(text) * 2 // 5)
    body, end = "".join(told), ""
    while body and body[-1] in '.?؟"':
        body, end = body[:-1], body[-1] + end
    return f"{OPEN}{body}{more}{CLOSE}{end}"


def _letters(part: str, code: str) -> str:
    if code == LONGER:
        return part.translate(_ACCENTS)
    return part.lower().translate(_ARABIC)


def add(folder: Path) -> Path:
    """Put both languages into a copy of the shipped locales under `folder`, as anybody would: one
    block and one catalogue each. Returns the folder to give as `LINNET_DATA`."""
    locales = folder / "locales"
    page = locales / "languages.yaml"
    page.write_text(page.read_text(encoding="utf-8") + BLOCKS[1:], encoding="utf-8")
    data = app.read_data(app.folders(Settings(data=folder)))
    app.sync_catalogues(data, write=True)
    languages, problems = read_languages(locales)
    assert problems == []
    for code in (LONGER, FROM_RIGHT):
        path = catalogue_path(locales, code)
        file = pofile.read(path.read_bytes())
        assert isinstance(file, PoFile)
        entries = [_filled(entry, code) for entry in file.entries]
        path.write_bytes(catalogue(file, languages.get(code), entries))
    return folder


def _filled(entry: Entry, code: str) -> Entry:
    if entry.context == TYPED:
        words = (f"{code} {word.strip()}" for word in entry.msgid.split("|"))
        return replace(entry, forms=(" | ".join(words),))
    texts = (entry.msgid, entry.plural)[: len(entry.forms)]
    return replace(entry, forms=tuple(pseudo(text, code) for text in texts))
