"""Acting: what one act of hers makes of the session, before anything is kept or drawn.

What hides the talk is looked at first: while it is hidden, or covered by a recipe, only few acts
count. What she typed is read in `_move` and goes no further.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from bot.conversation import engine, safety
from bot.conversation.folding import fold
from bot.conversation.lexicons import lexicon, voices_for
from bot.conversation.listening import LISTENING, Sound, after
from bot.conversation.looking import looked
from bot.conversation.looking_up import look_up, shown_after
from bot.conversation.messages import (
    Act,
    Again,
    Button,
    Done,
    Incoming,
    Look,
    Start,
    Switch,
    Typed,
    Word,
)
from bot.conversation.plan import Asked, Chosen, Move, NothingFound, NotUnderstood, Outcome, Plan
from bot.conversation.reading import Lexicon, says_more, understand
from bot.conversation.replaying import as_today, migrate
from bot.conversation.switching import switched
from bot.conversation.wording import IN_ENGLISH, IN_HERS, Material
from bot.directory.index import Index
from bot.directory.matching import Found, match
from bot.directory.places import Places
from bot.locales import phrases as say
from bot.locales.catalogues import Catalogues
from bot.locales.phrases import Phrase
from bot.sessions.model import Session

FIRST_TURN = 1
TONGUES = (IN_ENGLISH, IN_HERS)
CHANNEL_WORDS = ("hide", "open", *TONGUES, *LISTENING)  # buttons that no flow names


@dataclass(frozen=True, slots=True)
class World:
    """Everything a turn needs that does not belong to one talk. Read-only, swapped whole."""

    material: Material
    index: Index
    places: Places
    catalogues: Catalogues
    safety_words: safety.SafetyWords
    aliases: Mapping[str, Mapping[str, Sequence[str]]]
    codes: Mapping[str, str]  # what stands in buttons → ids


class Made(NamedTuple):
    """What an act made of the session.

    `outcome` None: there is no talk, and the act begins none. `found` belongs to a results step,
    `notice` is a line to stand on top of the card.
    """

    outcome: Outcome | None
    found: Found | None = None
    notice: Phrase | None = None


class Acting:
    """Applies acts to sessions. Pure but for `now`, which gives aware time for the look-up."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self._now = now

    def make(self, session: Session | None, incoming: Incoming) -> Made:
        """What the act makes of the session; None: nobody is in a talk, or it is over."""
        act = incoming.act
        if isinstance(act, Start) and (act.anew or session is None):
            return self._begun(self._start(act), incoming)
        if session is None:
            return self._without_talk(incoming)
        if isinstance(act, Start):
            act = Again()
        if incoming.nonce not in {None, session.nonce} and not _is_help(act):
            act = Again()  # a button of another talk is never applied
        return self._hidden(session, act) if session.hidden else self._seen(session, act)

    def look(self, session: Session) -> Look:
        """What stands behind the card, with the services that fit the answers so far."""
        today = self._today(session)
        needs = fold(self.world.material.plan, today)
        found = match(needs, self.world.index, self._now())
        return looked(today, needs, found)

    # ---- without a talk

    def _without_talk(self, incoming: Incoming) -> Made:
        """A word of safety works as the very first act too; an old button begins nothing."""
        act = incoming.act
        if incoming.opens and not _is_help(act):
            return self._without_page(incoming)
        if _is_leave(act) or (isinstance(act, Typed) and self._screen(act.text) == "leave"):
            return Made(Outcome(None))
        # A word that was typed as a command begins a talk; a button that is left over does not.
        known = isinstance(act, Word) and act.intent in self.world.material.plan.intents
        asked = _is_help(act) or (known and incoming.nonce is None)
        if not isinstance(act, Typed) and not asked:
            return Made(None)
        outcome = self._start(Start())
        helps = asked or (isinstance(act, Typed) and self.in_need(act.text))
        if outcome.session:
            # Harm prevented: whatever she wrote first, the card says what to do in danger. It
            # answers no question that she has not seen.
            move = self.meant(outcome.session, act) if helps else NotUnderstood()
            outcome = engine.step(self.world.material.plan, outcome.session, move)
        return self._begun(outcome, incoming)

    def _without_page(self, incoming: Incoming) -> Made:
        """Where the first card was shown and nothing kept: an answer to it begins the talk.

        An answer to any later card is of a talk that is over.
        """
        act = incoming.act
        if _turn_of(act) == FIRST_TURN:
            return self._opened(incoming)
        if isinstance(act, Typed) and self.in_need(act.text):
            return self._without_talk(replace(incoming, opens=None))
        return Made(None)

    def _opened(self, incoming: Incoming) -> Made:
        """The talk that an answer to its first card begins."""
        outcome = self._start(incoming.opens or Start())
        if outcome.session is None:
            return Made(outcome)
        made = self._act(outcome.session, incoming.act)
        return self._begun(made.outcome or outcome, incoming)

    def _start(self, act: Start) -> Outcome:
        plan = self.world.material.plan
        language = self.world.catalogues.resolve(act.language) if act.language else None
        council = act.council if act.council in self.world.places.councils else None
        return engine.start(plan, language or "en", chosen=language is not None, council=council)

    def _begun(self, outcome: Outcome, incoming: Incoming) -> Made:
        if outcome.session is not None:
            session = outcome.session._replace(nonce=incoming.fresh)
            outcome = outcome._replace(session=session)
        return Made(*self._look_up(outcome))

    # ---- what hides the talk

    def _hidden(self, session: Session, act: Act) -> Made:
        """Harm prevented: a press that crosses the hiding must not open the talk before him."""
        if isinstance(act, Word) and act.intent == "open":
            return self._present(session._replace(hidden=False))
        if _is_help(act) or (isinstance(act, Typed) and self._screen(act.text)):
            return self._seen(session, act)
        return Made(Outcome(session, repeated=True))

    def _seen(self, session: Session, act: Act) -> Made:
        if isinstance(act, Word) and act.intent == "hide":
            # The cover hides the talk already; an empty screen in its place would be noticed.
            covered = self._covered(session)
            return self._present(session) if covered else Made(Outcome(_hide(session)))
        if isinstance(act, Again) or (isinstance(act, Word) and act.intent == "open"):
            return self._present(session)
        return self._act(session, act)

    def _present(self, session: Session) -> Made:
        today = self._today(session)
        outcome = engine.present(self.world.material.plan, today)
        return Made(*self._look_up(outcome), say.MOVED if self._moved(session, today) else None)

    # ---- the act itself

    def _act(self, session: Session, act: Act) -> Made:
        # A doubled `back` or `skip` must not pass over a second question; help is never too late.
        if isinstance(act, Word | Typed) and self._is_old(act, session):
            return self._present(session)._replace(notice=_unread(act) or _notice(act, session))
        today = self._today(session)
        if isinstance(act, Switch | Done) and not self._moved(session, today):
            return self._switch(today, _renamed(self._plan, act))
        move = self.meant(today, act)
        # What she answered belongs to a question that no longer stands: it is not read as another.
        if self._moved(session, today) and not isinstance(move, Asked):
            made = self._present(session)
            return made._replace(notice=_unread(act) or made.notice)
        if isinstance(move, Asked) and move.intent in TONGUES:
            hers = today._replace(in_english=move.intent == IN_ENGLISH, sound=Sound.NONE)
            return self._present(hers)
        if isinstance(move, Asked) and move.intent in LISTENING:
            return self._present(today._replace(sound=after(today.sound, move.intent)))
        outcome = engine.step(self.world.material.plan, today._replace(sound=Sound.NONE), move)
        more = isinstance(move, Chosen) and move.more
        notice = _unread(act) if more else self._heard(act, move) or _notice(act, session)
        return Made(*self._look_up(outcome), notice)

    def _heard(self, act: Act, move: Move) -> Phrase | None:
        """A word about why urgent help stands, where she did not ask for it by its own word."""
        if isinstance(act, Typed) and move == Asked("urgent") and self._screen(act.text) is None:
            return say.HEARD
        return None

    def _is_old(self, act: Word | Typed, session: Session) -> bool:
        """Whether the word stood on an earlier card; help is old only where she stands in it."""
        if act.turn is None or act.turn == session.turn:
            return False
        if isinstance(act, Typed):
            return not self.in_need(act.text)
        intent = self.world.material.plan.intents.get(act.intent)
        if act.intent not in safety.SAFETY_INTENTS or intent is None or intent.call is None:
            return act.intent not in safety.SAFETY_INTENTS
        return session.at.startswith(f"{intent.call.text}.")

    def _switch(self, session: Session, act: Switch | Done) -> Made:
        plan = self.world.material.plan
        if isinstance(act, Done):
            move = Chosen(session.picked, act.step, act.turn)
            return Made(*self._look_up(engine.step(plan, session, move)), _notice(act, session))
        if (act.step, act.turn) != (session.at, session.turn):
            return self._present(session)
        picked = switched(plan.steps[session.at], plan.options(session), session.picked, act)
        return self._present(session._replace(picked=picked))

    @property
    def _plan(self) -> Plan:
        return self.world.material.plan

    def _moved(self, session: Session, today: Session) -> bool:
        """Whether another question stands since a flow was edited; a new name alone is none."""
        return today.at != self._plan.today(session.at)

    def _today(self, session: Session) -> Session:
        """The session under today's flows."""
        plan = self.world.material.plan
        if session.fingerprint == plan.fingerprint and session.at in plan.steps:
            return session
        return migrate(plan, session)._replace(nonce=session.nonce, place=session.place)

    def meant(self, session: Session, act: Act) -> Move:
        """What an act means at the question that stands; typed words go no further than this."""
        if isinstance(act, Button):
            step, values = as_today(self._plan, act.step, act.values)
            return Chosen(values, step, act.turn)
        if isinstance(act, Word):
            move: Move = Asked(act.intent)
        elif isinstance(act, Typed):
            move = understand(
                act.text,
                self.world.safety_words,
                lambda: self._lexicon(session),
                covered=self._covered(session),
            )
        else:
            move = NotUnderstood()
        # Harm prevented: whoever looks over her shoulder must not bring the talk back by chance.
        if self._covered(session) and isinstance(move, Asked):
            return move if move.intent in safety.SAFETY_INTENTS else NotUnderstood()
        return move

    def _lexicon(self, session: Session) -> Lexicon:
        return lexicon(
            self.world.material.plan,
            session,
            voices_for(session.language, self.world.catalogues),
            self.world.material.names,
            self.world.aliases,
        )

    def _covered(self, session: Session) -> bool:
        planned = self.world.material.plan.steps.get(session.at)
        return planned is not None and planned.step.plain

    def _screen(self, text: str) -> str | None:
        return safety.screen(text, self.world.safety_words)

    def in_need(self, text: str, *, leaving: bool = True) -> bool:
        """See `safety.in_need`."""
        return safety.in_need(text, self.world.safety_words, leaving=leaving)

    # ---- looking up

    def _look_up(self, outcome: Outcome) -> tuple[Outcome, Found | None]:
        """Find what a results step asks for; where nothing is near, go the way for that."""
        if outcome.session is None or outcome.needs is None:
            return outcome, None
        step = self.world.material.plan.steps[outcome.session.at].step
        if step.results is None:
            return outcome, None  # made from her answers alone
        world, what = self.world, step.results.text
        found = look_up(what, outcome.needs, world.index, world.places, self._now())
        if step.empty and not found.matches and not outcome.repeated:
            further = engine.step(self.world.material.plan, outcome.session, NothingFound())
            if further.session is None:
                return further, None
            # One act is one turn: a doubled press must not look as if it were two cards old. Harm
            # prevented: a warning said on the way here must not be lost because nothing is near.
            said = (*outcome.session.said, *further.session.said)
            session = further.session._replace(turn=outcome.session.turn, said=said)
            return self._look_up(further._replace(session=session))
        shown = shown_after(what, outcome.session.shown, found)
        return outcome._replace(session=outcome.session._replace(shown=shown)), found


