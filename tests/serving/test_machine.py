"""The machine: the runtime folder, whose it may be, and memory that nobody else may read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.documents import SettingsError
from bot.serving.machine import runtime_folder

MINE = f"linnet-{os.getuid()}"
AS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")


@pytest.fixture
def runtime(tmp_path):
    return runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


@pytest.mark.parametrize("name", ["RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"])
def test_the_folder_is_made_where_the_system_says(tmp_path, name):
    assert runtime_folder({name: str(tmp_path)}) == tmp_path / MINE


def test_what_a_service_was_given_goes_before_what_a_desktop_has(tmp_path):
    given = {"XDG_RUNTIME_DIR": "/nowhere", "RUNTIME_DIRECTORY": str(tmp_path)}
    assert runtime_folder(given) == tmp_path / MINE


def test_without_either_the_folder_is_on_shared_memory():
    shared = Path("/dev/shm")  # noqa: S108
    if not shared.is_dir():
        pytest.skip("this machine has no shared memory")
    assert runtime_folder({}) == shared / MINE


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


@AS_ROOT
def test_a_folder_of_somebody_else_is_refused(tmp_path, runtime):
    os.chown(runtime, 12345, 12345)
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / MINE).touch()
    with pytest.raises(SettingsError, match="cannot be made: File exists"):
        runtime_folder({"RUNTIME_DIRECTORY": str(tmp_path)})


# ---- memory


SHUT = """
import ctypes, resource
from bot.serving.machine import keep_memory_private
keep_memory_private()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has prctl")
def test_memory_is_dumped_nowhere_and_read_by_nobody():
    """In a process of its own: the limit cannot be lifted again."""
    done = subprocess.run([sys.executable, "-c", SHUT], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"
