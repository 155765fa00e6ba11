"""bandit runs, and what it is told to leave to ruff is what ruff looks at."""

import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.supply.locked import ROOT

TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
# Nothing to do with how subprocess is called, which S602 to S607 look at.
LEFT_OUT_ALTOGETHER = {"B404"}


@cache
def stable_rules():
    """The codes that ruff has out of preview."""
    listed = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "rule", "--all", "--output-format", "json"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return {rule["code"] for rule in json.loads(listed) if not rule["preview"]}


def found(path):
    """The codes that bandit finds, as `.ci/check` calls it."""
    done = subprocess.run(
        [Path(sys.executable).with_name("bandit"), "-q", "-c", "pyproject.toml", "-f", "json", path],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    codes = {result["test_id"] for result in json.loads(done.stdout)["results"]}
    assert done.returncode == bool(codes), done.stderr
    return codes


@pytest.mark.parametrize("code", sorted({*TOOLS["bandit"]["skips"]} - LEFT_OUT_ALTOGETHER))
def test_what_bandit_leaves_to_ruff_ruff_looks_at(code):
    rule = f"S{code[1:]}"
    assert rule in stable_rules()
    assert "S" in TOOLS["ruff"]["lint"]["select"]
    assert rule not in TOOLS["ruff"]["lint"]["ignore"]
    for files, rules in TOOLS["ruff"]["lint"]["per-file-ignores"].items():
        assert rule not in rules or files.startswith(("tests/", "benchmarks/"))


def test_nothing_else_is_left_out():
    assert TOOLS["bandit"].keys() == {"skips"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("import pickle\npickle.loads(b'')\n", "B301"),
        ("eval(input())\n", "B307"),
        ("import hashlib\nhashlib.md5(b'')\n", "B324"),
        ("# a \u202e backwards\n", "B613"),
    ],
)
def test_a_planted_fault_is_found(tmp_path, line, code):
    (tmp_path / "planted.py").write_text(line, encoding="utf-8")
    assert code in found(tmp_path / "planted.py")


def test_a_file_without_fault_is_clean(tmp_path):
    (tmp_path / "clean.py").write_text("print(1)\n", encoding="utf-8")
    assert found(tmp_path / "clean.py") == set()
