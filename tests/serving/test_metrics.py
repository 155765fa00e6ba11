"""Metrics: what they may hold is a closed list, and no step of a number tells of one talk."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import EVENTS
from bot.serving import metrics as module
from bot.serving.exposition import write
from bot.serving.metrics import BATCH, BOUNDS, FAULTS, QUARTER, SIZES, Machine, Metrics
from tests.test_events import CALLS

SAMPLE = re.compile(r"([a-z_]+)(?:\{(.*)\})? (\S+)")
STEP = 20.0  # seconds
HISTOGRAMS = ("linnet_turn_seconds", "linnet_paint_seconds")
LE = ("0.01", "0.05", "0.15", "0.5", "1.0", "2.0", "5.0", "+Inf")
COUNTED = (
    "card-lost", "card-refused", "claim-lost", "counts-not-kept", "data-refused", "directory-from-snapshot",
    "keys-on-disk",
    "links-left-out", "links-refused", "loop-fault", "loop-stalled", "poll-failed", "process-visible",
    "profile-not-set", "store-away", "store-on-disk", "telegram-other-poller", "telegram-token-refused", "telegram-unreachable",
    "turn-failed", "turn-lost-the-race", "update-dropped", "update-failed", "update-malformed",
    "update-too-large",
)  # fmt: skip
# All that may ever stand on the page: names, and the one label of each with its values.
CLOSED = {
    "linnet_build_info": ("version", ("1.2.3",)),
    "linnet_uptime_hours": ("", ()),
    "linnet_data_last_good": ("", ()),
    "linnet_events_total": ("event", COUNTED),
    "linnet_telegram_faults_total": ("fault", FAULTS),
    **{f"{name}_bucket": ("le", LE) for name in HISTOGRAMS},
    **{f"{name}_{end}": ("", ()) for name in HISTOGRAMS for end in ("sum", "count")},
    "linnet_talks": ("size", SIZES),
    "linnet_loop_lateness_seconds": ("", ()),
    "process_resident_memory_bytes": ("", ()),
    "process_open_fds": ("", ()),
}


class Counted:
    """Metrics with a clock of their own, and what they show."""

    def __init__(self, memory=100 * 2**20, files=17):
        self.seconds, self.looks = 1000.0, 0
        self.machine = Machine(memory, files)
        self.metrics = Metrics(lambda: self.seconds, self.look)

    def look(self):
        self.looks += 1
        return self.machine

    def pass_time(self, seconds):
        self.seconds += seconds
        self.metrics.late(0.0)

    def text(self, *, last_good=False):
        return write(self.metrics.families("1.2.3", last_good=last_good))

    def shown(self, **more):
        """The number by its name, or by (name, value of its label)."""
        found = {}
        for line in self.text(**more).splitlines():
            if not line.startswith("#"):
                name, labels, value = SAMPLE.fullmatch(line).groups()
                label, allowed = CLOSED[name]
                if label:
                    told = re.fullmatch(rf'{label}="([^"]*)"', labels)[1]
                    assert told in allowed
                    found[name, told] = float(value)
                else:
                    assert labels is None
                    found[name] = float(value)
        return found


@pytest.fixture
def counted():
    return Counted()


# ---- the closed list


ACTS = st.one_of(
    st.tuples(st.just("event"), st.one_of(st.text(), st.sampled_from([*EVENTS]))),
    st.tuples(st.just("fault"), st.one_of(st.text(), st.sampled_from([*FAULTS, "blocked"]))),
    st.tuples(st.just("turn"), st.floats(0, 100)),
    st.tuples(st.just("paint"), st.floats(0, 100)),
    st.tuples(st.just("late"), st.floats(0, 100)),
    st.tuples(st.just("pass_time"), st.floats(0, 5000)),
)


@given(st.lists(ACTS))
def test_whatever_happens_every_name_and_label_is_of_the_closed_list(acts):
    counted = Counted()
    for name, value in acts:
        of = counted if name == "pass_time" else counted.metrics
        getattr(of, name)(value)
    counted.pass_time(QUARTER)
    wanted = {
        (name, value) if label else name
        for name, (label, values) in CLOSED.items()
        for value in values or [""]
    }
    assert set(counted.shown()) == wanted


def test_no_label_is_about_her_her_place_or_what_she_asked_for():
    assert {label for label, _ in CLOSED.values()} == {
        "", "version", "event", "fault", "le", "size"
    }  # fmt: skip


def test_counted_are_just_the_events_that_the_log_holds_by_default():
    written = {}
    for call in CALLS.values():
        name = call.args[0].value.partition(" ")[0]
        written.setdefault(name, set()).add(call.func.attr)
    quiet = {name for name, levels in written.items() if levels <= {"debug", "info"}}
    assert quiet == module.AT_INFO
    assert module.COUNTED == COUNTED


def test_the_page_says_what_each_number_is(counted):
    counted.pass_time(QUARTER)
    lines = counted.text().splitlines()
    families = [line.split()[2] for line in lines if line.startswith("# HELP ")]
    assert families == [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(families) == len(set(families)) == 11


def test_what_the_system_does_not_say_is_left_out():
    counted = Counted(None, None)
    counted.pass_time(QUARTER)
    assert "process_" not in counted.text()


# ---- nothing moves while one woman talks


def talk(metrics, key="her", turns=20):
    """What one talk leaves, and a fault in each turn."""
    for _ in range(turns):
        metrics.turn(0.02, key)
        metrics.paint(0.2)
        metrics.event("turn-failed")
        metrics.fault("unreachable")


def test_nothing_moves_between_two_quarters(counted):
    before = counted.text()
    for number in range(1, int(QUARTER / STEP) + 1):
        talk(counted.metrics, f"key {number}", 30)
        counted.metrics.late(3.0)
        counted.pass_time(STEP)
        assert (counted.text() == before) == (number < QUARTER / STEP)


def test_one_talk_without_faults_changes_nothing_at_all(counted):
    counted.pass_time(QUARTER)
    before = counted.text()
    for _ in range(30):
        counted.metrics.turn(0.02, "her")
        counted.metrics.paint(0.2)
    counted.pass_time(QUARTER)
    assert counted.text() == before


@pytest.mark.parametrize("name", HISTOGRAMS)
def test_turns_and_cards_are_shown_when_enough_came_together(counted, name):
    add = getattr(counted.metrics, name.split("_")[1])
    for _ in range(BATCH - 1):
        add(0.3)
    counted.pass_time(QUARTER)
    assert counted.shown()[f"{name}_count"] == 0
    add(30)
    counted.pass_time(QUARTER)
    shown = counted.shown()
    assert [shown[f"{name}_bucket", le] for le in LE] == [0, 0, 0, *[BATCH - 1] * 4, BATCH]
    assert shown[f"{name}_count"] == BATCH
    assert shown[f"{name}_sum"] == pytest.approx(0.3 * (BATCH - 1) + 30)
    counted.pass_time(QUARTER)
    assert counted.shown() == shown


@pytest.mark.parametrize(("seconds", "le"), [(b, str(b)) for b in BOUNDS] + [(5.1, "+Inf")])
def test_a_bucket_holds_what_took_at_most_so_long(counted, seconds, le):
    for _ in range(BATCH):
        counted.metrics.turn(seconds)
    counted.pass_time(QUARTER)
    shown = counted.shown()
    full = [each for each in LE if shown["linnet_turn_seconds_bucket", each]]
    assert full == list(LE[LE.index(le) :])


@pytest.mark.parametrize(("happened", "shown"), [(0, 0), (1, 10), (10, 10), (11, 20)])
def test_faults_are_rounded_up_to_tens(counted, happened, shown):
    for _ in range(happened):
        counted.metrics.event("turn-failed")
        counted.metrics.fault("wait")
    counted.pass_time(QUARTER)
    found = counted.shown()
    assert found["linnet_events_total", "turn-failed"] == shown
    assert found["linnet_telegram_faults_total", "wait"] == shown


@pytest.mark.parametrize("kind", ["blocked", "gone"])
def test_what_she_did_herself_is_no_fault_of_telegram(counted, kind):
    counted.pass_time(QUARTER)
    before = counted.text()
    for _ in range(1000):
        counted.metrics.fault(kind)
    counted.pass_time(QUARTER)
    assert counted.text() == before


# ---- sizes


@pytest.mark.parametrize(
    ("talks", "size"), [(0, 0), (1, 0), (40, 0), (60, 1), (450, 1), (560, 2), (20_000, 2)]
)
def test_talks_are_one_of_three_sizes(talks, size):
    counted = Counted()
    for number in range(talks):
        counted.metrics.turn(0.01, f"{number:x}-{number * 7919 % 104729}")
    counted.pass_time(QUARTER)
    shown = [counted.shown()["linnet_talks", name] for name in SIZES]
    assert shown == [float(at == size) for at in range(3)]


def test_a_talk_counts_for_two_quarters_and_is_gone_then(counted):
    for number in range(100):
        counted.metrics.turn(0.01, str(number))
    sizes = []
    for _ in range(3):
        counted.pass_time(QUARTER)
        sizes.append(counted.shown()["linnet_talks", SIZES[1]])
    assert sizes == [1, 1, 0]
    assert counted.metrics._talks == module.Talks()


def test_many_turns_of_one_talk_are_one_talk(counted):
    for _ in range(1000):
        counted.metrics.turn(0.01, "her")
    counted.pass_time(QUARTER)
    assert counted.shown()["linnet_talks", SIZES[0]] == 1


# ---- the program


def test_old_data_are_told_at_once(counted):
    assert counted.shown()["linnet_data_last_good"] == 0
    assert counted.shown(last_good=True)["linnet_data_last_good"] == 1


def test_the_worst_lateness_is_that_of_the_last_quarter(counted):
    for seconds in (0.31, 2.04, 0.1):
        counted.metrics.late(seconds)
    counted.pass_time(QUARTER)
    assert counted.shown()["linnet_loop_lateness_seconds"] == 2.1
    counted.pass_time(QUARTER)
    assert counted.shown()["linnet_loop_lateness_seconds"] == 0


def test_memory_and_files_are_coarse_and_looked_at_once_a_quarter(counted):
    for _ in range(int(2 * QUARTER / STEP)):
        counted.pass_time(STEP)
        counted.text()
    shown = counted.shown()
    assert shown["process_resident_memory_bytes"] == 128 * 2**20
    assert shown["process_open_fds"] == 100
    assert counted.looks == 2


def test_uptime_is_in_whole_hours(counted):
    for hours in (0, 0, 0, 1, 1):
        counted.pass_time(QUARTER)
        assert counted.shown()["linnet_uptime_hours"] == hours
