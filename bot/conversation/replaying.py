"""Replaying: the answers of a trail given again from the start.

Going back is replaying without the last answer; a flow edited under a living talk is replayed as
far as its answers still fit.
"""

from collections.abc import Iterable

from bot.conversation.moving import begin, choose, pack, pass_on, run_on, stand_by
from bot.conversation.plan import EMPTY, Plan, Turn
from bot.sessions.model import Answer, Session


def migrate(plan: Plan, session: Session) -> Session:
    """The session under today's flows: its answers given again, those that no longer fit let go.

    An interrupt that still exists stays on the screen: urgent help or the cover must not vanish
    because somebody edited a flow.
    """
    kept = [*session.trail, *session.pending]
    turn, left = replay(plan, kept, session.language)
    turn.shown = session.shown
    base = pack(plan, turn, session.turn)._replace(pending=tuple(left))
    inside = next((i for i, site in enumerate(session.stack) if site[0] == "!"), None)
    if inside is not None and session.at in plan.steps and plan.steps[session.at].waits:
        stack = (f"!{base.at}", *session.stack[inside + 1 :])
        return base._replace(at=session.at, stack=stack, said=())
    return base if base.at == session.at else base._replace(turn=session.turn + 1)


def replay(
    plan: Plan, trail: Iterable[tuple[str, Answer]], language: str
) -> tuple[Turn, list[tuple[str, Answer]]]:
    """Give the answers of `trail` again from the start, as far as they are still valid.

    Returns the turn at the first question without a valid answer, and the answers that wait for
    their question to come up.
    """
    left = [(plan.renamed.get(name, name), answer) for name, answer in trail]
    left = [(name, answer) for name, answer in left if name in plan.steps]
    turn, ended = begin(plan, language)
    while ended is None:
        while left and left[0][0] != turn.state and plan.steps[left[0][0]].step.aside:
            stand_by(plan, turn, *left.pop(0))
        place = next((i for i, (name, _) in enumerate(left) if name == turn.state), None)
        if place is None or not give_again(plan, turn, left.pop(place)[1]):
            break
        turn.said.clear()
        ended = run_on(plan, turn)
    turn.language = language
    return turn, left


def give_again(plan: Plan, turn: Turn, answer: Answer) -> bool:
    """Give one answer of before; False when it is not an answer here any more."""
    if answer is None or answer == EMPTY:
        return pass_on(plan, turn, "skip" if answer is None else "empty", answer)
    renamed = plan.steps[turn.state].renamed
    values = (answer,) if isinstance(answer, str) else answer
    return choose(plan, turn, tuple(renamed.get(value, value) for value in values))


def settle(plan: Plan, turn: Turn, session: Session) -> str | None:
    """Run on; where a kept answer from before a flow edit fits the new question, give it."""
    ended = run_on(plan, turn)
    if not session.pending:
        return ended
    pending = dict(session.pending)
    while ended is None and not turn.interrupted and turn.state in pending:
        if not give_again(plan, turn, pending.pop(turn.state)):
            break
        ended = run_on(plan, turn)
    return ended
