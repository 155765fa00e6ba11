"""What every store of sessions must do, asked of all of them."""

import asyncio
import atexit
import time
from contextlib import ExitStack
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bot.sessions.memory import HARDLY_ANSWERED, MOST_SESSIONS, REMEMBERED, MemoryStore
from bot.sessions.model import Due, Lifetimes, Painted, Stored
from bot.sessions.redis import RedisStore
from bot.sessions.redis_address import read_address
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs
from bot.sessions.sqlite import SqliteStore
from tests.sessions.clocks import Clock, done
from tests.sessions.disks import quick_folder
from tests.sessions.servers import PROGRAMS, Server, Waited, there

IDLE, MOST = 60, 600
LIVES = Lifetimes(IDLE, MOST)
ALONE = ("memory", "sqlite", "sealed memory", "sealed sqlite")
NAMES = (*ALONE, *PROGRAMS, *(f"sealed {program}" for program in PROGRAMS))


def on_server(program, clock, name=""):
    """A store on a server of this kind, which holds nothing yet."""
    server = running(program, name)
    server.ask("flushall")
    address = read_address(server.address, lambda _: True)
    return RedisStore(address, time.monotonic, LIVES, clock)


@cache
def running(program, name):
    """One server of each kind for all tests; `name` tells those that stand beside each other."""
    server = Server(program=program).start()
    atexit.register(server.close)
    return server


def make(name, clock, folder, end, limit=MOST_SESSIONS):
    """One of the stores, for calls that are waited for at once; `end` closes it.

    It holds `limit` sessions, but for a server, which has a limit of its own.
    """
    program = name.removeprefix("sealed ")
    if program in PROGRAMS:
        inner = Waited(on_server(program, clock, name))
        end.callback(inner.end)
    elif name.startswith("sealed"):
        inner = make(program, clock, folder, end, limit)
    if name.startswith("sealed"):
        return SealedStore(inner, Epochs(clock, MOST, folder / "epochs"))
    if name in PROGRAMS:
        return inner
    if name == "memory":
        return MemoryStore(clock, LIVES, limit)
    store = SqliteStore(folder / "sessions.db", clock, LIVES, limit)
    end.callback(store.close)
    return store


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=NAMES)
async def store(request, clock, tmp_path):
    program = request.param.removeprefix("sealed ")
    if program not in PROGRAMS:
        with ExitStack() as end:
            yield make(request.param, clock, tmp_path, end)
        return
    found = on_server(program, clock)
    sealed = request.param.startswith("sealed")
    yield SealedStore(found, Epochs(clock, MOST, None)) if sealed else found
    await found.close()


def test_a_server_of_redis_is_there():
    there()


@pytest.fixture(params=ALONE)
def small(request, clock, tmp_path):
    """A store that holds three sessions."""
    with ExitStack() as end:
        yield make(request.param, clock, tmp_path, end, 3)


# ---- compare and set


async def test_what_was_saved_is_loaded(store):
    assert await store.save("a", b"one", 0)
    assert await store.load("a") == Stored(b"one", 1)


async def test_any_bytes_come_back_as_they_were(store):
    for version, data in enumerate((b"", b"\0", bytes(range(256)), b"x" * 3000)):
        await store.save("a", data, version)
        assert await store.load("a") == Stored(data, version + 1)


async def test_what_was_never_saved_is_nothing(store):
    assert await store.load("a") is None


async def test_keys_do_not_touch_each_other(store):
    await store.save("a", b"one", 0)
    await store.save("b", b"two", 0)
    await store.delete("b")
    assert await store.load("a") == Stored(b"one", 1)


async def test_the_slower_of_two_workers_loses(store):
    await store.save("a", b"one", 0)
    assert await store.save("a", b"fast", 1)
    assert not await store.save("a", b"slow", 1)
    assert await store.load("a") == Stored(b"fast", 2)


async def test_a_first_save_does_not_overwrite_another(store):
    await store.save("a", b"one", 0)
    assert not await store.save("a", b"two", 0)


async def test_a_later_save_of_what_is_gone_is_refused(store):
    assert not await store.save("a", b"two", 1)
    assert await store.load("a") is None


async def test_of_two_at_once_exactly_one_wins(store):
    wins = await asyncio.gather(*(store.save("a", b"x", 0) for _ in range(5)))
    assert sorted(wins) == [False, False, False, False, True]


# ---- forgetting on request


async def test_what_was_deleted_is_nothing(store):
    await store.save("a", b"one", 0)
    await store.delete("a")
    await store.delete("a")
    assert await store.load("a") is None


async def test_after_a_talk_was_deleted_the_next_begins_anew(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"two", 1)
    await store.delete("a")
    assert await store.save("a", b"three", 0)
    assert await store.load("a") == Stored(b"three", 1)


