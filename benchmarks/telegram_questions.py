"""The questions of the measured talk, drawn once by Linnet, so that every peer shows the same cards.

Texts, rows and labels are those that Linnet shows; what stands behind a peer's buttons is short
words of its own.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.telegram_people import QUESTIONS, Look
from bot import app
from bot.channels.telegram.drawing import draw
from bot.conversation.messages import Button, Card, Incoming, Start
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import SessionStore
from bot.settings import Settings

TALK = Path(__file__).parent / "talk"
SETTINGS = Settings(data=TALK, languages=("en",))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def write_looks(path: Path) -> None:
    """Write what she sees, card after card, for the contestants to read."""
    looks = [look._asdict() for look in asyncio.run(_looks())]
    path.write_text(json.dumps(looks), encoding="utf-8")


def make_turns(store: SessionStore, now: Callable[[], datetime]) -> Turns:
    """The turns of the measured talk as `linnet serve` makes them."""
    world = app.build_world(app.read_data(app.folders(SETTINGS)), SETTINGS, now().date())
    return Turns(world, store, now, say.TELEGRAM_KEEPS, quiet_end=True)


async def _looks() -> list[Look]:
    turns = make_turns(MemoryStore(lambda: 0.0), lambda: NOON)
    card = await turns.take(Incoming("her", Start()))
    looks = [_look(card)]
    for _ in range(QUESTIONS):
        press = Button(card.step, (card.options[0].id,), card.turn)
        card = await turns.take(Incoming("her", press))
        looks.append(_look(card))
    return looks


def _look(card: Card) -> Look:
    name = card.step.partition(".")[2]
    answers = {option.label: f"{name}:{option.id}" for option in card.options}
    drawn = draw(card)
    rows = [[str(button["text"]) for button in row] for row in drawn.keyboard]
    return Look(
        name,
        drawn.text,
        [[(label, answers.get(label, f"word:{label}")) for label in row] for row in rows],
        list(answers),
    )
