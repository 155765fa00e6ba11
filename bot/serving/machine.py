"""The machine: where this program may keep its keys, and who may look into its memory."""

import ctypes
import logging
import os
import resource
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.exceptions import SettingsError

SHARED = Path("/dev/shm")  # noqa: S108  # tmpfs; the folder in it is made with 0700
PR_SET_DUMPABLE = 4  # from Linux's prctl.h

log = logging.getLogger("linnet")


def runtime_folder(
    environment: Mapping[str, str], user: int | None = None, shared: Path = SHARED
) -> Path:
    """A folder of this user's own, on tmpfs where there is one: what is in it ends with the boot.

    `$RUNTIME_DIRECTORY` is systemd's, `$XDG_RUNTIME_DIR` a desktop's; without them `shared` is used
    where it is there. `user` None is whoever runs this. Raises SettingsError.
    """
    owner = os.getuid() if user is None else user
    given = environment.get("RUNTIME_DIRECTORY") or environment.get("XDG_RUNTIME_DIR")
    parent = Path(given) if given else shared if shared.is_dir() else Path(tempfile.gettempdir())
    folder = parent / f"linnet-{owner}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise SettingsError("the runtime folder belongs to somebody else")
        folder.chmod(0o700)
    except OSError as error:
        raise SettingsError(f"the runtime folder cannot be made: {error.strerror}") from error
    if not given and parent != shared:
        log.warning("keys-on-disk")
    return folder


def keep_memory_private() -> None:
    """No core dump and no other process of this user may read what is in memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        refused = ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        refused = 1
    if refused:
        log.warning("process-visible")
