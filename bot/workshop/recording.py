"""Recording: a talk written down as a script, by the ids of steps, choices and words alone.

Nothing that was typed is in it: what was understood stands as its choice, a postcode as another
one of the same council, and what was not understood is left out.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.conversation.acting import Acting, World
from bot.conversation.messages import Incoming, Typed
from bot.conversation.plan import Asked, Chosen, Move, Outcome
from bot.directory.places import Places
from bot.sessions.model import Session

HEADER = """\
# Written by 'linnet chat --record'. Only ids stand here: of steps, choices and words for everywhere.
# What was typed and not understood is not in it; a postcode is another one of the same council.
"""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class Recorder:
    """Listens to a talk and follows it on a copy of the conversation; keeps nothing that was typed."""

    def __init__(self, world: World, now: Callable[[], datetime], language: str | None) -> None:
        self._acting = Acting(world, now)
        self._plan = world.material.plan
        self._places = world.places
        self._language = language
        self._session: Session | None = None
        self._lines: list[str] = []
        self._over = False

    def hear(self, incoming: Incoming) -> None:
        """Follow one act, as it goes to the conversation; nothing after the end of the talk."""
        if self._over:
            return
        act, before = incoming.act, self._session
        # What was typed is looked at in here and nowhere kept.
        move = self._acting.meant(before, act) if before and isinstance(act, Typed) else None
        said = list(self._said(before, move)) if before and move else []
        outcome = self._acting.make(before, incoming).outcome
        if outcome is None:
            return
        if outcome.session is None or not self._missed(before, outcome.session):
            self._lines += said
            self._lines += _seen(before, outcome)
        self._session = outcome.session
        self._over = outcome.session is None

    def text(self) -> str:
        """The script so far."""
        head = [f"language: {_quoted(self._language)}"] if self._language else []
        lines = [f"  - {line}" for line in self._lines] or ["  []"]
        return HEADER + "\n".join(["play: A recorded talk", *head, "lines:", *lines]) + "\n"

    def _missed(self, before: Session | None, session: Session) -> bool:
        return before is not None and session.misses > before.misses

    def _said(self, session: Session, move: Move) -> Iterator[str]:
        options = (*self._plan.options(session), *self._plan.steps[session.at].effects)
        if isinstance(move, Asked):
            yield f"{'word' if move.intent in options else 'say'}: {_quoted(move.intent)}"
        elif isinstance(move, Chosen):
            ids = [id if id in options else stand_in(id, self._places) for id in move.values]
            said = [_quoted(id) for id in ids]
            yield f"say: {said[0]}" if len(said) == 1 else f"say: [{', '.join(said)}]"


def _seen(before: Session | None, outcome: Outcome) -> Iterator[str]:
    session = outcome.session
    if session is None:
        yield f"end: {_quoted(outcome.ended or '')}"
    elif before is None or (session.at, session.stack) != (before.at, before.stack):
        yield f"see: {_quoted(session.at)}"


def stand_in(outcode: str, places: Places) -> str:
    """Another outward code that lies in the same councils; itself where there is none."""
    councils = places.councils_of(outcode)
    others = (code for code in places.outcodes if code != outcode)
    return next((code for code in others if places.councils_of(code) == councils), outcode)


def _quoted(id: str) -> str:
    return id if _PLAIN.fullmatch(id) else json.dumps(id)
