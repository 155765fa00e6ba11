"""Turns: one incoming act, one turn, one card. The only conductor.

The order is always the same: load, look for words of safety, move, look up services, keep what
stands, draw. What she typed is read in `_move` and goes no further.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import engine, safety
from bot.conversation.lexicons import lexicon
from bot.conversation.messages import Act, Button, Card, Incoming, Start, Typed, Word
from bot.conversation.plan import Asked, Chosen, Move, NothingFound, NotUnderstood, Outcome
from bot.conversation.reading import Lexicon, parsed, read
from bot.conversation.replaying import migrate
from bot.conversation.wording import Material, draw, farewell
from bot.directory.index import Index
from bot.directory.matching import Found, match
from bot.directory.places import Places
from bot.locales import phrases as say
from bot.locales.catalogues import Catalogues
from bot.locales.phrases import Phrase
from bot.locales.voice import Voice
from bot.needs import Needs
from bot.sessions.model import Session, SessionStore, pack, unpack

TRIES = 5  # how often a turn is made again when another worker was faster

log = logging.getLogger("linnet")


@dataclass(frozen=True, slots=True)
class World:
    """Everything a turn needs that does not belong to one talk. Read-only, swapped whole."""

    material: Material
    index: Index
    places: Places
    catalogues: Catalogues
    safety_words: safety.SafetyWords
    aliases: Mapping[str, Mapping[str, Sequence[str]]]


class Turns:
    """Takes acts and gives cards. `now` gives aware time; `store` keeps sessions between turns."""

    def __init__(self, world: World, store: SessionStore, now: Callable[[], datetime]) -> None:
        self.world = world
        self._store = store
        self._now = now

    async def take(self, incoming: Incoming) -> Card:
        """The card that answers one act.

        Never raises for anything she does or anything that breaks: then the frozen urgent card
        stands. Nothing of what she typed is kept, logged or repeated.
        """
        try:
            return await self._take(incoming)
        except Exception as fault:  # noqa: BLE001  # a fault must never leave her without help
            # Only the kind of fault: a message could hold what she typed.
            log.error("turn-failed %s", type(fault).__name__)  # noqa: TRY400
            return safety.frozen_urgent()

    async def _take(self, incoming: Incoming) -> Card:
        for _ in range(TRIES):
            stored = await self._store.load(incoming.key)
            session = unpack(stored.data) if stored else None
            outcome, found, moved = self._turn(session, incoming.act)
            if outcome.session is None:
                await self._store.delete(incoming.key)
                return self._end(outcome, session)
            version = stored.version if stored else 0
            if outcome.repeated or await self._store.save(
                incoming.key, pack(outcome.session), version
            ):
                notice = say.MOVED if moved else _notice(incoming.act, session)
                return self._draw(outcome.session, outcome.needs, found, session, notice)
        log.error("turn-lost-the-race")
        return safety.frozen_urgent()

    # ---- one turn, without the store

    def _turn(self, session: Session | None, act: Act) -> tuple[Outcome, Found | None, bool]:
        """The outcome, what was found, and whether the questions changed under her."""
        plan = self.world.material.plan
        if session is None or isinstance(act, Start):
            return *self._look_up(self._start(act)), False
        today = session
        if session.fingerprint != plan.fingerprint or session.at not in plan.steps:
            today = migrate(plan, session)
        move = self._move(today, act)
        # What she answered belongs to a question that no longer stands: it is not read as another.
        if today.at != session.at and not isinstance(move, Asked):
            return *self._look_up(engine.present(plan, today)), True
        return *self._look_up(engine.step(plan, today, move)), False

    def _start(self, act: Act) -> Outcome:
        """A new talk. A word of safety works as the very first message too."""
        plan = self.world.material.plan
        wanted = act.language if isinstance(act, Start) else None
        language = self.world.catalogues.resolve(wanted) if wanted else None
        outcome = engine.start(plan, language or "en", chosen=language is not None)
        if isinstance(act, Typed) and outcome.session and self._safety_intent(act.text):
            return engine.step(plan, outcome.session, self._move(outcome.session, act))
        return outcome

    def _move(self, session: Session, act: Button | Word | Typed) -> Move:
        if isinstance(act, Button):
            return Chosen(act.values, act.step, act.turn)
        move = Asked(act.intent) if isinstance(act, Word) else self._read(session, act.text)
        # Harm prevented: whoever looks over her shoulder must not bring the talk back by chance.
        if self._covered(session) and isinstance(move, Asked):
            return move if move.intent in safety.SAFETY_INTENTS else NotUnderstood()
        return move

    def _read(self, session: Session, text: str) -> Move:
        """A word of safety first, then an answer, then a word of distress, then the parser."""
        intent = safety.screen(text, self.world.safety_words)
        if intent:
            return Asked(intent)
        lexicon = self._lexicon(session)
        move = read(text, lexicon)
        if not isinstance(move, NotUnderstood):
            return move
        # Harm prevented: a cry for help inside a longer message must not pass unseen. Under the
        # cover somebody else may be typing; there only the word alone counts.
        if self._in_distress(text) and not self._covered(session):
            return Asked("urgent")
        return parsed(text, lexicon)

    def _covered(self, session: Session) -> bool:
        return self.world.material.plan.steps[session.at].step.plain

    def _in_distress(self, text: str) -> bool:
        return safety.in_distress(text, self.world.safety_words)

    def _safety_intent(self, text: str) -> bool:
        return bool(safety.screen(text, self.world.safety_words)) or self._in_distress(text)

    def _look_up(self, outcome: Outcome) -> tuple[Outcome, Found | None]:
        """Find what a results step asks for; where nothing is near, go the way for that."""
        if outcome.session is None or outcome.needs is None:
            return outcome, None
        step = self.world.material.plan.steps[outcome.session.at].step
        found = self._find(outcome.needs, step.results.text if step.results else "")
        if step.empty and not found.matches and not outcome.repeated:
            plan = self.world.material.plan
            return self._look_up(engine.step(plan, outcome.session, NothingFound()))
        shown = tuple(each.service.id for each in found.matches)
        return outcome._replace(session=outcome.session._replace(shown=shown)), found

    def _find(self, needs: Needs, what: str) -> Found:
        if what != "helplines":
            return match(needs, self.world.index, self._now())
        from_anywhere = replace(needs, council=None, outcode=None)
        found = match(from_anywhere, self.world.index, self._now())
        known = not needs.outcode or self.world.places.councils_of(needs.outcode)
        return replace(found, outside=not known)

    def _with_council(self, needs: Needs) -> Needs:
        """The council of an outward code, where there is only one, so that it can be named."""
        if needs.council or not needs.outcode:
            return needs
        councils = self.world.places.councils_of(needs.outcode)
        return replace(needs, council=councils[0]) if len(councils) == 1 else needs

    # ---- drawing

    def _draw(
        self,
        session: Session,
        needs: Needs | None,
        found: Found | None,
        before: Session | None,
        notice: Phrase | None,
    ) -> Card:
        return draw(
            self.world.material,
            session,
            self._voice(session.language),
            self._now(),
            found,
            self._with_council(needs) if needs else None,
            new_language=_new_language(before, session),
            notice=notice,
        )

    def _end(self, outcome: Outcome, before: Session | None) -> Card:
        plan = self.world.material.plan
        texts = tuple(text for name in outcome.said if (text := plan.steps[name].step.text))
        voice = self._voice(before.language if before else "en")
        return farewell(voice, texts, covered=before is not None and self._covered(before))

    def _voice(self, language: str) -> Voice:
        return self.world.catalogues.voice(language)

    def _lexicon(self, session: Session) -> Lexicon:
        return lexicon(
            self.world.material.plan,
            session,
            self._voice(session.language),
            self._voice("en"),
            self.world.material.names,
            self.world.aliases,
        )


def _notice(act: Act, session: Session | None) -> Phrase | None:
    """A word about a button that belongs to a question before the present one.

    A second press of the same button is not old to her: the card has only just changed.
    """
    old = isinstance(act, Button) and session is not None and act.turn < session.turn - 1
    return say.OLD_BUTTON if old else None


def _new_language(before: Session | None, session: Session) -> bool:
    """Whether this is the first card in the language she chose."""
    if before is None or not before.trail:
        return bool(session.trail)
    return before.language != session.language
