"""Links: how a link that an outreach worker shared opens the talk, and whether it counts."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.conversation.messages import Start
from bot.counting.codes import is_test
from bot.counting.periods import DAY
from bot.exceptions import SettingsError
from bot.outreach.links import Link, State, read_links_file, state

log = logging.getLogger("linnet")


class KnownLinks:
    """The links of the worker's file, as it was read last.

    A link with a mistake is left out, and the log has how many mistakes there are. Raises SettingsError when the file cannot be read at all;
    later, when it is read again, what was good stays.
    """

    def __init__(self, path: Path | None, today: Callable[[], date]) -> None:
        self._path = path
        self._today = today
        self._links: dict[str, Link] = {}
        if path and not self.read_again():
            raise SettingsError("LINNET_LINKS cannot be read; see 'linnet link list'")

    def read_again(self) -> bool:
        """Take the file as it is now; False when it cannot be read."""
        if self._path is None:
            return True
        links, problems = read_links_file(self._path, "LINNET_LINKS")
        if problems and not links.all:
            log.error("links-refused")
            return False
        if problems:
            log.warning("links-left-out %s", len(problems))
        self._links = {link.code: link for link in links.all}
        return True

    def start(self, code: str) -> Start:
        """How the talk opens by the link with this code.

        Harm prevented: a link that is revoked or has ended still opens in her language. One that
        nobody made gives a plain start.
        """
        link = self._links.get(code)
        if link is None:
            return Start(link=code) if is_test(code) else Start()
        return Start(link.language or None, link.council or None, link=code)

    def counts(self, code: str) -> bool:
        """Whether talks by this link are counted today. A test visit never is."""
        link = self._links.get(code)
        return link is not None and _counted(link, self._today())

    def codes(self) -> list[str]:
        """The codes that count today or did yesterday: a day is written after it has ended.

        A link that was revoked counts on no day any more.
        """
        today = self._today()
        days = (today, today - DAY)
        return [
            code for code, link in self._links.items() if any(_counted(link, day) for day in days)
        ]


def _counted(link: Link, day: date) -> bool:
    return not is_test(link.code) and state(link, day) is State.ACTIVE
