"""A talk with everything that can happen to it, beside a twin to which nothing happens.

The machine does what a woman, a clock, two workers, an editor and a broken disk do. Its twin is
the same conversation over a plain store in memory: it hears each act once, when it takes effect.
"""

import asyncio
import copy
import logging
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.conversation import safety
from bot.conversation.acting import World
from bot.conversation.messages import (
    Act,
    Again,
    Button,
    Card,
    Done,
    Incoming,
    Start,
    Switch,
    Taken,
    Typed,
    Word,
)  # fmt: skip
from bot.conversation.turns import Turns
from bot.sessions.memory import MemoryStore
from bot.sessions.model import OVER, Session, SessionStore, unpack
from tests.machines.failing import FailingStore, Trouble
from tests.machines.hearing import Heard
from tests.machines.said import SAID, WORDS
from tests.machines.trails import answered, expected
from tests.sessions.clocks import Clock, done
from tests.sessions.disks import quick_folder
from tests.sessions.stores import IDLE, LIVES, MOST, make

NUMBERS = st.integers(0, 30)


class Talking(RuleBasedStateMachine):
    """`worlds` are what a reload may bring, the first one first; `kept_in` names the store."""

    worlds: tuple[World, ...] = ()
    kept_in = "memory"
    moment: datetime

    def __init__(self) -> None:
        super().__init__()
        self.end = ExitStack()
        self.log, self.heard = logging.getLogger("linnet"), Heard()
        self.log.addHandler(self.heard)
        self.end.callback(self.log.removeHandler, self.heard)
        self.clock, self.days, self.shift = Clock(), 0, timedelta()
        folder = self.end.enter_context(quick_folder())
        self.kept: SessionStore = make(self.kept_in, self.clock, folder, self.end)
        on_disk = self.kept_in.endswith("sqlite")
        # Two processes have a file in common, and nothing else.
        beside = make(self.kept_in, self.clock, folder, self.end) if on_disk else self.kept
        self.stores = [FailingStore(self.kept), FailingStore(beside)]
        self.workers = [self._turns(store) for store in self.stores]
        self.twin_store = MemoryStore(self.clock, LIVES)
        self.twin = self._turns(self.twin_store)
        self.count = 0
        self.cards: list[Card] = []  # that she saw, the newest last
        self.last: tuple[Incoming, bool] | None = None  # and whether it had its effect
        self.keys: list[str] = []
        self.tended = False
        self.turn_of: dict[str, int] = {}  # the highest turn of each talk, by its nonce
        self.began: dict[str, tuple[str, float]] = {}  # by key: the nonce of its talk, and when
        self.ends: dict[str, float] = {}  # by key: when its talk is over

    def _fail(self, trouble: Trouble) -> None:
        for store in self.stores:
            store.trouble = trouble

    def _turns(self, store: SessionStore) -> Turns:
        return Turns(self.worlds[0], store, self._now)

    def _now(self) -> datetime:
        return self.moment + timedelta(days=self.days, seconds=self.clock.seconds) + self.shift

    def teardown(self) -> None:
        self.end.close()

    # ---- what she does

    @initialize(tended=st.booleans(), language=st.sampled_from(["en", "ur", "pl", None, "xx"]))
    def begin(self, tended: bool, language: str | None) -> None:
        self.tended = tended
        self._act(Start(language))

    @rule(language=st.sampled_from(["en", "ur", None]), anew=st.booleans())
    def start(self, language: str | None, anew: bool) -> None:
        self._act(Start(language, anew=anew))

    @rule(number=NUMBERS)
    def tap(self, number: int) -> None:
        self._act(self._answer(self.card, number), self.card)

    @rule(number=NUMBERS, words=st.booleans())
    def tap_an_old_card(self, number: int, words: bool) -> None:
        card = self.cards[-1 - number % len(self.cards)]
        act = self._control(card, number) if words else self._answer(card, number)
        self._act(act, card)

    @rule(number=NUMBERS)
    def switch(self, number: int) -> None:
        if self.card.many and self.card.options:
            option = self.card.options[number % len(self.card.options)]
            act = Switch(self.card.step, option.id, not option.picked, self.card.turn)
            self._act(act, self.card)

    @rule(number=NUMBERS)
    def press_a_word(self, number: int) -> None:
        self._act(self._control(self.card, number), self.card)

    @rule(word=st.sampled_from(WORDS))
    def say_a_word(self, word: str) -> None:
        self._act(Word(word))

    @rule(text=st.sampled_from(SAID) | st.text(max_size=30), known=st.booleans())
    def type(self, text: str, known: bool) -> None:
        self._act(Typed(text, self.card.turn if known else None))

    @rule()
    def leave(self) -> None:
        taken = self._act(Word("leave"))
        assert taken is not None
        assert taken.card.ended
        self.last = None
        left = self._session(taken.key)
        assert left is None or (left.at, left.trail) == (OVER, ())
        if self.tended:
            self._both_forget(taken)
        assert self._session(taken.key) is None

    @property
    def card(self) -> Card:
        return self.cards[-1]

    def _answer(self, card: Card, number: int) -> Act:
        if not card.options:
            return Again()
        if card.many and number % 2:
            return Done(card.step, card.turn)
        return Button(card.step, (card.options[number % len(card.options)].id,), card.turn)

    def _control(self, card: Card, number: int) -> Act:
        # She leaves by a rule of her own: most talks must be longer than three presses.
        offered = [one.id for one in card.controls if one.id != "leave"]
        return Word(offered[number % len(offered)], card.turn) if offered else Again()

    # ---- what happens to it

    @rule()
    def the_update_comes_again(self) -> None:
        if self.last is None or not self.tended:
            return
        incoming, had_effect = self.last
        self.keys = list(dict.fromkeys((*self.keys, self._key())))
        incoming = replace(incoming, key=self._key(), earlier=self._key(1))
        self._take(incoming, self._again(incoming) if had_effect else incoming)
        self.last = (incoming, had_effect or self.last[1])

    @rule(number=NUMBERS)
    def her_screen_is_not_painted(self, number: int) -> None:
        """A crash between keeping and drawing: she goes on pressing what she saw before."""
        seen = list(self.cards)
        self.tap(number)
        self.cards = seen

    @rule(number=NUMBERS, trouble=st.sampled_from([Trouble.DOWN, Trouble.FULL, Trouble.DYING]))
    def the_store_fails(self, number: int, trouble: Trouble) -> None:
        self._fail(trouble)
        seen = list(self.cards)
        self._act(self._answer(self.card, number), self.card)
        self.cards = seen if self.card == safety.frozen_urgent() else self.cards
        self._fail(Trouble.NONE)

    @rule()
    def she_leaves_while_nothing_can_be_saved(self) -> None:
        self._fail(Trouble.FULL)
        self.leave()
        self._fail(Trouble.NONE)

    @rule()
    def the_worker_is_started_again(self) -> None:
        world = self.workers[0].world
        self.workers[0] = self._turns(self.stores[0])
        self.workers[0].world = world

    @rule(number=NUMBERS, other=NUMBERS, kind=st.sampled_from(["two", "same", "word"]))
    def two_workers_at_once(self, number: int, other: int, kind: str) -> None:
        first = self._incoming(self._answer(self.card, number), self.card)
        act = self._answer(self.card, other) if kind == "two" else self._control(self.card, other)
        second = first if kind == "same" else self._incoming(act, self.card)
        if kind == "same" and not self.tended:
            return
        start = self.twin_store
        ends = [self._twins_end(start, pair) for pair in ((first, second), (second, first))]

        async def both() -> list[Taken]:
            turns = zip(self.workers, (first, second), strict=True)
            return list(await asyncio.gather(*(each.turn(one) for each, one in turns)))

        before = self._version()
        taken = asyncio.run(both())
        held = self._all()
        agreeing = [store for store, sessions in ends if sessions == held]
        assert agreeing, (first.act, second.act, held, [found for _, found in ends])
        self._twin_goes_on(agreeing[0])
        self._note_times(before)
        self._look_at(taken[-1].card)
        self.last = None

    @rule(seconds=st.sampled_from([1, 1, IDLE - 1, IDLE - 1, IDLE, MOST, 86_400]))
    def time_passes(self, seconds: int) -> None:
        self.clock.seconds += seconds

    @rule()
    def she_is_busy_for_long(self) -> None:
        for _ in range(MOST // (IDLE - 1) + 1):
            self.clock.seconds += IDLE - 1
            self._act(Word("know"))
            self.nothing_outlives_its_time()

    @rule(hours=st.sampled_from([-24, -1, 1, 24]))
    def the_clock_on_the_wall_jumps(self, hours: int) -> None:
        self.shift += timedelta(hours=hours)

    @rule()
    def midnight_passes(self) -> None:
        self.days += 1

    @rule(number=NUMBERS)
    def the_data_is_read_again(self, number: int) -> None:
        world = self.worlds[number % len(self.worlds)]
        for each in (*self.workers, self.twin):
            each.world = world

    # ---- one act

    def _key(self, before: int = 0) -> str:
        return f"day {self.days - before}"

    def _incoming(self, act: Act, card: Card | None = None) -> Incoming:
        self.count += 1
        key = self._key()
        self.keys = list(dict.fromkeys((*self.keys, key)))
        return Incoming(
            key,
            act,
            earlier=self._key(1),
            nonce=card.nonce if card else None,
            fresh=f"{self.count:08}",
            update=f"u{self.count}" if self.tended else "",
            moved=(lambda place: place or "here") if self.tended else None,
        )

    def _act(self, act: Act, card: Card | None = None) -> Taken | None:
        """One act of hers; None where the frozen card stands, which must be for a reason."""
        incoming = self._incoming(act, card)
        return self._take(incoming, incoming)

    def _take(self, incoming: Incoming, twins: Incoming) -> Taken | None:
        """`incoming` to one worker, and to the twin what it should come to, if it has an effect."""
        before, said, held = self._version(), len(self.heard.lines), self._all()
        taken = asyncio.run(self.workers[self.count % 2].turn(incoming))
        told = self.heard.lines[said:]
        assert set(told) <= {"turn-failed StoreUnavailable"}, told
        frozen = bool(told)
        assert not frozen or self.stores[0].trouble is not Trouble.NONE
        assert frozen == (taken.card == safety.frozen_urgent())
        assert frozen or self.stores[0].trouble is not Trouble.DOWN
        changed = self._version() != before
        self._note_times(before)
        self.last = (incoming, changed)
        if frozen and not changed:
            assert self._all() == held
            self._look_at(taken.card)
            return None
        twin = self._told(twins)
        assert frozen or taken.card == twin.card
        if taken.over and self.stores[0].trouble is Trouble.FULL:
            self._both_forget(taken)  # it is erased at once; the twin had room for a husk
            self.last = None
        self._check_trail(incoming.act if twins is incoming else Again(), held, taken.key)
        self._look_at(taken.card)
        return None if frozen else taken

    def _again(self, incoming: Incoming) -> Incoming:
        """What an update comes to that had its effect: the card that stands, or the last one."""
        keys = (incoming.key, incoming.earlier)
        found = [self._session(key, self.twin_store) for key in keys]
        lives = any(session is not None and session.at != OVER for session in found)
        act = Again() if lives else Word("leave")
        return replace(incoming, act=act, nonce=None, update="", moved=None)

    def _note_times(self, before: dict[str, int]) -> None:
        now = self.clock.seconds
        for key, version in self._version().items():
            session = self._session(key)
            if session is None or session.at == OVER or before.get(key) == version:
                continue
            nonce, began = self.began.get(key, ("", now))
            self.began[key] = (session.nonce, began if nonce == session.nonce else now)
            self.ends[key] = min(now + IDLE, self.began[key][1] + MOST)

    def _told(self, incoming: Incoming) -> Taken:
        return asyncio.run(self.twin.turn(incoming))

    def _check_trail(self, act: Act, held: dict[str, Session], key: str) -> None:
        before, after = held.get(key), self._session(key)
        if before is None or after is None or OVER in (before.at, after.at):
            return
        if before.nonce != after.nonce:
            return
        wanted = expected(self.twin.world.material.plan, before, act, after.at)
        if wanted is not None:
            assert answered(after.trail) == answered(wanted), (act, before, after)

    # ---- the twin in two minds

    def _twins_end(
        self, start: MemoryStore, pair: tuple[Incoming, Incoming]
    ) -> tuple[MemoryStore, dict[str, Session]]:
        first, second = pair
        self._twin_goes_on(copy.copy(start))
        self._told(first)
        if second is first:
            second = self._again(first)
        self._told(second)
        end, found = self.twin_store, self._all(self.twin_store)
        self._twin_goes_on(start)
        return end, found

    def _twin_goes_on(self, store: MemoryStore) -> None:
        copied = copy.copy(store)
        copied._kept, copied._seen = dict(store._kept), dict(store._seen)
        world, self.twin_store = self.twin.world, copied
        self.twin = self._turns(copied)
        self.twin.world = world

    def _both_forget(self, taken: Taken) -> None:
        for turns in (self.workers[0], self.twin):
            asyncio.run(turns.forget(taken.key))

    # ---- looking

    def _session(self, key: str, store: SessionStore | None = None) -> Session | None:
        stored = done((store or self.kept).load(key))
        session = unpack(stored.data) if stored else None
        expired = stored is not None and stored.expired
        return session._replace(at=OVER, trail=()) if session and expired else session

    def _all(self, store: SessionStore | None = None) -> dict[str, Session]:
        found = {key: self._session(key, store) for key in self.keys}
        return {key: session for key, session in found.items() if session is not None}

    def _version(self) -> dict[str, int]:
        stored = {key: done(self.kept.load(key)) for key in self.keys}
        return {key: one.version for key, one in stored.items() if one is not None}

    def _look_at(self, card: Card) -> None:
        self.cards = [*self.cards[-5:], card]
        if self.card.state == "open" and "urgent" in {one.id for one in card.controls}:
            return
        # Where no button stands, because somebody may be looking, a word brings help all the same.
        start = self.twin_store
        self._twin_goes_on(start)
        helped = self._told(self._incoming(Typed("help"))).card
        assert helped.step.startswith("urgent."), card
        self._twin_goes_on(start)

    # ---- what always holds

    @invariant()
    def it_is_where_its_twin_is(self) -> None:
        assert self._all() == self._all(self.twin_store)

    @invariant()
    def a_turn_never_goes_back(self) -> None:
        for session in self._all().values():
            if session.at != OVER and session.nonce:
                assert session.turn >= self.turn_of.get(session.nonce, 0)
                self.turn_of[session.nonce] = session.turn

    @invariant()
    def nothing_outlives_its_time(self) -> None:
        assert all(
            session.at == OVER or self.clock.seconds < self.ends.get(key, 0)
            for key, session in self._all().items()
        )
