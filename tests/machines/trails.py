"""Trails as plain lists: what an act should leave of her answers, without the engine.

Only what she does at the question that stands is told here; whatever asks for more (a talk inside
another, an edited flow, typed words) is None, and the twin alone says what is right.
"""

from bot.conversation.messages import Act, Again, Button, Switch, Word
from bot.conversation.plan import EMPTY, Plan
from bot.sessions.model import Answer, Session

Trail = list[tuple[str, Answer]]


def expected(plan: Plan, before: Session, act: Act, at: str) -> Trail | None:
    """Her answers after `act` on the present card, when she stands at `at` then."""
    trail = list(before.trail)
    aside = any(site.startswith("!") for site in before.stack)
    if before.fingerprint != plan.fingerprint or before.pending or aside:
        return None
    if isinstance(act, Again | Switch) or _is_old(act, before):
        return trail
    if isinstance(act, Word) and act.intent in {"hide", "open", "urgent"}:
        return trail
    step = plan.steps[before.at].step
    answer: Answer
    if isinstance(act, Button) and not (before.hidden or step.aside or step.plain or step.many):
        (answer,) = act.values
    elif isinstance(act, Word) and act.intent == "skip" and step.skippable and not before.hidden:
        answer = None
    else:
        return None
    return _arrived([*trail, (before.at, answer)], at, plan)


def _is_old(act: Act, before: Session) -> bool:
    """Whether the act was done on a card that no longer stood, and is no word that ends the talk."""
    if isinstance(act, Button):
        return (act.step, act.turn) != (before.at, before.turn)
    old = isinstance(act, Word) and act.turn not in {None, before.turn}
    return old and isinstance(act, Word) and act.intent != "leave"


def _arrived(trail: Trail, at: str, plan: Plan) -> Trail:
    """An answered question that stands again has lost its answer, and all later ones go with it."""
    names = [name for name, _ in trail]
    if at not in names or plan.steps[at].step.aside or plan.steps[at].step.results:
        return trail
    place = names.index(at)
    return trail[:place] + [pair for pair in trail[place:] if plan.steps[pair[0]].step.aside]


def answered(trail: Trail | tuple[tuple[str, Answer], ...]) -> Trail:
    """What she answered herself, without the lists that were passed by because they were empty."""
    return [pair for pair in trail if pair[1] != EMPTY]
