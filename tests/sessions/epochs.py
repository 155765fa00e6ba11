"""Epochs for tests: in memory with a clock of the test's, and what stands in their file."""

from bot.sessions.sealing import EPOCH_SECONDS, Epochs
from tests.sessions.clocks import Clock

KEEP = 7 * EPOCH_SECONDS
LATEST = KEEP + EPOCH_SECONDS  # after which nothing can be opened any more


def in_memory(clock=None, keep=KEEP):
    return Epochs(clock or Clock(), keep, None)


def keys_in(path):
    """The keys of the file, oldest first."""
    return [bytes.fromhex(line.partition(":")[2]) for line in path.read_text().split()[1:]]
