"""The house: layers, names, documents and rules are as the written pages say."""

import ast
import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bot
from bot.cli import parser
from bot.locales import phrases

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT) for path in (ROOT / "bot").rglob("*.py") if "data" not in path.parts
)
BANNED = {"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"}


def docstring(path):
    return ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8"))) or ""


def tracked():
    """Every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


# ---- names and sizes


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_is_named_by_its_first_docstring_line(path):
    first = docstring(path).splitlines()[0]
    assert first.endswith((".", ":"))
    assert len(first) <= 100


def test_no_module_has_a_name_that_says_nothing():
    assert not {path.stem for path in MODULES} & BANNED


def test_every_module_has_its_tests_beside_its_name():
    """`bot/room/thing.py` is tested in `tests/room/test_thing.py`."""
    told_elsewhere = {
        "bot/__main__.py": "tests/cli/test_commands.py",
        "bot/app.py": "tests/cli/test_commands.py",
        "bot/needs.py": "tests/test_needs.py",
        "bot/documents.py": "tests/documents/test_documents.py",
        "bot/conversation/frozen.py": "tests/conversation/test_describing.py",
        "bot/conversation/messages.py": "tests/channels/test_terminal.py",
        "bot/sessions/sqlite.py": "tests/sessions/sqlite/test_files.py",
        "bot/flows/rules.py": "tests/flows/test_checks.py",
    }
    for path in MODULES:
        if path.name == "__init__.py" or (path.stem == "model" and path.parent.name != "sessions"):
            continue
        mirror = Path("tests", *path.parts[1:-1], f"test_{path.stem}.py")
        if path.parent == Path("bot/cli"):
            mirror = Path("tests/cli/test_commands.py")
        found = told_elsewhere.get(path.as_posix(), mirror.as_posix())
        assert (ROOT / found).is_file(), f"{path} has no {found}"


# ---- rules and broken examples


def rule_tables():
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name != "bot.__main__":
            rules = getattr(importlib.import_module(module.name), "RULES", None)
            if isinstance(rules, dict):
                yield module.name, rules


def test_every_rule_has_a_broken_example_named_after_it():
    examples = {path.stem for path in (ROOT / "tests").glob("**/broken/*")}
    examples |= {path.stem.replace("_", "-") for path in (ROOT / "tests").glob("**/broken/*")}
    for module, rules in rule_tables():
        missing = set(rules) - examples
        assert not missing, f"{module}: no broken example for {sorted(missing)}"


def test_every_rule_says_what_it_means():
    for module, rules in rule_tables():
        for id, meaning in rules.items():
            assert re.fullmatch(r"[a-z][a-z0-9-]*", id), (module, id)
            assert len(str(meaning).split()) >= 3, (module, id)


# ---- documents


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 700


def test_the_pages_name_every_command():
    running = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    commands = next(
        action.choices
        for action in parser()._actions
        if hasattr(action, "choices") and action.choices
    )
    for command in commands:
        assert f"`linnet {command}" in running


def test_every_phrase_is_said_somewhere():
    code = "\n".join(
        (ROOT / path).read_text(encoding="utf-8") for path in MODULES if path.stem != "phrases"
    )
    unsaid = [name for name in phrases.named() if not re.search(rf"\b{name}\b", code)]
    assert unsaid == []


def test_no_file_names_a_path_of_a_machine_or_a_download_address():
    for path in tracked():
        data = path.read_bytes()
        assert str(ROOT).encode() not in data, path
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url", lock)
    assert "--hash=sha256:" in lock


def test_the_lock_holds_every_dependency():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    named = {re.match(r"[a-z0-9-]+", line)[0] for line in wanted}
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.M))
    assert named - locked == set()


# ---- layers: deliberate breaches are caught


BREACHES = [
    ("bot/needs.py", "from bot.conversation import plan", "The house: who may import whom"),
    ("bot/flows/graph.py", "import bot.directory.model", "The house: who may import whom"),
    (
        "bot/channels/terminal.py",
        "from bot.directory import model",
        "Channels see the conversation",
    ),
    ("bot/flows/loader.py", "import yaml", "One door for yaml"),
    ("bot/conversation/wording.py", "import transitions", "One door for transitions"),
    ("bot/directory/matching.py", "import holidays", "One door for opening hours"),
    ("bot/directory/audit.py", "import jinja2", "Two doors for templates"),
    ("bot/cli/printing.py", "import uharfbuzz", "A door for QR codes, and one for HarfBuzz"),
    ("bot/conversation/describing.py", "import babel", "Babel stays in the locales room"),
    ("bot/conversation/moving.py", "import random", "The thinking modules do no input"),
    ("bot/conversation/turns.py", "from bot import settings", "Only the program's own wiring"),
    ("bot/conversation/safety.py", "from bot.conversation import wording", "Engine, safety and"),
    ("bot/newroom.py", '"""A room nobody listed."""', "The house: who may import whom"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the program that may be broken."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_house_as_it_stands_keeps_every_contract(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"), BREACHES, ids=[b[0] + b[1] for b in BREACHES]
)
def test_a_breach_of_the_layers_is_caught(copy, file, line, contract):
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    done = lint(copy)
    if before is None:
        path.unlink()
    else:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    broken = [shown for shown in done.stdout.splitlines() if "BROKEN" in shown]
    assert any(shown.startswith(contract) for shown in broken), done.stdout
