"""Buttons: what stands in a button's data, and what it means when it comes back.

`nonce.turn.kind` and codes, at most 64 bytes, never a word. The nonce belongs to one talk and the
turn to one card, so a button of another talk or of an earlier card is known and never applied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.codes import LENGTH, code_of
from bot.conversation.messages import Act, Again, Button, Card, Done, Start, Switch, Word

MOST_BYTES = 64  # Telegram refuses longer data
NONCE_LENGTH = 8

_DATA = re.compile(
    rf"(?P<nonce>[\w-]{{{NONCE_LENGTH}}}|)\.(?P<turn>[0-9]{{1,6}})\."
    rf"(?P<kind>[a-z])(?P<rest>[0-9]{{1,3}}|(?:[\w-]{{{LENGTH}}}){{0,2}})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press asks for. `page` is set where it only turns a page."""

    act: Act
    nonce: str
    turn: int
    page: int | None = None


def choice(card: Card, id: str) -> str:
    """The data of an answer that is given at once."""
    return _data(card, "c", code_of(card.step), code_of(id))


def switch(card: Card, id: str, *, on: bool) -> str:
    """The data of a choice that is switched on or off."""
    return _data(card, "i" if on else "o", code_of(card.step), code_of(id))


def done(card: Card) -> str:
    """The data of "these are all"."""
    return _data(card, "d", code_of(card.step))


def word(card: Card, intent: str) -> str:
    """The data of a button that works everywhere."""
    return _data(card, "w", code_of(intent))


def page(card: Card, number: int) -> str:
    """The data of another page of the card, counted from 0."""
    return _data(card, "p", str(number))


def begin(card: Card) -> str:
    """The data of "open" where no talk stands."""
    return _data(card, "b")


def pressed(data: str, ids: Mapping[str, str]) -> Pressed:
    """What a press with `data` asks for; `ids` gives ids by code.

    What nobody of this program wrote, or a code that no longer means anything, asks for the card
    again.
    """
    found = _DATA.fullmatch(data)
    if found is None:
        return Pressed(Again(), "", 0)
    nonce, turn, kind, rest = found["nonce"], int(found["turn"]), found["kind"], found["rest"]
    if kind == "p" and rest.isdecimal():
        return Pressed(Again(), nonce, turn, int(rest))
    if kind == "b":
        return Pressed(Start(anew=False), nonce, turn)
    codes = [rest[at : at + LENGTH] for at in range(0, len(rest), LENGTH)]
    if not all(code in ids for code in codes):
        return Pressed(Again(), nonce, turn)
    return Pressed(_act(kind, [ids[code] for code in codes], turn), nonce, turn)


def _act(kind: str, names: list[str], turn: int) -> Act:
    match kind, names:
        case "c", [step, value]:
            return Button(step, (value,), turn)
        case "i" | "o", [step, value]:
            return Switch(step, value, kind == "i", turn)
        case "d", [step]:
            return Done(step, turn)
        case "w", [intent]:
            return Word(intent, turn)
    return Again()


def _data(card: Card, kind: str, *parts: str) -> str:
    return f"{card.nonce}.{card.turn}.{kind}{''.join(parts)}"
