"""A listener to the log of the program."""

import logging


class Heard(logging.Handler):
    """What the program logs while the machine runs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
