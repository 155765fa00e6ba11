"""Measuring: turns, the log and the process are counted, and no word of anybody comes along."""

import itertools
import logging
import os

import pytest

from bot.conversation.messages import Incoming, Start, Typed
from bot.locales import phrases as say
from bot.serving.measuring import MeasuredTurns, begin, counted, look
from bot.serving.metrics import QUARTER, Machine
from tests.channels.telegram.fakes import FaultyStore

CANARY = "zq9canary"


@pytest.fixture
def log():
    """The logger of events, at its default level."""
    logger = logging.getLogger("linnet")
    before = logger.level
    logger.setLevel(logging.WARNING)
    yield logger
    logger.setLevel(before)


# ---- turns


@pytest.fixture
def store():
    return FaultyStore(lambda: 0.0)


@pytest.fixture
def took():
    return []


@pytest.fixture
def turns(world, moment, store, took):
    seconds = itertools.count(0, 0.25)
    return MeasuredTurns(
        world, store, lambda: moment, say.WEB_KEEPS, lambda: next(seconds),
        lambda *told: took.append(told),
    )  # fmt: skip


async def test_a_turn_is_as_ever_and_its_seconds_are_told(turns, took):
    card = await turns.take(Incoming("key", Start("en")))
    assert (card.language, card.state) == ("en", "open")
    assert took == [(0.25, "key")]


async def test_of_what_is_not_kept_no_key_is_told(turns, took, store):
    store.fail("load")
    await turns.take(Incoming("key", Typed(CANARY)))
    assert took == [(0.25, "")]


# ---- the log


def test_events_are_counted_by_name_only(log):
    names = []
    with counted(names.append):
        log.error("turn-failed %s", CANARY)
        log.warning("loop-stalled")
        log.info("update-ignored")
        logging.getLogger("telegram").error("turn-failed")
    log.error("store-away")
    assert names == ["turn-failed", "loop-stalled"]


def test_what_is_no_text_is_passed_over(log):
    names = []
    with counted(names.append):
        log.error(ValueError(CANARY))
    assert names == []


def test_an_event_that_is_not_of_the_table_never_stands_on_the_page(log):
    seconds = [0.0]
    measures = begin(lambda: seconds[0])
    with counted(measures.metrics.event):
        log.error("zq9canary %s", CANARY)
        log.error("turn-failed %s", CANARY)
    seconds[0] = QUARTER
    measures.metrics.late(0.0)
    assert 'linnet_events_total{event="turn-failed"} 10' in measures.page()
    assert CANARY not in measures.page()


# ---- the process


def test_the_process_has_memory_and_open_files():
    found = look()
    assert found.memory > 2**20
    with open(os.devnull):  # noqa: PTH123
        assert look().files == found.files + 1


def test_a_system_that_says_nothing_is_no_fault(tmp_path):
    assert look(tmp_path) == Machine(None, None)
    (tmp_path / "statm").write_text("nothing")
    assert look(tmp_path).memory is None


# ---- what a call to Telegram says


def test_a_token_that_does_not_work_is_down_until_a_call_is_answered():
    measures = begin(lambda: 0.0)
    for fault, down in [
        (None, False), ("revoked", True), ("unreachable", True), ("wait", True), (None, False)
    ]:  # fmt: skip
        measures.called(fault)
        assert ("telegram down" in measures.health.page()) is down


def test_faults_are_counted_by_kind():
    seconds = [0.0]
    measures = begin(lambda: seconds[0])
    for fault in ("unreachable", None, "blocked"):
        measures.called(fault)
    seconds[0] = QUARTER
    measures.metrics.late(0.0)
    assert 'linnet_telegram_faults_total{fault="unreachable"} 10' in measures.page()
    assert "blocked" not in measures.page()


def test_the_last_good_directory_is_told_on_both_pages():
    measures = begin(lambda: 0.0)
    assert "linnet_data_last_good 0\n" in measures.page()
    measures.old_directory(True)
    assert "linnet_data_last_good 1\n" in measures.page()
    assert measures.health.page() == "degraded\ndata refused"
