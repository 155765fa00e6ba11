"""What a turn of the engine costs, beside a bare event of the same `transitions` machine.

    python -m benchmarks.engine

A bare event is `machine.events["answer"].trigger(turn, turn)` from the same step to the same step,
guards included. A turn reads the typed line, fires, runs on, folds and packs. Both are measured
in turns within each round; figures are medians of the rounds, nothing is asserted.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from bot import app
from bot.conversation import engine
from bot.conversation.acting import World
from bot.conversation.lexicons import lexicon, voices_for
from bot.conversation.moving import open_turn
from bot.conversation.plan import Chosen, Turn
from bot.conversation.reading import read
from bot.sessions.model import Session, pack, unpack
from bot.settings import Settings

ROUNDS = 30
TIMES = 400
# Twelve answers, as a whole talk has them.
LONG = (
    ("en",), ("yes",), ("birmingham",), ("alcohol", "drugs"), ("more",), ("woman", "lived"),
    ("women",), ("creche", "bring"), ("evening", "phone", "silent"), ("discreet", "pram"),
    ("using", "prison"), ("housing", "money"),
)  # fmt: skip


def microseconds(work: Callable[[], object]) -> float:
    """Of one call, over `TIMES` calls."""
    begin = time.perf_counter()
    for _ in range(TIMES):
        work()
    return (time.perf_counter() - begin) / TIMES * 1e6


def main() -> None:
    """Measure and print."""
    data = app.read_data(app.folders(Settings()))
    world = app.build_world(data, Settings(), datetime(2026, 11, 23, tzinfo=UTC).date())
    plan = world.material.plan
    session = engine.start(plan, "en").session
    for values in LONG:
        assert session is not None
        session = engine.step(plan, session, Chosen(values)).session
    assert session is not None
    print(f"packed session after {len(session.trail)} answers: {len(pack(session))} bytes")
    for name, values in (("triage.worker", LONG[5]), ("triage.groups", LONG[6])):
        _measure(world, _session_at(world, name), values)


def _session_at(world: World, name: str) -> Session:
    plan = world.material.plan
    session = engine.start(plan, "en").session
    for values in LONG:
        assert session is not None
        if session.at == name:
            return session
        session = engine.step(plan, session, Chosen(values)).session
    raise LookupError(name)


def _measure(world: World, session: Session, values: tuple[str, ...]) -> None:
    plan = world.material.plan
    event = plan.events["answer"]
    voices = voices_for("en", world.catalogues)
    words = lexicon(plan, session, voices, world.material.names, world.aliases)
    options = plan.options(session)
    typed = " ".join(str(options.index(value) + 1) for value in values)
    ready = open_turn(session)
    ready.values = values
    stored = pack(session)

    def bare() -> None:
        turn = ready
        turn.state = session.at
        event.trigger(turn, turn)

    def fresh() -> None:
        turn = Turn(session.at, "en")
        turn.answers = ready.answers
        turn.values = values
        event.trigger(turn, turn)

    def turn() -> None:
        move = read(typed, words)
        outcome = engine.step(plan, session, move)
        assert outcome.session is not None
        pack(outcome.session)

    def with_store() -> None:
        found = unpack(stored)
        assert found is not None
        turn()

    works = {
        "bare event": bare,
        "bare event, new turn": fresh,
        "turn": turn,
        "turn, unpacked": with_store,
    }
    rounds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            rounds[name].append(microseconds(work))
    medians = {name: median(times) for name, times in rounds.items()}
    print(f"at {session.at}, {len(session.trail)} answers before:")
    for name, figure in medians.items():
        print(f"  {name:<22}{figure:8.1f} µs   {figure / medians['bare event']:5.2f} x bare event")


if __name__ == "__main__":
    main()