def _renamed(plan: Plan, act: Switch | Done) -> Switch | Done:
    if isinstance(act, Done):
        return replace(act, step=plan.today(act.step))
    step, (value,) = as_today(plan, act.step, [act.value])
    return replace(act, step=step, value=value)


def _hide(session: Session) -> Session:
    # Harm prevented: what she was hearing does not go on when the talk is opened again.
    return session._replace(hidden=True, sound=Sound.NONE)


def _turn_of(act: Act) -> int | None:
    """The turn of the card on which the act was done, where it says so."""
    return act.turn if isinstance(act, Button | Switch | Done | Word | Typed) else None


def _is_leave(act: Act) -> bool:
    return isinstance(act, Word) and act.intent == "leave"


def _is_help(act: Act) -> bool:
    """Acts that no button of another talk, and nothing that hides the talk, may hold back."""
    return isinstance(act, Word) and act.intent in {"urgent", "leave"}


def _unread(act: Act) -> Phrase | None:
    """The urgent line for typed words of which nothing, or only a part, was read as an answer.

    A short answer that comes twice is no more than that.
    """
    return say.NOT_UNDERSTOOD if isinstance(act, Typed) and says_more(act.text) else None


def _notice(act: Act, session: Session) -> Phrase | None:
    """A word about a button that belongs to a question before the present one.

    A second press of the same button is not old to her: the card has only just changed.
    """
    turn = _turn_of(act)
    return say.OLD_BUTTON if turn is not None and turn < session.turn - 1 else None
