"""Writing: a file is there whole or not at all, whatever stops the program in between."""

import os
import tempfile
from pathlib import Path

from bot.exceptions import SettingsError


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in the place of a file that still holds `before`; its rights stay.

    Raises SettingsError when somebody has changed it meanwhile, OSError when it cannot be written.
    """
    path = path.resolve()
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=".", suffix=".part", delete=False
    ) as part:
        beside = Path(part.name)
        try:
            part.write(after)
            part.flush()
            os.fsync(part.fileno())
            beside.chmod(path.stat().st_mode)
            _is_still(path, before)
            beside.replace(path)
        except BaseException:  # Ctrl-C too
            beside.unlink(missing_ok=True)
            raise
    _keep(path.parent)


def _is_still(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise SettingsError(f"somebody else has just changed {path.name}; try again")


def create_file(path: Path, data: bytes) -> None:
    """Write a new file, with the folder it stands in. Raises SettingsError when it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("xb")
    except FileExistsError:
        raise SettingsError(f"{path.name} is there already; nothing was changed") from None
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:  # half a file would pass for an entry
        path.unlink(missing_ok=True)
        raise
    _keep(path.parent)


def _keep(folder: Path) -> None:
    """Keep the name of a new file through a power cut, where the system can."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    except OSError:
        return
    finally:
        os.close(opened)
