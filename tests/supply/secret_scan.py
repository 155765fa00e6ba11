"""Tokens and keys that must not be in the repository: what detect-secrets finds in its files.

    python -m tests.supply.secret_scan

names each with its file and line, and fails. `.ci/known-secrets.yaml` says which findings open
nothing, and why; an entry that fits nothing any more fails as well.

Only the detectors are used. The tool's own command asks a service whether what it found works,
and so would send a token out.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import BasePlugin

from bot.documents import Mapping as Block
from bot.documents import read_file
from bot.fields import Fields
from bot.problems import Problem, Report
from tests.supply.locked import ROOT

KNOWN = ROOT / ".ci" / "known-secrets.yaml"
# Sums of public files, in our two kinds of lock. The whole line must be nothing else.
PUBLIC = re.compile(
    r' *--hash=sha256:[0-9a-f]{64}(?: \\)?| *"integrity": "sha512-[A-Za-z0-9+/]{86}==",?'
)
LEFT_OUT = {"Public IP (ipv4)"}  # an address opens nothing


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `sum` is the SHA-256 of what was found, which itself is not kept."""

    file: str
    line: int
    kind: str
    sum: str


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that opens nothing, wherever it stands in its file, and why."""

    file: str
    sum: str
    why: str


@cache
def detectors() -> tuple[BasePlugin, ...]:
    """Every detector of the library but those of `LEFT_OUT`, with its own bounds."""
    classes: Mapping[str, Any] = get_mapping_from_secret_type_to_class()
    return tuple(kind() for name, kind in sorted(classes.items()) if name not in LEFT_OUT)


def secrets_in(file: str, text: str) -> Iterator[Found]:
    """What is found in the text, line by line; `file` is named, and its ending decides a little."""
    suffix = Path(file).suffix
    for number, line in enumerate(text.splitlines(), 1):
        for kind, sum in _in_line(line, suffix):
            yield Found(file, number, kind, sum)


@cache  # many lines are the same in many files
def _in_line(line: str, suffix: str) -> tuple[tuple[str, str], ...]:
    if PUBLIC.fullmatch(line):
        return ()
    found = {
        (secret.type, hashlib.sha256((secret.secret_value or "").encode()).hexdigest())
        for detector in detectors()
        for secret in detector.analyze_line(filename=f"file{suffix}", line=line, line_number=1)
    }
    return tuple(sorted(found))


def files(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file that git knows or would add; what is no text is read as one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in listed.split("\0"):
        if name and (root / name).is_file():
            yield name, (root / name).read_text(encoding="utf-8", errors="replace")


def read_known(path: Path = KNOWN) -> tuple[tuple[Known, ...], list[Problem]]:
    """The findings that open nothing, and what is wrong with the file."""
    document, problems = read_file(path, path.name)
    if document.root is None:
        return (), problems
    report = Report(document.path, problems)
    fields = Fields(document.root, report, "the known findings")
    fields.choice("schema", ("1",))
    block = fields.mapping("known")
    fields.done()
    entries = block.entries if block else ()
    known = (_of(key.text, node, report) for key, node in entries if isinstance(node, Block))
    return tuple(chain.from_iterable(known)), problems


def _of(file: str, block: Block, report: Report) -> Iterator[Known]:
    fields = Fields(block, report, f"the known findings in {file}")
    for key, _ in block.entries:
        yield Known(file, key.text, fields.text(key.text) or "")


def complaints(found: Iterable[Found], known: Iterable[Known]) -> Iterator[str]:
    """A line for each finding nobody explained and each entry that fits nothing; never the secret.

    Harm prevented: with the token anybody can read what women write to the bot, and answer them.
    """
    explained = {(each.file, each.sum): each for each in known}
    used = set()
    for each in found:
        if (each.file, each.sum) in explained:
            used.add((each.file, each.sum))
        else:
            yield f"{each.file}:{each.line}: {each.kind} (sum {each.sum})"
    for file, sum in explained.keys() - used:
        yield f"{KNOWN.name}: {sum} is not in {file} any more"


def scan(root: Path, known: Iterable[Known]) -> list[str]:
    """The complaints about all files below a root that git keeps."""
    found = (each for name, text in files(root) for each in secrets_in(name, text))
    return list(complaints(found, known))


if __name__ == "__main__":
    explained, mistakes = read_known()
    lines = [*map(str, mistakes), *scan(ROOT, explained)]
    sys.exit("\n".join(lines) if lines else None)
