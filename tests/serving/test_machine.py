"""The machine: the runtime folder, whose it may be, and memory that nobody else may read."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.exceptions import SettingsError
from bot.serving.machine import SHARED, runtime_folder

MINE = f"linnet-{os.getuid()}"


@pytest.fixture
def runtime(tmp_path):
    return runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


@pytest.mark.parametrize("name", ["RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"])
def test_the_folder_is_made_where_the_system_says(tmp_path, name):
    assert runtime_folder({name: str(tmp_path)}) == tmp_path / MINE


def test_what_a_service_was_given_goes_before_what_a_desktop_has(tmp_path):
    given = {"XDG_RUNTIME_DIR": "/nowhere", "RUNTIME_DIRECTORY": str(tmp_path)}
    assert runtime_folder(given) == tmp_path / MINE


def test_without_either_the_folder_is_on_shared_memory(tmp_path, caplog):
    assert runtime_folder({}, shared=tmp_path) == tmp_path / MINE
    assert caplog.messages == []


def test_where_there_is_none_the_log_says_that_keys_reach_a_disk(tmp_path, caplog):
    folder = runtime_folder({}, shared=tmp_path / "nowhere")
    assert folder == Path(tempfile.gettempdir()) / MINE
    assert caplog.messages == ["keys-on-disk"]


def test_shared_memory_is_where_linux_has_it():
    assert Path("/dev/shm") == SHARED  # noqa: S108


def test_the_folder_is_for_this_user_only(runtime):
    assert runtime.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_could_look_into_is_closed_to_them(tmp_path, runtime):
    runtime.chmod(0o755)
    again = runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})
    assert again.stat().st_mode & 0o777 == 0o700


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / MINE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    another = os.getuid() + 1
    (tmp_path / f"linnet-{another}").mkdir()
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)}, another)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / MINE).touch()
    with pytest.raises(SettingsError, match="cannot be made: File exists"):
        runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


# ---- memory


SHUT = """
import ctypes, logging, resource
from bot.serving.machine import keep_memory_private
logging.basicConfig(format="%(message)s")
keep_memory_private()
prctl = getattr(ctypes.CDLL(None), "prctl", None)
print(resource.getrlimit(resource.RLIMIT_CORE), prctl(3, 0, 0, 0, 0) if prctl else "no prctl")
"""


def test_memory_is_dumped_nowhere_and_read_by_nobody_or_the_log_says_so():
    """In a process of its own: the limit cannot be lifted again. Only Linux has prctl."""
    done = subprocess.run([sys.executable, "-c", SHUT], capture_output=True, text=True, check=True)
    answers = {("(0, 0) 0\n", ""), ("(0, 0) no prctl\n", "process-visible\n")}
    assert (done.stdout, done.stderr) in answers
    assert sys.platform != "linux" or done.stdout == "(0, 0) 0\n"
