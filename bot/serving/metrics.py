"""Metrics: what an operator may know of how the program works, and of nobody who talks.

Whoever reads a counter each second sees it move while one woman talks, and a monitoring system
keeps for years when it moved. The study's rule is health, how long things take, kinds of faults,
and talks only as one of three sizes. So, beside having no label but those of a closed list:

* nothing here moves but at full quarters of an hour since the start; what is shown is what was so
  at the last one, and before the first one everything is nought, and nothing of the process;
* how many turns and cards there were, and how long they took, is added only when at least 100 came
  together, which is several talks: a step of it tells of no single one;
* counts of faults are rounded up to full tens, so that the first one is seen and one more is not;
* what Telegram says because of something she did (she blocked the bot, deleted the card) and
  events that the log holds only at `info` are not counted at all;
* lateness, memory and open files are rounded so coarsely that one talk does not show in them.

Only whether the files are used as they are is told at once: it is about files. None of this binds
somebody who may look into the machine itself, nor somebody who makes ninety-nine turns himself and
reads this page; that is why it is served on the machine's own address only.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.events import EVENTS
from bot.serving.exposition import Family, Sample

QUARTER = 900.0  # seconds, as the keys' epochs
BATCH = 100  # turns or cards that are shown together
TENS = 10
HUNDREDS = 100
MEMORY_STEP = 32 * 2**20  # bytes
BOUNDS = (0.01, 0.05, 0.15, 0.5, 1.0, 2.0, 5.0)  # seconds; 0.15 is what a turn may take
SLOTS = 4096
SIZES = ("under 50", "50 to 500", "over 500")  # talks, from the safety study
AT_INFO = frozenset({
    "call-failed", "data-taken", "messages-stay", "serving", "stopping", "update-held-back",
    "update-ignored", "web-serving",
})  # fmt: skip
COUNTED = tuple(name for name in EVENTS if name not in AT_INFO)
FAULTS = ("wait", "unreachable", "revoked", "conflict", "refused")


@dataclass(slots=True)
class Histogram:
    """How often something took how long: a count for each bucket and one above, and the sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """One more that took so long."""
        self.counts[sum(seconds > bound for bound in BOUNDS)] += 1
        self.seconds += seconds

    def take(self, other: "Histogram") -> None:
        """All of another one."""
        self.counts = [
            ours + theirs for ours, theirs in zip(self.counts, other.counts, strict=True)
        ]
        self.seconds += other.seconds


@dataclass(slots=True)
class Batches:
    """A histogram that is shown in batches of at least `BATCH`."""

    shown: Histogram = field(default_factory=Histogram)
    waiting: Histogram = field(default_factory=Histogram)

    def quarter(self) -> None:
        """Show what waits, where that is enough."""
        if sum(self.waiting.counts) >= BATCH:
            self.shown.take(self.waiting)
            self.waiting = Histogram()


@dataclass(slots=True)
class Talks:
    """About how many talks had a turn in this quarter or the one before.

    Of each talk one of 4096 marks is set, which hundreds of keys share and which is gone with the
    second quarter: neither a key nor a time is kept.
    """

    now: int = 0
    before: int = 0

    def seen(self, key: str) -> None:
        """A talk had a turn. Python's own hash has a secret that is made at the start."""
        self.now |= 1 << hash(key) % SLOTS

    def quarter(self) -> str:
        """One of `SIZES`; the older marks are gone afterwards."""
        free = SLOTS - (self.now | self.before).bit_count()
        # How many different ones leave so many marks free, when each falls anywhere.
        about = SLOTS * math.log(SLOTS / free) if free else float(SLOTS * SLOTS)
        self.now, self.before = 0, self.now
        return SIZES[(about >= 50) + (about > 500)]  # the sizes above


@dataclass(frozen=True, slots=True)
class Machine:
    """Bytes of memory and open files of this process; None where the system does not say."""

    memory: int | None = None
    files: int | None = None


@dataclass(slots=True)
class Quarter:
    """What is shown until the next quarter."""

    events: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[str, int] = field(default_factory=dict)
    size: str = SIZES[0]
    lateness: float = 0.0
    machine: Machine = Machine()
    hours: int = 0


