"""Every exception that this program raises on purpose, in one tree.

LinnetError
├── SettingsError       a setting is unknown or cannot be used (exit 2)
├── DataError           flows, directory or locales cannot be used as they are
│   └── RefusedError    a document of others cannot be taken (bot/directory/hsds/untrusted.py)
├── StoreUnavailable    the session store does not answer
├── CountsError         a file of counts cannot be read or written, or not yet shown
├── UnclearError        the text of a file cannot be added to without a doubt
├── UnfitError          an answer for an entry cannot be used (bot/directory/interview.py)
├── NotALineError       a schedule cannot be said in our lines (bot/directory/hsds/rrule.py)
├── StuckError          a flow has no way on from a step (bot/conversation/moving.py)
├── TooMuchError        words do not fit their place on a card (bot/outreach/fitting.py)
└── TelegramFault       a call to Telegram did not succeed (bot/channels/telegram/faults.py)
"""

from collections.abc import Iterable

from bot.problems import Problem


class LinnetError(Exception):
    """The root of every exception this program raises on purpose."""


class SettingsError(LinnetError):
    """A setting is unknown or its value cannot be used."""


class StoreUnavailable(LinnetError):  # noqa: N818  # the name the design gives it
    """The session store does not answer."""


class CountsError(LinnetError):
    """A file of counts cannot be read or written, or is not to be shown yet; a sentence says which."""


class UnclearError(LinnetError):
    """A text is written in a way that cannot be added to without a doubt; its words say where."""


class DataError(LinnetError):
    """Data that cannot be used; `problems` says why, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems in the data")
