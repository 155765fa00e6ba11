"""`linnet check --notes`: what no editor did wrong is told only when somebody asks."""

import json
import shutil

import pytest

from tests.cli.running import ROOT, linnet
from tests.locales.shelves import copy_few


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """The command over the shipped flows and directory in two languages, which is quick."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("flows", "directory"):
        shutil.copytree(ROOT / name, folder / name)
    copy_few(folder / "locales", "pl")

    def told(*options):
        done = linnet("check", *options, env={"LINNET_DATA": str(folder)})
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    return told


@pytest.mark.parametrize("form", ["text", "github"])
def test_notes_are_kept_back(check, form):
    told = check("--format", form)
    assert "contact-old" not in told
    assert "council-without-woman" not in told


def test_notes_are_told_when_asked_for_and_change_neither_count_nor_exit(check):
    told = check("--notes").splitlines()
    assert any("[contact-old]" in line and ": info: " in line for line in told)
    assert told[-1] == "0 errors, 0 warnings"


def test_the_shipped_directory_has_notes_and_nothing_worse(check):
    assert {one["level"] for one in json.loads(check("--notes", "--format", "json"))} == {"info"}