class Metrics:
    """Counts, and shows what was so at the last full quarter.

    `now` gives seconds that only grow, `machine` looks at the process; it is asked once a quarter.
    """

    def __init__(self, now: Callable[[], float], machine: Callable[[], Machine]) -> None:
        self._now = now
        self._machine = machine
        self._began = now()
        self._quarters = 0
        self._events: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._turns, self._paints = Batches(), Batches()
        self._talks = Talks()
        self._lateness = 0.0
        self._shown = Quarter()

    # ---- what happens

    def event(self, name: str) -> None:
        """An event went to the log. Any that is not of the list is passed over."""
        if name in COUNTED:
            self._events[name] += 1

    def fault(self, kind: str) -> None:
        """A call to Telegram failed. Any kind that is not of the list is passed over."""
        if kind in FAULTS:
            self._faults[kind] += 1

    def turn(self, seconds: float, key: str = "") -> None:
        """A turn was taken, of the talk with this key where one stands; the key is not kept."""
        self._turns.waiting.add(seconds)
        if key:
            self._talks.seen(key)

    def paint(self, seconds: float) -> None:
        """Telegram took a card after so many seconds."""
        self._paints.waiting.add(seconds)

    def late(self, seconds: float) -> None:
        """The program came so late to what it does every second; shows anew when it is time."""
        self._lateness = max(self._lateness, seconds)
        quarters = int((self._now() - self._began) / QUARTER)
        if quarters > self._quarters:
            self._quarters = quarters
            self._quarter()

    def _quarter(self) -> None:
        self._turns.quarter()
        self._paints.quarter()
        machine = self._machine()
        self._shown = Quarter(
            events={name: _up(count, TENS) for name, count in self._events.items()},
            faults={kind: _up(count, TENS) for kind, count in self._faults.items()},
            size=self._talks.quarter(),
            lateness=_up(self._lateness * TENS, 1) / TENS,
            machine=Machine(
                machine.memory and _up(machine.memory, MEMORY_STEP),
                machine.files and _up(machine.files, HUNDREDS),
            ),
            hours=int((self._now() - self._began) / 3600),
        )
        self._lateness = 0.0

    # ---- what is shown

    def families(self, version: str, *, last_good: bool) -> Iterator[Family]:
        """All that is shown; `last_good` says that the data are older than the files."""
        shown = self._shown
        yield _gauge("linnet_build_info", "The version that runs.", 1, version=version)
        yield _gauge("linnet_uptime_hours", "Whole hours since the start.", shown.hours)
        yield _gauge(
            "linnet_data_last_good",
            "1 while the files cannot be used and the last good data are served.",
            int(last_good),
        )
        yield Family(
            "linnet_events_total",
            "counter",
            "Events of the log at warning or above, rounded up to full tens.",
            [Sample(shown.events.get(name, 0), {"event": name}) for name in COUNTED],
        )
        yield Family(
            "linnet_telegram_faults_total",
            "counter",
            "Calls to Telegram that failed, by kind, rounded up to full tens.",
            [Sample(shown.faults.get(kind, 0), {"fault": kind}) for kind in FAULTS],
        )
        yield _histogram(
            "linnet_turn_seconds", "How long turns took, shown 100 and more at once.", self._turns
        )
        yield _histogram(
            "linnet_paint_seconds",
            "How long Telegram took to take a card, shown 100 and more at once.",
            self._paints,
        )
        yield Family(
            "linnet_talks",
            "gauge",
            "1 at about how many talks had a turn in the last half hour.",
            [Sample(int(size == shown.size), {"size": size}) for size in SIZES],
        )
        yield _gauge(
            "linnet_loop_lateness_seconds",
            "The worst lateness of the last quarter of an hour, rounded up to tenths.",
            shown.lateness,
        )
        yield from _of_the_process(shown.machine)


def _of_the_process(machine: Machine) -> Iterator[Family]:
    if machine.memory is not None:
        name, about = "process_resident_memory_bytes", "Memory, rounded up to 32 MiB."
        yield _gauge(name, about, machine.memory)
    if machine.files is not None:
        yield _gauge("process_open_fds", "Open files, rounded up to hundreds.", machine.files)


def _gauge(name: str, about: str, value: float, **labels: str) -> Family:
    return Family(name, "gauge", about, [Sample(value, labels)])


def _histogram(name: str, about: str, batches: Batches) -> Family:
    """Buckets hold all that took at most so long, as Prometheus has them."""
    samples, so_far = [], 0
    for bound, count in zip((*BOUNDS, math.inf), batches.shown.counts, strict=True):
        so_far += count
        shown = "+Inf" if bound == math.inf else str(bound)
        samples.append(Sample(so_far, {"le": shown}, "_bucket"))
    samples.append(Sample(round(batches.shown.seconds, 3), suffix="_sum"))
    return Family(name, "histogram", about, [*samples, Sample(so_far, suffix="_count")])


def _up(value: float, step: int) -> int:
    """Up to a full step."""
    return math.ceil(value / step) * step
