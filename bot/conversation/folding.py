"""The fold: what the answers that still stand ask of a service."""

from bot.conversation.plan import EMPTY, Answers, Effect, Plan, PlannedStep
from bot.needs import Needs
from bot.sessions.model import Session


def fold(plan: Plan, session: Session) -> Needs:
    """What the answers that still stand ask for: a fold over the trail, nothing else is remembered."""
    effects: list[Effect] = []
    openly: set[str] = set()
    slots: dict[str, tuple[str, ...]] = {}
    answers = dict(session.trail)
    for name, answer in session.trail:
        planned = plan.steps[name]
        values = (answer,) if isinstance(answer, str) else answer or ()
        asked = [planned.effects[value] for value in values if value in planned.effects]
        effects += asked
        openly.update(*(one.must | one.prefer for one in asked if not one.sensitive))
        slot = _slot(planned, values, answers, session.shown)
        if slot:
            slots[slot] = values
    must = frozenset[str]().union(*(effect.must for effect in effects))
    prefer = frozenset[str]().union(*(effect.prefer for effect in effects))
    return Needs(
        must=must,
        prefer=prefer,
        avoid=frozenset().union(*(effect.avoid for effect in effects)),
        tags=frozenset().union(*(effect.tags for effect in effects)),
        council=slots.get("council", (None,))[0],
        outcode=slots.get("outcode", (None,))[0],
        hidden=frozenset(slots.get("hidden", ())),
        language=session.language,
        sensitive=(must | prefer) - openly,
    )


def is_located(plan: Plan, session: Session) -> bool:
    """Whether she has said where to look; less work than the whole fold."""
    answers = dict(session.trail)
    return any(
        _slot(planned, (answer,), answers, session.shown) in {"council", "outcode"}
        for name, answer in session.trail
        if isinstance(answer, str)
        and ((planned := plan.steps[name]).source is not None or planned.parser is not None)
    )


def _slot(
    planned: PlannedStep, values: tuple[str, ...], answers: Answers, shown: tuple[str, ...]
) -> str | None:
    """What a dynamic or parsed answer fills; None for an ordinary choice."""
    if not values or values[0] in planned.effects or values[0] == EMPTY:
        return None
    if planned.source and planned.from_source(values[0], answers, shown):
        return planned.source.fills
    return planned.parser.fills if planned.parser else None
