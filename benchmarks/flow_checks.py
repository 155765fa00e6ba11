"""What checking flows costs when they have grown: seconds for 500 steps, in every language.

    python -m benchmarks.flow_checks

The shipped flows and, beside them, copies of the questions under other names, called one after the
other until there are 500 steps. Everything that `linnet check` does with flows and words; the
directory is as it is. The target is 5 s. Nothing is asserted about time.
"""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bot import app
from bot.flows.care import check_care
from bot.locales.languages import read_languages
from bot.locales.tongues import read_tongues
from bot.locales.word_checks import check_words
from bot.locales.wordlists import read_wordlists
from bot.settings import Settings

STEPS = 500
TARGET = 5.0  # seconds
FLOWS = Path(__file__).parents[1] / "flows"
COPIED = ("about", "urgent", "services")  # flows that return and name no step of another


def grow(folder: Path, steps: int = STEPS) -> int:
    """Write flows of about so many steps into `folder`; returns how many there are."""
    shutil.copytree(FLOWS, folder, dirs_exist_ok=True)
    texts = {name: (FLOWS / f"{name}.yaml").read_text(encoding="utf-8") for name in COPIED}
    texts["questions"] = _questions()
    count = sum(_steps(path.read_text(encoding="utf-8")) for path in folder.glob("*.yaml"))
    calls: list[str] = []
    while count < steps:
        name = list(texts)[len(calls) % len(texts)]
        copy = f"{name}_{len(calls)}"
        text = re.sub(rf"(?m)^flow: {name}$", f"flow: {copy}", texts[name])
        (folder / f"{copy}.yaml").write_text(text, encoding="utf-8")
        calls.append(copy)
        count += _steps(text) + 1
    path = folder / "triage.yaml"
    text = path.read_text(encoding="utf-8")
    lines = "".join(f"  call_{copy}: {{call: {copy}}}\n" for copy in calls)
    path.write_text(text.replace("  find_better:", f"{lines}  find_better:"), encoding="utf-8")
    return count


def _questions() -> str:
    """Twenty questions with conditions on each other and words between them."""
    steps = ["flow: questions", "steps:"]
    for n in range(20):
        condition = f", only_if: q{n - 1} == a or q{n - 1} is unknown" if n else ""
        steps += [
            f"  q{n}:",
            f"    {{ask: What would you like help with?{condition},"
            " choices: {a: {label: My drinking, must: [alcohol]}, b: I am not sure}}",
            f"  s{n}: {{say: These places may suit you., only_if: q{n} == b}}",
        ]
    return "\n".join([*steps, "  back: {return: true}", ""])


def _steps(text: str) -> int:
    """How many steps a file has: the names two spaces in, below `steps:`."""
    return len(re.findall(r"(?m)^  \w+:", text.partition("\nsteps:")[2]))


def _timed(what: str, work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    took = perf_counter() - started
    print(f"  {what:<30} {took:7.3f} s")
    return took


def main() -> None:
    """Print one line a figure."""
    shipped = app.folders(Settings())
    with tempfile.TemporaryDirectory() as folder:
        count = grow(Path(folder) / "flows")
        where = app.Folders(
            Path(folder) / "flows", shipped.directory, shipped.locales, shipped.shipped
        )
        print(f"  {count} steps")
        _timed("reading", lambda: app.read_data(where))
        data = app.read_data(where)
        flows_wrong = app.flow_problems(data)
        assert not app.errors_in([*data.problems, *flows_wrong], "flows"), flows_wrong[:5]
        languages, _ = read_languages(where.locales)
        wordlists, _ = read_wordlists([where.locales])
        tongues, _ = read_tongues(where.locales, languages, wordlists)
        _timed("rules of the language", lambda: app.flow_problems(data))
        _timed("rules of care", lambda: check_care(data.flows, tongues, ()))
        _timed("words", lambda: check_words(app.messages(data), tongues))
        whole = _timed("linnet check, all of it", lambda: app.all_problems(data, app.today()))
        print(f"  {'target':<30} {TARGET:7.3f} s {'met' if whole <= TARGET else 'MISSED'}")


if __name__ == "__main__":
    main()
