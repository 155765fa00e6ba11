"""Watching: saved flow files are noticed, and what is wrong with them is kept for the preview."""

import asyncio
import os

import pytest

from bot.problems import Problem
from bot.serving.watching import Refused, stamps, watch


def test_a_saved_file_has_another_stamp(tmp_path):
    (tmp_path / "a.yaml").write_text("one")
    before = stamps(tmp_path)
    (tmp_path / "a.yaml").write_text("two more")
    assert stamps(tmp_path) != before


def test_a_file_of_the_same_size_saved_later_has_another_stamp(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("one")
    before = stamps(tmp_path)
    path.write_text("two")
    os.utime(path, ns=(1, before["a.yaml"][0] + 1))
    assert stamps(tmp_path) != before


def test_new_and_deleted_files_are_noticed_and_others_are_not(tmp_path):
    empty = stamps(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    assert stamps(tmp_path) == empty
    (tmp_path / "a.yaml").write_text("x")
    assert list(stamps(tmp_path)) == ["a.yaml"]


def test_a_page_in_a_folder_of_the_flows_is_noticed(tmp_path):
    (tmp_path / "know").mkdir()
    (tmp_path / "know" / "a.yaml").write_text("one")
    before = stamps(tmp_path)
    assert list(before) == ["know/a.yaml"]
    (tmp_path / "know" / "a.yaml").write_text("two more")
    assert stamps(tmp_path) != before


def test_a_name_that_leads_nowhere_and_a_folder_that_is_gone_are_no_fault(tmp_path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "gone")
    assert stamps(tmp_path) == {}
    assert stamps(tmp_path / "nothing") == {}


class Looks:
    """Gives the stamps of a script, one a look, and the last one ever after."""

    def __init__(self, *names):
        self.names = list(names)

    def __call__(self):
        name = self.names.pop(0) if len(self.names) > 1 else self.names[0]
        return {name: (0, 0)}


async def readings(looks, read):
    """Watch until all looks are used up, and one more."""
    watching = asyncio.create_task(watch(looks, read, seconds=0))
    for _ in range(99):
        await asyncio.sleep(0)
    assert len(looks.names) == 1
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


async def test_files_are_read_once_for_each_change():
    read = []

    async def reading():
        read.append("read")

    await readings(Looks("a", "a", "b", "b", "c"), reading)
    assert read == ["read", "read"]


async def test_what_could_not_be_opened_is_read_again():
    tries = []

    async def reading():
        tries.append("try")
        if len(tries) == 1:
            raise OSError

    await readings(Looks("a", "b"), reading)
    assert tries == ["try", "try"]


def test_errors_stand_sorted_until_the_files_are_taken():
    refused = Refused()
    refused.note(
        [
            Problem("flows/b.yaml", 1, 1, "error", "wrong", "yaml"),
            Problem("flows/a.yaml", 2, 3, "error", "wrong too", "yaml"),
            Problem("flows/a.yaml", 1, 1, "warning", "well", "yaml"),
        ]
    )
    assert refused.lines == [
        "flows/a.yaml:2:3: error: wrong too [yaml]",
        "flows/b.yaml:1:1: error: wrong [yaml]",
    ]
    refused.note(())
    assert refused.lines == []
