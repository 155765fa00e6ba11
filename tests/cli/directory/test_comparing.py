"""`linnet directory diff`: since a commit, or from a file or a folder."""

import subprocess

import pytest

from bot.cli import main
from tests.cli.running import ROOT


@pytest.fixture
def own(own_data, monkeypatch):
    monkeypatch.setenv("LINNET_DATA", str(own_data))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(own_data.parent))
    return own_data


@pytest.fixture
def entry(own):
    return own / "directory" / "services" / "birmingham" / "anawim.yaml"


def git(folder, *arguments):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    line = ["git", "-C", folder, *who, *arguments]
    subprocess.run(line, check=True, capture_output=True)


def test_since_the_last_commit(own, entry, capsys):
    git(own, "init", "-q")
    git(own, "add", ".")
    git(own, "commit", "-qm", "all")
    assert main(["directory", "diff"]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
    with entry.open("a", encoding="utf-8") as file:
        file.write("worker: {female: guaranteed}\n")
    assert main(["directory", "diff"]) == 0
    told = capsys.readouterr().out
    assert told == "anawim: a woman as key worker: not known -> guaranteed\n"


def test_from_another_folder_and_from_one_file(own, entry, capsys):
    old = ROOT / "directory"
    with entry.open("a", encoding="utf-8") as file:
        file.write("worker: {female: guaranteed}\n")
    for before in (old, old.parent, old / "services", old / "services/birmingham/anawim.yaml"):
        assert main(["directory", "diff", str(before)]) == 0
        assert capsys.readouterr().out.count("\n") == 1


def test_outside_a_checkout_it_says_what_to_do(own, capsys):
    assert main(["directory", "diff"]) == 2
    assert capsys.readouterr().err == (
        "linnet: these entries are in no git checkout; name a file or a folder\n"
    )


@pytest.mark.parametrize("commit", ["no-such-thing", "--output=x", "HEAD:directory", ""])
def test_an_unknown_commit_is_one_line(own, commit, capsys):
    git(own, "init", "-q")
    assert main(["directory", "diff", "--", commit]) == 2
    assert capsys.readouterr().err.startswith("linnet: there is no file, folder or commit")


def test_an_entry_that_cannot_be_read_is_never_passed_over(own, entry, capsys):
    entry.write_text("name: [", encoding="utf-8")
    assert main(["directory", "diff", str(ROOT / "directory")]) == 1
    assert "anawim.yaml" in capsys.readouterr().err


def test_what_is_neither_file_nor_folder_is_one_line(capsys):
    assert main(["directory", "diff", "/dev/null"]) == 2
    assert capsys.readouterr().err == "linnet: '/dev/null' is neither a file nor a folder\n"