async def test_deleting_an_old_version_leaves_the_newer(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"two", 1)
    await store.delete("a", 1)
    assert await store.load("a") == Stored(b"two", 2)


async def test_deleting_the_present_version_forgets_it(store):
    await store.save("a", b"one", 0)
    await store.delete("a", 1)
    assert await store.load("a") is None


# ---- time


async def test_a_session_lives_until_its_quiet_time_is_over(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE - 0.1
    assert await store.load("a") == Stored(b"one", 1)


async def test_a_quiet_session_is_forgotten(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert await store.load("a") is None


async def test_after_a_quiet_session_the_next_begins_anew_unasked(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert await store.save("a", b"new", 0)
    assert await store.load("a") == Stored(b"new", 1)


async def test_a_save_that_comes_too_late_wakes_nothing(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert not await store.save("a", b"late", 1)
    assert await store.load("a") is None


async def test_every_turn_gives_a_session_its_time_again(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 50
    await store.save("a", b"two", 1)
    clock.seconds = 100
    assert await store.load("a") == Stored(b"two", 2)


async def talk(store, clock, until):
    """One session, busy every 50 seconds; its version at the end."""
    await store.save("a", b"0", 0)
    for version, seconds in enumerate(range(50, until, 50), 1):
        clock.seconds = seconds
        await store.save("a", b"%d" % seconds, version)
    return version + 1


async def test_no_session_lives_longer_than_the_most_however_busy(store, clock):
    await talk(store, clock, MOST)
    clock.seconds = MOST - 1
    assert await store.load("a") is not None
    clock.seconds = MOST
    assert await store.load("a") is None


async def test_beginning_anew_gives_the_whole_time_again(store, clock):
    version = await talk(store, clock, MOST)
    await store.save("a", b"again", version, anew=True)
    for more in range(1, 11):
        clock.seconds += 50
        assert await store.save("a", b"again", version + more)
    assert clock.seconds > MOST + 400


@given(st.lists(st.tuples(st.sampled_from([1, 30, 59, 61, 3600, 86_400]), st.booleans())))
@pytest.mark.parametrize("name", ["memory", "sqlite"])
def test_fault_26_however_the_clock_jumps_nothing_lives_longer_than_the_most(name, jumps):
    with quick_folder() as folder, ExitStack() as end:
        clock = Clock()
        store = make(name, clock, folder, end)
        began = None
        for seconds, tended in jumps:
            clock.seconds += seconds
            found = done(store.load("a"))
            living = found is not None and not found.expired
            assert not living or clock() - began < MOST
            began = began if living else clock()
            done(
                store.save(
                    "a", b"x", found.version if found else 0, tended=tended, anew=not living
                )
            )


# ---- what a channel must clean up after


async def test_a_tended_session_is_kept_as_expired(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = IDLE
    assert await store.load("a") == Stored(b"one", 1, expired=True)


async def test_a_tended_session_is_kept_until_it_is_deleted(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = 1_000_000
    assert await store.load("a") is not None
    await store.delete("a")
    assert await store.load("a") is None


async def test_what_is_left_of_an_expired_session_stays_expired(store, clock):
    version = await talk(store, clock, MOST)
    await store.save("a", b"husk", version, tended=True)
    clock.seconds = MOST
    assert await store.save("a", b"husk again", version + 1, tended=True)
    assert await store.load("a") == Stored(b"husk again", version + 2, expired=True)


async def test_an_expired_session_that_is_begun_anew_lives(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = MOST + 1
    assert await store.save("a", b"two", 1, tended=True, anew=True)
    assert await store.load("a") == Stored(b"two", 2)


async def test_a_session_that_is_tended_no_more_goes_when_its_time_is_over(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.save("a", b"two", 1)
    clock.seconds = IDLE
    assert await store.load("a") is None


async def test_a_session_is_forgotten_also_beside_one_that_is_kept(store, clock):
    await store.save("kept", b"one", 0, tended=True)
    await store.save("quiet", b"two", 0)
    clock.seconds = IDLE
    assert await store.load("quiet") is None
    assert await store.load("kept") is not None


# ---- updates


async def test_an_update_is_seen_with_its_session(store):
    assert not await store.seen("u")
    await store.save("a", b"one", 0, update="u")
    assert await store.seen("u")


async def test_an_update_that_was_seen_changes_nothing(store):
    await store.save("a", b"one", 0, update="u")
    assert not await store.save("a", b"two", 1, update="u")
    assert await store.load("a") == Stored(b"one", 1)


async def test_an_update_that_was_seen_begins_nothing(store):
    await store.save("a", b"one", 0, update="u")
    assert not await store.save("b", b"two", 0, update="u")
    assert await store.load("b") is None


async def test_the_update_of_the_slower_is_not_seen(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"slow", 0, update="u")
    assert not await store.seen("u")


async def test_an_update_stays_seen_when_its_session_is_forgotten(store):
    await store.save("a", b"one", 0, update="u")
    await store.delete("a")
    assert await store.seen("u")


async def test_what_came_from_no_update_is_not_taken_for_a_second_one(store):
    assert await store.save("a", b"one", 0)
    assert await store.save("a", b"two", 1)
    assert not await store.seen("")


# ---- looking after


async def keys(store, most=10, **wanted):
    return [each.key for each in await store.due(most, **wanted)]


async def test_a_session_whose_card_was_not_painted_is_due_soon(store, clock):
    await store.save("a", b"one", 0, tended=True)
    assert await store.due(10) == []
    clock.seconds = 2
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_what_a_crash_left_unpainted_can_be_asked_for_at_once(store):
    await store.save("a", b"one", 0, tended=True)
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_what_is_painted_and_not_due_is_not_asked_for(store):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    assert await store.due(10, unpainted=True) == []


async def test_what_is_painted_and_due_is_asked_for_with_the_unpainted(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 1)])
    clock.seconds = 1
    await store.save("b", b"two", 0, tended=True)
    assert await keys(store, unpainted=True) == ["a", "b"]


async def test_nobody_looks_after_what_is_not_tended(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 30
    assert await store.due(10, unpainted=True) == []


async def test_the_longest_waiting_come_first(store, clock):
    for key in "cab":
        await store.save(key, b"x", 0, tended=True)
        clock.seconds += 1
    clock.seconds = 30
    assert await keys(store) == ["c", "a", "b"]
    assert await keys(store, 2, unpainted=True) == ["c", "a"]


async def test_a_painted_card_is_due_again_when_the_channel_said(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    clock.seconds = 29
    assert await store.due(10) == []
    clock.seconds = 30
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=True)]


async def test_a_painted_card_is_due_at_the_latest_when_its_time_is_over(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 100_000)])
    clock.seconds = IDLE
    assert await store.due(10) == [Due("a", Stored(b"one", 1, expired=True), painted=True)]


async def test_a_version_that_has_moved_on_is_not_painted(store):
    await store.save("a", b"one", 0, tended=True)
    await store.save("a", b"two", 1, tended=True)
    await store.settle([Painted("a", 1, 30)])
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


async def test_what_is_held_is_given_to_nobody_else_for_a_while(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = 2
    assert await keys(store, hold=5) == ["a"]
    assert await keys(store) == []
    clock.seconds = 6
    await store.hold(["a", "nobody"], 5)
    clock.seconds = 10
    assert await keys(store) == []
    clock.seconds = 11
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_holding_never_brings_anything_nearer(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    await store.hold(["a"], 5)
    clock.seconds = 29
    assert await keys(store) == []


async def test_settling_passes_over_what_nobody_tends_or_knows(store, clock):
    await store.save("a", b"one", 0)
    await store.save("b", b"two", 0, tended=True)
    await store.settle(Painted(key, 1, 5) for key in ("nobody", "a", "b"))
    clock.seconds = 5
    assert await store.due(10, unpainted=True) == [Due("b", Stored(b"two", 1), painted=True)]


async def test_the_next_turn_is_unpainted_again(store):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    await store.save("a", b"two", 1, tended=True)
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


async def test_what_was_deleted_is_not_looked_after(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.delete("a")
    clock.seconds = 30
    assert await store.due(10, unpainted=True) == []


# ---- all stores beside each other

KEYS = st.sampled_from("ab")
SECONDS = st.sampled_from([0, 1, 2, 29, 60, 61, 599, 86_400])


class Agreeing(RuleBasedStateMachine):
    """Does the same with every store and expects the same of every one."""

    def __init__(self):
        super().__init__()
        self.end = ExitStack()
        self.clock = Clock()
        self.stores = [
            make(name, self.clock, self.end.enter_context(quick_folder()), self.end)
            for name in NAMES
        ]

    def teardown(self):
        self.end.close()

    def same(self, call):
        first, *others = [done(call(store)) for store in self.stores]
        assert others == [first] * len(others)
        return first

    @rule(seconds=SECONDS)
    def wait(self, seconds):
        self.clock.seconds += seconds

    @rule(key=KEYS)
    def load(self, key):
        self.same(lambda store: store.load(key))

    @rule(
        key=KEYS,
        data=st.binary(max_size=3),
        version=st.integers(0, 3),
        update=st.sampled_from(["", "", "u", "v"]),
        tended=st.booleans(),
        anew=st.booleans(),
    )
    def save(self, key, data, version, update, tended, anew):
        self.same(
            lambda store: store.save(key, data, version, tended=tended, update=update, anew=anew)
        )

    @rule(key=KEYS, version=st.none() | st.integers(0, 3))
    def delete(self, key, version):
        self.same(lambda store: store.delete(key, version))

    @rule(most=st.integers(1, 3), unpainted=st.booleans(), hold=st.sampled_from([0, 0, 5]))
    def due(self, most, unpainted, hold):
        self.same(lambda store: store.due(most, unpainted=unpainted, hold=hold))

    @rule(keys=st.lists(KEYS, max_size=2), seconds=SECONDS)
    def hold(self, keys, seconds):
        self.same(lambda store: store.hold(keys, seconds))

    @rule(painted=st.lists(st.builds(Painted, KEYS, st.integers(0, 3), SECONDS), max_size=3))
    def settle(self, painted):
        self.same(lambda store: store.settle(painted))

    @rule(update=st.sampled_from("uv"))
    def seen(self, update):
        self.same(lambda store: store.seen(update))


def test_all_stores_do_the_same():
    few = settings(max_examples=40, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Agreeing, settings=few)


# ---- too many


async def begin(store, clock, *keys, **more):
    for key in keys:
        clock.seconds += 1
        await store.save(key, b"x", 0, **more)


async def answer(store, clock, *keys):
    """So often that it is a talk."""
    for key in keys:
        clock.seconds += 1
        version = (await store.load(key)).version
        for more in range(HARDLY_ANSWERED):
            await store.save(key, b"y", version + more)


async def kept(store):
    return [key for key in "abcdefgh" if await store.load(key)]


async def test_when_full_the_session_that_was_quiet_longest_goes(small, clock):
    await begin(small, clock, "a", "b", "c")
    clock.seconds += 1
    await small.save("a", b"y", 1)
    await begin(small, clock, "d")
    assert await kept(small) == ["a", "c", "d"]


async def test_when_full_a_talk_that_somebody_answers_in_is_kept(small, clock):
    """Harm prevented: whoever begins thousands of talks must not push her out of hers."""
    await begin(small, clock, "a", "b")
    await answer(small, clock, "a")
    await begin(small, clock, *"cdefgh")
    assert await kept(small) == ["a", "g", "h"]


async def test_when_all_are_answered_the_longest_quiet_goes(small, clock):
    await begin(small, clock, "a", "b", "c")
    await answer(small, clock, "b", "c", "a")
    await begin(small, clock, "d")
    assert await kept(small) == ["a", "c", "d"]


async def test_when_full_those_that_a_channel_looks_after_go_too(small, clock):
    await begin(small, clock, *"abcdefgh", tended=True)
    assert await kept(small) == ["f", "g", "h"]
    assert len(await small.due(99, unpainted=True)) == 3


async def test_when_full_an_update_is_still_taken_once(small, clock):
    await begin(small, clock, "a", "b", "c")
    for key, taken in (("d", True), ("e", False)):
        assert await small.save(key, b"x", 0, update="u") == taken
    assert await kept(small) == ["b", "c", "d"]


# ---- the memory store alone


async def test_a_turn_in_a_full_store_costs_no_other_session(clock):
    store = MemoryStore(clock, LIVES, limit=3)
    for key in "abc":
        await store.save(key, b"x", 0)
    await store.save("b", b"y", 1)
    assert list(store._kept) == ["a", "c", "b"]


async def test_memory_remembers_the_last_ten_thousand_updates_and_no_more(clock):
    store = MemoryStore(clock, LIVES)
    for number in range(REMEMBERED + 2):
        await store.save(str(number), b"", 0, update=f"u{number}")
    assert not await store.seen("u1")
    assert await store.seen("u2")


async def test_a_session_that_waits_for_its_channel_keeps_no_other_in_memory(clock):
    store = MemoryStore(clock, LIVES)
    await store.save("waits", b"x", 0, tended=True)
    await store.save("goes", b"secret", 0)
    clock.seconds = IDLE
    await store.due(10)
    assert list(store._kept) == ["waits"]


async def test_what_is_found_expired_goes_from_memory(clock):
    store = MemoryStore(clock, LIVES)
    await store.save("waits", b"x", 0, tended=True)
    await store.save("goes", b"secret", 0)
    clock.seconds = IDLE
    await store.load("goes")
    assert list(store._kept) == ["waits"]


async def test_what_is_over_goes_from_memory_with_any_other_turn(clock):
    store = MemoryStore(clock, LIVES)
    for key in "ab":
        await store.save(key, b"secret", 0)
    clock.seconds = IDLE
    await store.load("c")
    assert list(store._kept) == []
