"""Events: all that this program may write into a log, as an allow-list.

A line is a time, a level, the name of an event from the table, and counts or the kind of a fault.
What another library wants to say is cut down to its name and level: at one level or another they
write addresses with the token in them, or a whole message of hers.
"""

import logging
import re
import sys
import threading

EVENTS = {
    "call-failed": "a small call to Telegram did not succeed; nothing depends on it",
    "card-lost": "a talk without a place was forgotten",
    "card-refused": "Telegram refused a card, or it is not there any more",
    "claim-lost": "a worker could not say in time that it paints a card, and stopped",
    "counts-not-kept": "counts could not be added to their file; they wait in memory",
    "data-refused": "flows, directory or translations were edited and cannot be used as they are",
    "data-taken": "flows, directory and translations were read again",
    "directory-from-snapshot": "the directory cannot be used as it is; the last good one is served",
    "keys-on-disk": "the runtime folder is no tmpfs, so keys reach a disk",
    "links-left-out": "the file of links has so many mistakes; what has one is left out",
    "links-refused": "the file of links cannot be read; those read before stay",
    "loop-fault": "something went wrong outside any turn",
    "loop-stalled": "everything stood still for more than a second",
    "messages-stay": "messages could not be deleted any more",
    "poll-failed": "updates could not be asked for",
    "process-visible": "the process could not be kept from being dumped",
    "profile-not-set": "name, description or commands could not be set",
    "serving": "Telegram is served",
    "stopping": "the program stops",
    "store-away": "the session store does not answer",
    "store-on-disk": "the session store writes to a disk and is not used",
    "telegram-other-poller": "another program takes the updates of this bot",
    "telegram-token-refused": "the token does not work",
    "telegram-unreachable": "Telegram did not answer at the start",
    "turn-failed": "a turn failed and the frozen urgent card was shown",
    "turn-lost-the-race": "a turn was overtaken too often",
    "update-dropped": "an update made the program fail three times",
    "update-failed": "an update made the program fail",
    "update-held-back": "somebody acted too often, or too many talks began at once",
    "update-ignored": "an update was not for us, or malformed",
    "update-malformed": "what came to the webhook was no JSON",
    "update-too-large": "what came to the webhook was too large",
    "web-serving": "the web page is served",
}

OURS = "linnet"
MOST = 1_000_000  # a count or a number of seconds; what is larger is somebody's number
_WORD = re.compile(r"[A-Za-z_]{1,40}")


class EventFormatter(logging.Formatter):
    """One line an event. Nothing that is not in the table or is not a count or a kind passes."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Traces are never written: their lines hold values."""
        when = self.formatTime(record)
        if record.name != OURS:
            return f"{when} {record.levelname} other-library {record.name.partition('.')[0]}"
        event, _, rest = (record.msg if isinstance(record.msg, str) else "").partition(" ")
        if event not in EVENTS:
            return f"{when} {record.levelname} event-unknown"
        arguments = record.args if isinstance(record.args, tuple) else ()
        shown = [_shown(argument) for argument in arguments[: rest.count("%s")]]
        return " ".join([when, record.levelname, event, *shown])


def _shown(argument: object) -> str:
    if isinstance(argument, int | float) and abs(argument) < MOST:
        return f"{argument:g}"
    return argument if isinstance(argument, str) and _WORD.fullmatch(argument) else "?"


def write_events(level: str) -> None:
    """Write events of `level` and above to standard error, and nothing else from anybody."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(EventFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.raiseExceptions = False  # a fault while logging would print what was to be logged
    # These write steps, keys and addresses at lower levels; not even their names matter then.
    libraries = "transitions asyncio telegram httpx httpcore aiohttp uvicorn redis"
    for name in libraries.split():
        logging.getLogger(name).setLevel(logging.WARNING)


def silence() -> None:
    """What ends the program, a thread or an object is named by its kind only.

    Harm prevented: Python would write the line of code with what she typed in it.
    """
    sys.excepthook = lambda kind, _error, _trace: _told(kind)
    threading.excepthook = lambda fault: _told(fault.exc_type)
    sys.unraisablehook = lambda fault: _told(fault.exc_type)


def _told(kind: type[BaseException]) -> None:
    logging.getLogger(OURS).critical("loop-fault %s", kind.__name__)
