"""History: the entries as they were in a commit, a file or a folder."""

import subprocess
import sys
from pathlib import Path

from bot.directory.loader import load_directory, read_services
from bot.directory.model import Service
from bot.documents import Document, read, read_file
from bot.exceptions import SettingsError
from bot.problems import Problem

Read = tuple[tuple[Service, ...], list[Problem]]
SHOWN = "before"
FILE = b"blob"


def read_path(path: Path) -> Read:
    """The entry of a file, or the entries under a folder: of services, a directory or all data.

    Raises SettingsError for what is neither.
    """
    if path.is_file():
        document, problems = read_file(path, path.name)
        services, found = load_directory([document])
        return services, problems + found
    inside = (path / "directory" / "services", path / "services", path)
    for folder in inside:
        if folder.is_dir():
            return read_services(folder, SHOWN)
    raise SettingsError(f"'{path}' is neither a file nor a folder")


def read_commit(folder: Path, commit: str) -> Read:
    """The entries of `folder` as they were in a commit.

    Raises SettingsError where the folder is in no git checkout, or has no such commit.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") is None:
        raise SettingsError("these entries are in no git checkout; name a file or a folder")
    name = f"{commit}^{{commit}}"
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if found is None:
        raise SettingsError(f"there is no file, folder or commit '{commit}'")
    listed = _git(folder, "ls-tree", "-r", "-z", found.decode().strip()) or b""
    documents: list[Document] = []
    problems: list[Problem] = []
    entries = [line for line in listed.split(b"\0") if line.endswith(b".yaml")]
    for number, line in enumerate(entries, 1):
        progress(number, len(entries))
        about, _, path = line.partition(b"\t")
        _, kind, blob = about.split()
        data = _git(folder, "show", "--no-textconv", blob.decode()) if kind == FILE else None
        document, wrong = read(data or b"", f"{SHOWN}/{path.decode(errors='replace')}")
        documents.append(document)
        problems += wrong
    services, misfits = load_directory(documents)
    return services, problems + misfits


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git writes, or None when it says no. Raises SettingsError where there is no git."""
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and every argument is ours or checked
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # git is where the system has it
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise SettingsError("git is not installed here; name a file or a folder") from None
    return done.stdout if done.returncode == 0 else None


def progress(number: int, of: int) -> None:
    """Say how far it is, on a screen only; the line is gone at the end."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{number} of {of}" if number < of else f"\r{' ' * 20}\r")
        sys.stderr.flush()
