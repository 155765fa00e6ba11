"""All checks over what is shipped, in every language, and over folders of an operator."""

import re
import shutil
from pathlib import Path

import pytest

from bot import app
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(moment):
    """What is found in the shipped data."""
    shipped = app.read_data(app.folders(Settings()))
    return sorted(app.all_problems(shipped, moment.date()))


@pytest.mark.parametrize("name", ["flows", "directory", "locales"])
def test_check_works_on_a_folder_of_ones_own_without_word_lists(name, found, tmp_path, moment):
    shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("words"))
    own = app.read_data(app.folders(Settings(data=tmp_path)))
    assert sorted(app.all_problems(own, moment.date())) == found


def test_a_breach_of_care_does_not_stop_the_start(tmp_path, moment):
    """Harm prevented: a card that is too long must not keep every woman from help."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    path = tmp_path / "flows" / "language.yaml"
    text = path.read_text(encoding="utf-8")
    long = f"ask: They will help. {'x' * 400}"
    path.write_text(re.sub(r"ask: .*", long, text), encoding="utf-8")
    data = app.read_data(app.folders(Settings(data=tmp_path)))
    found = app.all_problems(data, moment.date())
    rules = {problem.rule for problem in found if problem.path == "flows/language.yaml"}
    assert {"promise", "long-card"} <= rules
    assert app.build_world(data, Settings(), moment.date()).material.plan.steps
