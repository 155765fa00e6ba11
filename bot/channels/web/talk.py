"""The talk over HTTP: what a request asks for, and the card that answers it.

The token is the talk: 256 random bits that only her page knows. What is kept is found by its
hash. The first card is drawn for nobody and keeps nothing; a talk begins with the first answer.
Where she came by a link of an outreach worker, its code stands behind the bits, so that the talk
begins as the link says: it is in no address and no field of its own.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bot.channels import buttons
from bot.channels.web.page import LONGEST_TYPED
from bot.conversation.messages import (
    Act,
    Again,
    Button,
    Card,
    Done,
    Incoming,
    Start,
    Typed,
    Word,
)
from bot.conversation.turns import Turns
from bot.counting.codes import CODE

TOKEN = re.compile(rf"[A-Za-z0-9_-]{{43}}(?:\.({CODE.pattern}))?", re.ASCII)
MOST_PICKS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request holds, checked for shape only: nothing of it is trusted."""

    token: str
    press: str = ""
    picks: tuple[str, ...] = ()
    typed: str = ""
    turn: int | None = None


def from_form(body: bytes) -> Asked | None:
    """What a form holds that was sent without the script; None when it is none of ours."""
    pairs = _pairs(body)
    if pairs is None:
        return None
    fields = dict(pairs)
    picks = [value for name, value in pairs if name == "pick"]
    return _asked(fields.get("t", ""), fields, picks, fields.get("n", ""))


def _pairs(body: bytes) -> list[tuple[str, str]] | None:
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=60)
    except (ValueError, UnicodeDecodeError):
        return None


def from_script(token: str, body: bytes) -> Asked | None:
    """What the script sent; None when it is none of ours."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    picks = fields.get("pick")
    return _asked(token, fields, picks if isinstance(picks, list) else [], fields.get("n"))


def _asked(
    token: str, fields: Mapping[str, object], picks: Sequence[object], turn: object
) -> Asked | None:
    if not TOKEN.fullmatch(token):
        return None
    press, typed = fields.get("a"), fields.get("say")
    number = turn if isinstance(turn, str) and re.fullmatch("[0-9]{1,6}", turn) else ""
    return Asked(
        token=token,
        press=press if isinstance(press, str) else "",
        picks=tuple(pick for pick in picks[:MOST_PICKS] if isinstance(pick, str)),
        typed=typed[:LONGEST_TYPED] if isinstance(typed, str) else "",
        turn=int(number) if number else None,
    )


class Talk:
    """Turns for the web. `fresh` gives a new random token each time.

    `start` says how a link with some code opens the talk: a plain start for one it does not know.
    """

    def __init__(
        self,
        turns: Turns,
        fresh: Callable[[], str],
        start: Callable[[str], Start] = lambda _: Start(),
    ) -> None:
        self.turns = turns
        self._fresh = fresh
        self._start = start

    def first(self, code: str = "") -> tuple[Card, str]:
        """The neutral first card, and the token of the talk that may come of it. Keeps nothing.

        With the `code` of a link it is in the link's language.
        """
        if not code:
            return self.turns.first(), self._fresh()
        return self.turns.first(self._start(code)), f"{self._fresh()}.{code}"

    async def take(self, token: str, act: Act) -> Card:
        """The card that answers; one without a talk where the token is of none."""
        found = TOKEN.fullmatch(token)
        code = found[1] if found else None
        opens = self._start(code) if code else Start()
        return await self.turns.take(Incoming(key_of(token), act, opens=opens))

    async def forget(self, token: str) -> None:
        """Erase the talk. Raises StoreUnavailable."""
        if TOKEN.fullmatch(token):
            await self.turns.forget(key_of(token))

    def is_help(self, text: str) -> bool:
        """Whether typed words ask for help or to leave."""
        return self.turns.in_need(text)

    def act(self, asked: Asked) -> Act:
        """What the request asks for."""
        if asked.press in {"say", ""}:
            return Typed(asked.typed, asked.turn) if asked.typed.strip() else Again()
        turn = asked.turn or 0
        match buttons.pressed(asked.press, self.turns.world.codes).act:
            case Button(step, values):
                return Button(step, values, turn)
            case Done(step):
                codes = self.turns.world.codes
                picked = [codes[pick] for pick in asked.picks if pick in codes]
                return Button(step, tuple(dict.fromkeys(picked)), turn)
            case Word(intent):
                return Word(intent, turn)
        return Again()  # only the first page begins a talk


def key_of(token: str) -> str:
    """The key of a talk: what is kept does not tell the token."""
    return hashlib.sha256(f"web\0{token}".encode()).hexdigest()
