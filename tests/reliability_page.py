"""The page of faults: what may break, what then comes of it, and the test that makes it break.

    python -m tests.reliability_page    writes docs/reliability.md anew

Tests are found by their names, `test_fault_NN_…`. The figures of the last run of chaos stand between
two marks and stay as they are; `make chaos` writes them.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures of the last run: begin -->", "<!-- figures of the last run: end -->"
NAMED = re.compile(r"test_fault_0*([0-9]+)_\w+")

# Faults of a store on another machine, which is not built yet.
NOT_YET: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One fault of the study, by its number, and what comes of it in our own words."""

    number: int
    fault: str
    then: str


ROWS = tuple(
    Row(number, fault, then)
    for number, (fault, then) in enumerate(
        (
            ("killed before an update is kept", "it comes again and counts once"),
            (
                "killed when it is kept and her card not yet changed",
                "the start changes the card, without a tap of hers",
            ),
            (
                "killed when the first card was sent and its number not yet kept",
                "after the start one card stands, not two",
            ),
            (
                "asked to stop while it waits for updates",
                "it ends within five seconds; nothing is confirmed that was not kept",
            ),
            ("one update many times", "it counts once and is confirmed each time"),
            (
                "updates out of order",
                "one person's are taken one after the other; a button of an earlier card answers"
                " no other question",
            ),
            ("a double tap", "no question is passed over"),
            ("a button of an old talk or card", "the present card comes, nothing is applied"),
            ("a tap when her time is over", "a card that offers to begin; nothing comes back"),
            ("two devices at once", "the first wins; both see the same card"),
            (
                "the flow is edited while she talks",
                "the talk goes on; every answer that still fits stays, and what no longer fits is"
                " left out",
            ),
            ("a service is taken out while she talks", "it is left out, and nothing breaks"),
            (
                "files that cannot be read, on SIGHUP",
                "the good ones stay, the log says so; mended files are taken",
            ),
            (
                "a number that nobody signed in `contacts.lock`",
                "its entry is not shown, with or without the snapshot; every other entry stays",
            ),
            (
                "traps of YAML: `no`, `22:00`, `+44…`, a second number, aliases of aliases",
                "text stays text; doubled keys, anchors, large and deep files are refused",
            ),
            (
                "a translation is missing",
                "those words come in English, and the page marks them as English; no language that"
                " ships lacks a word of safety",
            ),
            (
                "a translation that loses or invents a slot",
                "`linnet check` refuses it; the English is said",
            ),
            ("numbers in words from the right", "every number is seen as it is written"),
            ("Redis refuses", "nobody waits; she has help all the same"),
            ("Redis does not answer", "the same, and it is left alone for a while"),
            ("every session is gone", "her next tap offers to begin"),
            ("who held a lock has died", "the lock ends by itself; no answer is lost"),
            (
                "the disk is full",
                "talks can be read, help and wiping work, a new talk gets the fixed urgent card;"
                " with room again it begins",
            ),
            (
                "the database is cut off or garbage",
                "it is put aside and a new one begun; the program starts and stays",
            ),
            ("the keys on tmpfs are gone", "every talk counts as over; no error is shown"),
            (
                "the time of day jumps by a day",
                "no talk lives longer than 90 minutes of the machine's own clock; what was kept"
                " before the machine started anew is forgotten",
            ),
            (
                "nights in which the clocks change",
                "opening hours go by the clock on the wall: Saturday 22:00 to Sunday 04:00 lasts"
                " 300 minutes in March 2026 and 420 in October",
            ),
            ("bank and school holidays, closed days, a leap day", "each is kept"),
            (
                "Telegram asks one chat to wait",
                "that chat waits as long as asked, nobody else does",
            ),
            (
                "Telegram fails, hangs or cannot be reached, before the effect",
                "it is tried again; ten seconds after the end all is right",
            ),
            ("the effect came, its answer did not", "one card stands"),
            ("she blocked the bot", "she is forgotten at once; nothing is tried again"),
            (
                "she deleted the card",
                "a new one comes only when she does something, never by itself",
            ),
            ("updates without the secret", "403, and no line in the log"),
            (
                "an update that makes the program fail",
                "three tries, then it is dropped and confirmed; others are served",
            ),
            ("updates that are malformed or unknown", "they are passed over, and not logged"),
            ("everything stands still for seconds", "the log says so, and it goes on"),
            (
                "20,000 new talks in a minute",
                "few begin; talks that stand go on, and who asks for help gets it",
            ),
            ("two programs for one bot", "the second ends and says so; the first stays"),
            ("the token is revoked", "the program stays up, and so does the web page"),
            (
                "the page is reloaded, dropped by the phone, or looked for with Back after leaving",
                "the neutral first page or none; the talk that was left is gone",
            ),
            ("the reply to an answer is lost, and it is sent again", "it counts once"),
            ("a new version is started under load", "it takes everything over; nothing is lost"),
        ),
        start=1,
    )
)

