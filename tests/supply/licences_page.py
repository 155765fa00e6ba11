"""The list of packages with their licences: `docs/licences.md`, made from what is installed.

    python -m tests.supply.licences_page

writes it. `docs/licences.yaml` says what each package that we ask for is for.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

from bot.documents import read_file
from bot.fields import Fields
from bot.problems import Problem, Report
from tests.supply.licences import licence_of
from tests.supply.locked import OURSELVES, ROOT, Pin, applies, for_cards, read_lock, runtime

SOURCE, PAGE = ROOT / "docs" / "licences.yaml", ROOT / "docs" / "licences.md"
AIM = 25  # packages to run with, as the issue has it
HEAD = """# Packages and their licences

Made by `make docs` from `requirements.lock`, the installed packages and `docs/licences.yaml`; do not edit it here.

Linnet itself is under the MIT licence, see `LICENSE`.
Versions are those of the lock; each is pinned with the hashes of its files.
Licences are SPDX expressions, from what each package says of itself, or read in the file that `tests/supply/licences.py` names.
A wheel may hold libraries in other languages; their licences stand in the wheel itself.
The fonts in `bot/outreach/fonts/` are no package: subsets of Noto, under the SIL Open Font License 1.1, whose text stands beside them.
A licence that is not on the list of `tests/supply/licences.py` fails a test.
`make sbom` writes the first table as a bill of materials in CycloneDX form, `build/sbom.cdx.json`.
How an operator looks for known weaknesses: `docs/running.md`.
"""
COLUMNS = "\n| package | version | licence | for |\n|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One package as the page shows it; `use` says what it is for, or which packages asked."""

    name: str
    version: str
    licence: str
    use: str


def read_uses(path: Path = SOURCE) -> tuple[Mapping[str, str], list[Problem]]:
    """What each package we ask for is for, by name, and what is wrong with the file."""
    document, problems = read_file(path, "docs/licences.yaml")
    if document.root is None:
        return {}, problems
    report = Report(document.path, problems)
    fields = Fields(document.root, report, "the packages")
    fields.choice("schema", ("1",))
    block = fields.mapping("packages")
    fields.done()
    if block is None:
        return {}, problems
    inner = Fields(block, report, "the packages")
    uses = {key.text: inner.text(key.text) or "" for key, _ in block.entries}
    inner.done()
    return uses, problems


def asked_for(pins: Mapping[str, Pin]) -> frozenset[str]:
    """The names that pyproject.toml has, for the program or for developing."""
    ours = {OURSELVES, OURSELVES.replace(")", ":dev)")}
    return frozenset(name for name, pin in pins.items() if ours & {*pin.by})


def rows(
    pins: Mapping[str, Pin], names: Collection[str], uses: Mapping[str, str]
) -> Iterator[Row]:
    """A row for each of the names that is installed on Linux, in the order of the lock.

    Raises UnknownLicenceError, and PackageNotFoundError for what is locked and not installed.
    """
    for name, pin in pins.items():
        if name in names and applies(pin):
            licence = licence_of(distribution(name), name)
            asking = ", ".join(f"`{other}`" for other in pin.by if other in names)
            yield Row(name, pin.version, licence, uses.get(name) or f"needed by {asking}")


def page(pins: Mapping[str, Pin], uses: Mapping[str, str]) -> str:
    """The whole file."""
    own, cards = runtime(pins), for_cards(pins)
    parts = (
        (HEAD,),
        _aim(pins),
        _table("What Linnet runs with", rows(pins, own, uses)),
        _table("Only for printed cards, with `linnet[kit]`", rows(pins, cards, uses)),
        _table("Only for developing and testing", rows(pins, pins.keys() - own - cards, uses)),
        _apart(pins),
    )
    return "".join(chain.from_iterable(parts))


def _aim(pins: Mapping[str, Pin]) -> Iterator[str]:
    """How the count stands to the aim, said as it is."""
    count, fewer = (
        sum(applies(pins[name]) for name in names)
        for names in (runtime(pins), runtime(pins, without="aiohttp"))
    )
    yield f"\nThe aim is at most {AIM} packages to run with. There are {count}"
    yield ", so it is met.\n" if count <= AIM else ", so it is not met.\n"
    yield f"Without `aiohttp` and what only it needs there would be {fewer}; `pyproject.toml` says"
    yield " why it is there.\n"


def _table(title: str, found: Iterator[Row]) -> Iterator[str]:
    yield f"\n## {title}\n{COLUMNS}"
    for row in found:
        yield f"| {row.name} | {row.version} | {row.licence} | {row.use} |\n"


def _apart(pins: Mapping[str, Pin]) -> Iterator[str]:
    apart = ", ".join(f"`{name}`" for name, pin in pins.items() if not applies(pin))
    if apart:
        yield f"\nLocked for other systems or other versions of Python, and not listed: {apart}.\n"


def made() -> str:
    """The page as the lock, the installed packages and `docs/licences.yaml` make it."""
    return page(read_lock(), read_uses()[0])


if __name__ == "__main__":
    PAGE.write_text(made(), encoding="utf-8")
