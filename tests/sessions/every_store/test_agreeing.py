"""All stores beside each other do the same, and a server is among them."""

from contextlib import ExitStack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bot.sessions.model import Painted
from tests.sessions.clocks import Clock, done
from tests.sessions.disks import quick_folder
from tests.sessions.servers import there
from tests.sessions.stores import NAMES, make

KEYS = st.sampled_from("ab")
SECONDS = st.sampled_from([0, 1, 2, 29, 60, 61, 599, 86_400])


def test_a_server_of_redis_is_there():
    there()


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