HEAD = """\
# What may break, and what comes of it

Made by `make docs` from `tests/reliability_page.py` and the names of the tests; do not edit it here.

The faults are those of the safety study, by its numbers.
Each test makes the fault happen: it kills the program, fills a disk, cuts a database, stops the process, moves the clock or tears the way to Telegram.
The tools for it are in `tests/chaos/`.

| | what breaks | what comes of it | tested by |
|---|---|---|---|
"""

CHAOS = """\

## All of it at once

`make chaos` lets a crowd tap through the talk for some minutes while one fault after another strikes, as a seed says (`make chaos MINUTES=20 SEED=7`).
Every tap is also made in a talk without faults, and every screen has to come to show the same.
A recovery is the time from the end of a fault until the screens of all who wait are right; none may take longer than ten seconds.
While the disk is full the crowd stands still, because an answer that cannot be kept is answered with the fixed urgent card; on Telegram a press comes again for about ten seconds, and after that it has to be made again, as what was typed has at once; one more person asks for help and wipes meanwhile.
The time of day is moved by at most an hour and never into another day: after a clock that was a day ahead is put right, talks that began meanwhile are not found any more and end by themselves.
Telegram is a strict imitation here, never the real one.
`make test` does each fault once.

"""


def named_tests(folder: Path = ROOT / "tests") -> Mapping[int, tuple[str, ...]]:
    """The tests of each fault, as `file::name` below the root, in order."""
    found = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body if "test_fault_" in text else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                named = NAMED.fullmatch(node.name)
                if named:
                    found[int(named[1])].append(
                        f"{path.relative_to(folder.parent).as_posix()}::{node.name}"
                    )
    return {number: tuple(tests) for number, tests in found.items()}


def page(figures: str) -> str:
    """The whole page; `figures` are those of the last run of chaos, empty before the first."""
    tests = named_tests()
    rows = "".join(f"| {' | '.join(_cells(row, tests))} |\n" for row in ROWS)
    return f"{HEAD}{rows}{CHAOS}{BEGIN}\n{figures}\n{END}\n"


def _cells(row: Row, tests: Mapping[int, tuple[str, ...]]) -> Iterator[str]:
    yield str(row.number)
    yield row.fault
    yield row.then
    yield " ".join(f"`{test}`" for test in tests.get(row.number, ())) or "not there yet"


def kept(written: str) -> str:
    """The figures in a page that was written; empty where it has none."""
    _, begun, rest = written.partition(BEGIN)
    return rest.partition(END)[0].strip("\n") if begun else ""


def write(figures: str | None = None, path: Path = PAGE) -> None:
    """Write the page, with these figures or those that stand in it."""
    if figures is None:
        figures = kept(path.read_text(encoding="utf-8")) if path.exists() else ""
    path.write_text(page(figures), encoding="utf-8")


if __name__ == "__main__":
    write()
