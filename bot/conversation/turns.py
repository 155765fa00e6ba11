"""Turns: one incoming act, one turn, one card. The only conductor.

The order is always the same: load, act, keep what stands, draw. What is kept, the mark that the
update was seen and the mark that her screen is not yet painted are one step of the store.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation import safety
from bot.conversation.acting import Acting, Made, World
from bot.conversation.blank_cards import closed, farewell, hidden
from bot.conversation.counting import Counting, Listed, added, ended, opened
from bot.conversation.messages import (
    Act,
    Again,
    Card,
    Incoming,
    Late,
    Look,
    Start,
    Taken,
    Typed,
    Waiting,
    Word,
)
from bot.conversation.plan import Outcome
from bot.conversation.wording import draw
from bot.counting.tables import Cell
from bot.directory.matching import Found
from bot.exceptions import StoreUnavailable
from bot.locales.phrases import Phrase
from bot.locales.voice import Voice
from bot.needs import Needs
from bot.sessions.model import (
    OVER,
    Due,
    Painted,
    Session,
    SessionStore,
    Stored,
    husk,
    pack,
    unpack,
)

TRIES = 5  # how often a turn is made again when another worker was faster

log = logging.getLogger("linnet")


class Turns:
    """Takes acts and gives cards. `now` gives aware time; `store` keeps sessions between turns.

    `keeps` says what the channel cannot wipe; it stands on the first cards. With `quiet_end` the
    last words never say what the talk was. Without `counting` nothing is counted.
    """

    def __init__(
        self,
        world: World,
        store: SessionStore,
        now: Callable[[], datetime],
        keeps: Phrase | None = None,
        *,
        quiet_end: bool = False,
        counting: Counting | None = None,
    ) -> None:
        self._store = store
        self._now = now
        self._keeps = keeps
        self._quiet_end = quiet_end
        self._counting = counting
        self._acting = Acting(world, now)

    @property
    def world(self) -> World:
        """What turns rest on. It may be swapped between two turns, as a whole."""
        return self._acting.world

    @world.setter
    def world(self, world: World) -> None:
        self._acting.world = world

    def first(self, start: Start | None = None) -> Card:
        """The first card of a talk that nobody has begun, as a link opens it. Nothing is kept."""
        made = self._acting.make(None, Incoming("", start or Start()))
        if made.outcome is None or made.outcome.session is None:
            return safety.frozen_urgent()
        session = made.outcome.session
        return self._card(made, session._replace(new_language=_new_language(None, session)), None)

    def in_need(self, text: str) -> bool:
        """Whether typed words are words of safety; the text goes no further."""
        return self._acting.in_need(text)

    async def stands(self, key: str, earlier: str = "") -> bool:
        """Whether a talk stands under today's key or yesterday's. Raises StoreUnavailable."""
        _, stored = await self._load(Incoming(key, Again(), earlier))
        session = _living(stored)
        return session is not None and session.at != OVER

    async def ready(self) -> None:
        """Ask the store for something that is not there. Raises StoreUnavailable."""
        await self._store.seen("ready?")

    async def look(self, key: str) -> Look | None:
        """What stands behind the present card, for authors and services at a preview.

        None where no talk stands. No normal start can reach this. Raises StoreUnavailable.
        """
        stored = await self._store.load(key)
        session = _living(stored)
        return None if session is None or session.at == OVER else self._acting.look(session)

    async def take(self, incoming: Incoming) -> Card:
        """The card that answers one act; see `turn`."""
        return (await self.turn(incoming)).card

    async def turn(self, incoming: Incoming) -> Taken:
        """What comes of one act.

        Never raises for anything she does or anything that breaks: then the frozen urgent card
        stands. Nothing of what she typed is kept, logged or repeated.
        """
        try:
            return await self._turn(incoming)
        except Exception as fault:  # noqa: BLE001  # a fault must never leave her without help
            # Only the kind of fault: a message could hold what she typed.
            log.error("turn-failed %s", type(fault).__name__)
            away = isinstance(fault, StoreUnavailable)
            return Taken(incoming.key, safety.frozen_urgent(), unkept=away)

    async def forget(self, key: str, version: int | None = None) -> None:
        """Erase what is left of a talk, with `version` only while it is at that version.

        Raises StoreUnavailable.
        """
        await self._store.delete(key, version)

    async def move(self, key: str, version: int, moved: Callable[[str], str]) -> int | None:
        """Keep where the card stands now; the new version.

        None when the session was no longer at `version`: the place is kept all the same, but what
        was painted is not what stands. Raises StoreUnavailable.
        """
        for _ in range(TRIES):
            stored = await self._store.load(key)
            session = _living(stored)
            if stored is None or session is None:
                return None
            after = session._replace(place=moved(session.place))
            if await self._store.save(key, pack(after), stored.version, tended=True):
                return stored.version + 1 if stored.version == version else None
        return None

    async def waiting(
        self, most: int, *, unpainted: bool = False, hold: float = 0.0
    ) -> list[Waiting]:
        """At most `most` talks to look after, see `SessionStore.due`. Raises StoreUnavailable."""
        found = await self._store.due(most, unpainted=unpainted, hold=hold)
        return [_waiting(each) for each in found]

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Somebody is at these; see `SessionStore.hold`. Raises StoreUnavailable."""
        await self._store.hold(keys, seconds)

    async def painted(self, shown: Iterable[tuple[str, int, float]]) -> None:
        """Her screen shows these: key, version, seconds until it is to be looked after again.

        Raises StoreUnavailable.
        """
        await self._store.settle(Painted(*each) for each in shown)

    async def _turn(self, incoming: Incoming) -> Taken:
        for attempt in range(TRIES):
            incoming, stored = await self._load(incoming)
            taken = await self._try(incoming, stored, again=attempt > 0)
            if taken is not None:
                return taken
        log.error("turn-lost-the-race")
        return Taken(incoming.key, safety.frozen_urgent(), unkept=True)

    async def _load(self, incoming: Incoming) -> tuple[Incoming, Stored | None]:
        """What is kept, under today's key or, for a talk that began before midnight, yesterday's."""
        stored = await self._store.load(incoming.key)
        if stored is not None or not incoming.earlier:
            return incoming, stored
        stored = await self._store.load(incoming.earlier)
        return (replace(incoming, key=incoming.earlier) if stored else incoming), stored

    async def _try(
        self, incoming: Incoming, stored: Stored | None, *, again: bool
    ) -> Taken | None:
        """One attempt; None when somebody else saved first, or the update was seen before.

        Whether it was seen is asked only `again`, or where nothing will be saved: saving says so.
        """
        before = _living(stored)
        version = stored.version if stored else 0
        talk = None if before is None or before.at == OVER else before
        old = incoming.version not in {None, version} or self._is_late(incoming, before)
        if old or (again and await self._seen(incoming)):
            incoming = _past(incoming, talk)
        made = self._acting.make(talk, incoming)
        # A second press on the button that ended the talk must not stop its card from going.
        leaving = before is not None and stored is not None and not stored.expired
        if made.outcome is None and (leaving or await self._seen(incoming)):
            incoming = _past(incoming, talk)
            made = self._acting.make(talk, incoming)
        if made.outcome is None:
            return self._nothing(incoming, before, version)
        after = _placed(made.outcome, before, incoming)
        after, cells = self._counted(made, talk, after, incoming)
        if after is None:
            # Harm prevented: an answer of hers that was kept since the load must not stay after she
            # left. A talk that began since then is none of those that the act was done in.
            whatever = talk is not None and incoming.version is None
            await self._store.delete(incoming.key, None if whatever else version)
            self._count(cells)
            return Taken(incoming.key, self._end(made.outcome, talk), over=True)
        if after != before or incoming.update:
            try:
                saved = await self._save(
                    incoming, after, version, anew=_begins(incoming.act, talk)
                )
            except StoreUnavailable:
                if after.at != OVER:
                    raise
                # Harm prevented: on a full disk nothing can be saved, but leaving must still erase.
                await self._store.delete(incoming.key, version)
                version, saved = -1, True
            if not saved:
                return None
            version += 1
        self._count(cells)
        return Taken(
            incoming.key,
            self._card(made, after, talk),
            version,
            after.place,
            over=after.at == OVER,
            new=bool(incoming.update),
        )

    def _is_late(self, incoming: Incoming, before: Session | None) -> bool:
        """Whether the act no longer counts. Harm prevented: a call for help counts at any time."""
        late = incoming.late(before.place) if incoming.late and before else Late.NO
        if late is Late.NO:
            return False
        words = incoming.act.text if isinstance(incoming.act, Typed) else ""
        return not self._acting.in_need(words, leaving=late is Late.PASSED)

    async def _seen(self, incoming: Incoming) -> bool:
        return bool(incoming.update) and await self._store.seen(incoming.update)

    async def _save(
        self, incoming: Incoming, session: Session, version: int, *, anew: bool
    ) -> bool:
        return await self._store.save(
            incoming.key,
            pack(session),
            version,
            tended=bool(session.place),
            update=incoming.update,
            anew=anew,
        )

    # ---- counting

    def _counted(
        self, made: Made, talk: Session | None, after: Session | None, incoming: Incoming
    ) -> tuple[Session | None, list[Cell]]:
        """The session that remembers what it has added, and what this act adds once it is kept."""
        if self._counting is None or made.outcome is None:
            return after, []
        if after is None or after.at == OVER:
            return after, ended(talk, self._counting.channel) if talk else []
        cells: list[Cell] = []
        if talk is None or _begins(incoming.act, talk):
            marks, cells = opened(_link(incoming))
        else:
            marks = talk.counted
        after = after._replace(counted=marks)
        plan, listed = self.world.material.plan, self._listed(made, after)
        marks, more = added(plan, after, listed, made.outcome.reported, self._counting)
        return (after._replace(counted=marks) if more else after), [*cells, *more]

    def _listed(self, made: Made, session: Session) -> Listed | None:
        needs = made.outcome.needs if made.outcome else None
        if made.found is None or needs is None:
            return None
        step = self.world.material.plan.steps[session.at].step
        what = step.results.text if step.results else ""
        return Listed(needs, made.found, what, self._with_council(needs).council)

    def _count(self, cells: Sequence[Cell]) -> None:
        if cells and self._counting:
            self._counting.add(cells)

    # ---- drawing

    def _nothing(self, incoming: Incoming, before: Session | None, version: int) -> Taken:
        """No talk, and the act begins none; what is left of the last one stays for its channel."""
        card = closed(self.voice(before.language if before else "en"))
        place = before.place if before else ""
        return Taken(incoming.key, card, version, place, over=before is not None)

    def _card(self, made: Made, session: Session, before: Session | None) -> Card:
        if session.at == OVER:
            return self._end(made.outcome or Outcome(None), before)
        if session.hidden:
            return hidden(self.voice(session.language), session)
        needs = made.outcome.needs if made.outcome else None
        return self._draw(session, needs, made.found, made.notice)

    def _draw(
        self,
        session: Session,
        needs: Needs | None,
        found: Found | None,
        notice: Phrase | None,
    ) -> Card:
        hers = self.voice(session.language)
        return draw(
            self.world.material,
            session,
            self.voice("en") if session.in_english else hers,
            self._now(),
            found,
            self._with_council(needs) if needs else None,
            notice=notice,
            keeps=self._keeps,
            hers=hers if session.in_english else None,
        )

    def _with_council(self, needs: Needs) -> Needs:
        """The council of an outward code, where there is only one, so that it can be named."""
        if needs.council or not needs.outcode:
            return needs
        councils = self.world.places.councils_of(needs.outcode)
        return replace(needs, council=councils[0]) if len(councils) == 1 else needs

    def _end(self, outcome: Outcome, before: Session | None) -> Card:
        plan = self.world.material.plan
        steps = (plan.steps[name].step for name in outcome.said)
        said = (step.words(for_other=outcome.for_other) for step in steps)
        texts = tuple(text for text in said if text)
        voice = self.voice(before.language if before else "en")
        stood = plan.steps.get(before.at) if before else None
        covered = self._quiet_end or (stood is not None and stood.step.plain)
        return farewell(voice, texts, covered=covered)

    def voice(self, language: str) -> Voice:
        """The words of a language as they are now."""
        return self.world.catalogues.voice(language)

    def sound(self, name: str) -> bytes:
        """The bytes of a recording that a card names; empty where there is none any more."""
        return self.world.catalogues.sound(name)


