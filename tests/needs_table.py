"""The table from each row of the study to what answers it: `docs/needs.md`, made from the data.

    python -m tests.needs_table

writes it. `docs/needs.yaml` says what cannot be worked out; steps, needs and facts come from the
flows and from directory/needs.yaml.
"""

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import app
from bot.conversation.plan import Plan
from bot.documents import Mapping as Block
from bot.documents import read_file
from bot.fields import Fields
from bot.needs import Need
from bot.problems import Problem, Report
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
SOURCE, TABLE = ROOT / "docs" / "needs.yaml", ROOT / "docs" / "needs.md"
KINDS = ("ask", "match", "tell", "do", "org")
HEAD = """# From the study to the product

Made by `make docs` from `docs/needs.yaml`, the flows, the needs and the tests; do not edit it here.

The study asked 28 women and 26 workers in the West Midlands.
Each row is something they found, and where this project answers it.

| row | what they found | asked in | needs | facts of a service | pages | what it does | tested by |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding, as `docs/needs.yaml` has it; `later` is the issue that will answer it."""

    id: str
    kinds: tuple[str, ...]
    finding: str
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    pages: tuple[str, ...]
    does: str
    tools: tuple[str, ...]
    tests: tuple[str, ...]
    later: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding with everything that answers it."""

    row: Row
    needs: tuple[Need, ...]
    steps: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of an entry that meet its needs, each once."""
        found = (clause.fact for need in self.needs for clause in need.met_by)
        return tuple(dict.fromkeys(found))


def read_rows(path: Path = SOURCE) -> tuple[tuple[Row, ...], list[Problem]]:
    """The rows in their order, and what is wrong with the file."""
    document, problems = read_file(path, "docs/needs.yaml")
    if document.root is None:
        return (), problems
    report = Report(document.path, problems)
    fields = Fields(document.root, report, "the rows of the study")
    fields.choice("schema", ("1",))
    block = fields.mapping("rows")
    fields.done()
    entries = block.entries if block else ()
    rows = [_row(key.text, node, report) for key, node in entries if isinstance(node, Block)]
    return tuple(rows), problems


def _row(id: str, block: Block, report: Report) -> Row:
    fields = Fields(block, report, f"row {id}")

    def several(key: str) -> tuple[str, ...]:
        return tuple(scalar.text for scalar in fields.scalars(key))

    row = Row(
        id=id,
        kinds=several("kind"),
        finding=fields.text("finding") or "",
        needs=several("needs"),
        steps=several("steps"),
        pages=several("pages"),
        does=fields.text("does") or "",
        tools=several("tools"),
        tests=several("tests"),
        later=fields.text("later") or "",
    )
    fields.done()
    return row


def answered(rows: Iterable[Row], plan: Plan, needs: Mapping[str, Need]) -> tuple[Answered, ...]:
    """Each row with its needs and the questions that ask for them."""
    return tuple(_answered(row, plan, needs) for row in rows)


def _answered(row: Row, plan: Plan, needs: Mapping[str, Need]) -> Answered:
    own = [need for need in needs.values() if row.id in need.promises or need.id in row.needs]
    ids = {need.id for need in own}
    asking = (
        name
        for name, planned in plan.steps.items()
        for effect in planned.effects.values()
        if ids & (effect.must | effect.prefer | effect.avoid)
    )
    return Answered(row, tuple(own), tuple(dict.fromkeys((*row.steps, *asking))))


def missing(found: Answered, plan: Plan, tools: Iterable[str]) -> Iterator[str]:
    """What a row promises and does not have, in sentences; nothing when all is there."""
    row = found.row
    yield from (f"{row.id}: {sentence}" for sentence in _promised(found))
    yield from (f"{row.id}: {sentence}" for sentence in _named(row, set(plan.steps), tools))


def _promised(found: Answered) -> Iterator[str]:
    row = found.row
    has = {
        "ask": bool(found.steps),
        "match": bool(found.facts),
        "tell": bool(row.pages),
        "do": bool(row.does),
        "org": bool(row.tools or row.does),
    }
    for kind in row.kinds:
        if not (has.get(kind) or row.later):
            yield f"it is to '{kind}', and nothing does"
    if not (row.tests or row.later):
        yield "no test would fail"


def _named(row: Row, steps: Container[str], tools: Iterable[str]) -> Iterator[str]:
    yield from (f"'{kind}' is no kind of row" for kind in row.kinds if kind not in KINDS)
    lost = (step for step in (*row.steps, *row.pages) if step not in steps)
    yield from (f"there is no step '{step}'" for step in lost)
    yield from (f"there is no command '{tool}'" for tool in row.tools if tool not in tools)
    yield from (f"there is no test '{test}'" for test in row.tests if not _is_there(test))


def _is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]
    return name in names if name else bool(names)


def table(found: Iterable[Answered]) -> str:
    """The whole file."""
    return HEAD + "".join(f"| {' | '.join(_cells(each))} |\n" for each in found)


def _cells(each: Answered) -> Iterator[str]:
    row = each.row
    yield row.id
    yield row.finding
    yield _code(each.steps)
    yield _code(need.id for need in each.needs)
    yield _code(each.facts)
    yield _code(row.pages)
    yield "; ".join(
        part
        for part in (
            row.does,
            ", ".join(f"`linnet {tool}`" for tool in row.tools),
            f"not built yet: issue {row.later}" if row.later else "",
        )
        if part
    )
    yield _code(dict.fromkeys(test.partition("::")[0] for test in row.tests))


def _code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


def shipped() -> tuple[tuple[Answered, ...], Plan]:
    """The rows as answered by the data that ships. Raises DataError when the data is broken."""
    settings = Settings()
    data = app.read_data(app.folders(settings))
    world = app.build_world(data, settings, app.today())
    plan = world.material.plan
    return answered(read_rows()[0], plan, data.vocabulary.needs), plan


if __name__ == "__main__":
    TABLE.write_text(table(shipped()[0]), encoding="utf-8")
