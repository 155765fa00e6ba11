"""The readers of this program: what each reads, what real input is like, what must hold after.

Every module that turns bytes or text of outside into something is in `READERS` or `ELSEWHERE`;
`test_table.py` finds those that are in neither.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Read = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader. `read` takes bytes and may raise only what `refuses` names.

    `holds` looks at what was read and raises AssertionError where it cannot be right: a problem
    without its place, or something that would not be read again the same. `calls` is the most
    work for each byte.
    """

    modules: tuple[str, ...]
    samples: Callable[[], list[bytes]]
    read: Read
    holds: Callable[[bytes, Any], None]
    refuses: tuple[type[Exception], ...] = ()
    calls: int = 100


# Modules that read from outside and are tried by tests of their own, or that read nothing of
# outside: which and why.
ELSEWHERE = {
    "bot.workshop.scripts": "tests/workshop/test_scripts.py tries any tree and any bytes",
    "bot.channels.telegram.webhook": "hands on to bot.channels.telegram.updates; tests/channels/telegram/test_webhook.py",
    "bot.channels.terminal": "tests/fuzz/test_typing.py",
    "bot.channels.web.app": "its own script, shipped with it",
    "bot.channels.web.shell": "its own styles, shipped with it",
    "bot.cli.directory.history": "old entries by bot.documents; tests/cli/directory/test_history.py",
    "bot.cli.directory.locking": "one line, yes or no; tests/cli/directory/test_locking.py",
    "bot.cli.directory.schema_writing": "compares bytes with its own",
    "bot.cli.directory.verifying": "an entry by bot.documents; tests/cli/directory/test_verifying.py",
    "bot.cli.directory.writing": "compares bytes with those read before",
    "bot.cli.keyboard": "lines for bot.channels.terminal; tests/cli/test_keyboard.py",
    "bot.cli.playing": "a file for bot.workshop.scripts",
    "bot.serving.measuring": "what the system says of this process",
    "bot.cli.reviewing": "rows for bot.locales.sheets",
    "bot.app": "a file for bot.needs",
    "bot.locales.catalogues": "hands on the bytes of recordings; tests/locales/test_catalogues.py",
    "bot.locales.shelf": "a file for bot.locales.pofile",
    "bot.locales.sync": "a file for bot.locales.pofile",
    "bot.serving.checked": "a file for bot.directory.snapshot",
    "bot.sessions.sealing": "tests/sessions/test_sealing.py tries any bytes that were sealed, test_epochs_file.py any in the file of keys",
    "bot.directory.draft_checks": "a draft by bot.documents; tests/directory/test_draft_checks.py",
    "bot.outreach.fonts": "letters shipped with it; tests/outreach/test_fonts.py",
    "bot.outreach.amending": "a file for bot.outreach.links; tests/outreach/test_amending.py",
    "bot.directory.recording": "an entry by bot.documents; tests/directory/test_recording.py",
}