def _link(incoming: Incoming) -> str:
    """The code of the link by which the talk was opened."""
    start = incoming.act if isinstance(incoming.act, Start) else incoming.opens
    return start.link if start else ""


def _begins(act: Act, talk: Session | None) -> bool:
    """Whether what is kept belongs to a new talk, with all its time before it."""
    return talk is None or (isinstance(act, Start) and act.anew)


def _past(incoming: Incoming, talk: Session | None) -> Incoming:
    """What is left to do for an act that was taken before, or came too late: show what stands.

    Where the talk is over, what she did ended it, and its card has still to go.
    """
    act = Again() if talk else Word("leave")
    return replace(incoming, act=act, moved=None, update="", version=None)


def _waiting(due: Due) -> Waiting:
    session = unpack(due.stored.data)
    over = session is None or session.at == OVER or due.stored.expired
    return Waiting(due.key, due.stored.version, due.painted, over)


def _living(stored: Stored | None) -> Session | None:
    """The session; of one whose time is over only where its card stands."""
    session = unpack(stored.data) if stored else None
    return husk(session) if session and stored and stored.expired else session


def _placed(outcome: Outcome, before: Session | None, incoming: Incoming) -> Session | None:
    """The session to keep, with its card's place; None when nothing is left to keep.

    The engine makes sessions without a place. A talk that ends leaves a husk until the channel
    has removed the card.
    """
    place = before.place if before else ""
    if incoming.moved is not None:
        place = incoming.moved(place)
    if outcome.session is None:
        return husk(before)._replace(place=place) if before and place else None
    nonce = outcome.session.nonce or (before.nonce if before else "")
    new_language = _new_language(before, outcome.session)
    return outcome.session._replace(place=place, nonce=nonce, new_language=new_language)


def _new_language(before: Session | None, session: Session) -> bool:
    """Whether this is the first card in the language she chose, drawn as often as it may be.

    Harm prevented: a second press, or a bot that is started again before her screen is painted,
    must not take away the word that nobody has checked the translation.
    """
    if before is None or not before.trail:
        return bool(session.trail)
    if before.language != session.language:
        return True
    return before.new_language and before.turn == session.turn
