"""Faults: the few ways in which a call to Telegram can fail, by what is to be done about them."""

from enum import StrEnum

from bot.exceptions import LinnetError


class Fault(StrEnum):
    """What went wrong."""

    WAIT = "wait"  # too many calls: this chat has to wait, nobody else
    UNREACHABLE = "unreachable"  # no answer, or a broken one; it may have taken effect
    GONE = "gone"  # the message is not there any more
    BLOCKED = "blocked"  # she does not want to hear from this bot
    REVOKED = "revoked"  # the token is not valid
    CONFLICT = "conflict"  # another program takes the updates of this bot
    REFUSED = "refused"  # Telegram will never do what was asked


class TelegramFault(LinnetError):  # noqa: N818  # it is no mistake of ours
    """A call that did not succeed. `seconds` is how long to wait, where Telegram said so."""

    def __init__(self, fault: Fault, seconds: float = 0) -> None:
        self.fault = fault
        self.seconds = seconds
        super().__init__(fault.value)
