"""Replaying: the answers of a trail given again from the start.

Going back is replaying without the last answer; a flow edited under a living talk is replayed as
far as its answers still fit.
"""

from collections.abc import Iterable, Sequence

from bot.conversation.moving import begin, choose, pack, pass_on, run_on, stand_by
from bot.conversation.plan import EMPTY, Plan, Turn
from bot.sessions.model import Answer, Session, interrupt_in


def migrate(plan: Plan, session: Session) -> Session:
    """The session under today's flows: its answers given again, those that no longer fit let go.

    An interrupt that still exists stays on the screen: urgent help or the cover must not vanish
    because somebody edited a flow. What she switched on and did not give yet stays, too.
    """
    turn, left = _before_the_end(plan, session)
    turn.shown = session.shown
    base = pack(plan, turn, session.turn)._replace(pending=tuple(left))
    base = base._replace(picked=_still_picked(plan, base, session))
    at = plan.today(session.at)
    inside = _still_inside(plan, at, session.stack)
    if inside is not None:
        stack = (*base.stack, f"!{base.at}", *inside)
        return base._replace(at=at, stack=stack, said=(), picked=())
    return base if base.at == at else base._replace(turn=session.turn + 1)


def _before_the_end(plan: Plan, session: Session) -> tuple[Turn, list[tuple[str, Answer]]]:
    """Her answers given again, without those that would end the talk now: she never saw that end."""
    turn, left = replay(plan, [*session.trail, *session.pending], session.language)
    while not plan.steps[turn.state].waits:
        given = [place for place, (name, _) in enumerate(turn.trail) if not _is_aside(plan, name)]
        if not given:
            break  # these flows end before anything is asked
        del turn.trail[given[-1]]
        turn, left = replay(plan, [*turn.trail, *left], session.language)
    return turn, left


def _is_aside(plan: Plan, name: str) -> bool:
    return plan.steps[name].step.aside


def _still_picked(plan: Plan, base: Session, session: Session) -> tuple[str, ...]:
    """What stands switched on at the present question: of what was, and of an answer that fell."""
    planned = plan.steps[base.at]
    if planned.step.many is None:
        return ()
    if plan.today(session.at) == base.at:
        were = session.picked
    else:
        answer = {plan.today(name): answer for name, answer in session.trail}.get(base.at)
        were = answer if isinstance(answer, tuple) else ()
    today = {planned.renamed.get(value, value) for value in were}
    return tuple(option for option in plan.options(base) if option in today)


def _still_inside(plan: Plan, at: str, stack: Sequence[str]) -> tuple[str, ...] | None:
    """The calls that are open inside an interrupt; None where there is none to stay in.

    Harm prevented: a way back that a flow no longer has would fail at her next press.
    """
    first = interrupt_in(stack)
    if first is None or at not in plan.steps or not plan.steps[at].waits:
        return None
    sites = tuple(plan.today(site) for site in stack[first + 1 :])
    for site, below in zip(sites, (*sites, at)[1:], strict=True):
        call = plan.steps[site].step.call if site in plan.steps else None
        if call is None or call.text != below.partition(".")[0]:
            return None
    return sites


def replay(
    plan: Plan, trail: Iterable[tuple[str, Answer]], language: str
) -> tuple[Turn, list[tuple[str, Answer]]]:
    """Give the answers of `trail` again from the start, as far as they are still valid.

    Returns the turn at the first question without a valid answer, and the answers that wait for
    their question to come up. What was answered aside stands at once, and is among them so that
    the question is not asked again on the way.
    """
    left = [(plan.today(name), answer) for name, answer in trail]
    left = [(name, answer) for name, answer in left if name in plan.steps]
    turn, ended = begin(plan, language)
    while ended is None:
        while left and left[0][0] != turn.state and _is_aside(plan, left[0][0]):
            stand_by(plan, turn, *left.pop(0))
        place = next((i for i, (name, _) in enumerate(left) if name == turn.state), None)
        if place is None or not (
            _passed_aside(plan, turn, place) or give_again(plan, turn, left.pop(place)[1])
        ):
            break
        turn.said.clear()
        ended = run_on(plan, turn)
    # Harm prevented: a place that she hid must not come back while a new question is asked.
    for name, answer in left:
        if _is_aside(plan, name):
            stand_by(plan, turn, name, answer)
    turn.language = language
    return turn, left


def _passed_aside(plan: Plan, turn: Turn, place: int) -> bool:
    """Whether a question aside was passed over: what she said there stands further on in the trail.

    She came to it more than once, and only the last time keeps all that she hid.
    """
    return place > 0 and _is_aside(plan, turn.state) and pass_on(plan, turn, "skip", None)


def give_again(plan: Plan, turn: Turn, answer: Answer) -> bool:
    """Give one answer of before; False when it is not an answer here any more."""
    if answer is None or answer == EMPTY:
        return pass_on(plan, turn, "skip" if answer is None else "empty", answer)
    renamed = plan.steps[turn.state].renamed
    values = (answer,) if isinstance(answer, str) else answer
    return choose(plan, turn, tuple(renamed.get(value, value) for value in values))


def as_today(plan: Plan, step: str, values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A step and its choices by the names they have now: her card may be from before."""
    name = plan.today(step)
    renamed = plan.steps[name].renamed if name in plan.steps else {}
    return name, tuple(renamed.get(value, value) for value in values)


def settle(plan: Plan, turn: Turn, session: Session) -> str | None:
    """Run on; where a kept answer from before a flow edit fits the new question, give it.

    Not at a question aside that she has just asked for: a kept answer would be a dead press.
    """
    ended = run_on(plan, turn)
    if not session.pending:
        return ended
    pending, given = dict(session.pending), False
    while ended is None and not turn.interrupted and turn.state in pending:
        if _is_aside(plan, turn.state) and not given:
            break
        given = give_again(plan, turn, pending.pop(turn.state))
        if not given:
            break
        ended = run_on(plan, turn)
    return ended
