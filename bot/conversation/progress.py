"""Progress: about how many questions are left until she sees services.

Walked once for all talks, from hello on, always with the first answer and, where a part of a
postcode may be typed, with one too. What somebody answers may bring a question more or less: the
words on the card say "about".
"""

from collections.abc import Iterator, Mapping

from bot.conversation import engine
from bot.conversation.plan import Chosen, Outcome, Plan
from bot.flows.model import Kind
from bot.sessions.model import Session

MOST_STEPS = 200  # of a walk; flows may go round in circles

Where = tuple[str, tuple[str, ...]]  # the step, and the calls it stands in


def questions_left(plan: Plan, typed: str | None = None) -> Mapping[Where, int]:
    """By where a talk stands: questions until the next list of services, this one counted.

    What is not on the way from hello is left out: an interrupt, a question asked aside. `typed` is
    an outward code that lies in more than one council.
    """
    left: dict[Where, int] = {}
    for words in dict.fromkeys((None, typed)):
        ahead: list[Where] = []
        for session in _walked(plan, words):
            if plan.steps[session.at].step.kind is not Kind.RESULTS:
                ahead.append((session.at, session.stack))
                continue
            for number, where in enumerate(reversed(ahead), 1):
                left[where] = max(number, left.get(where, 0))
            ahead = []
    return left


def _walked(plan: Plan, typed: str | None) -> Iterator[Session]:
    """Where a talk waits, one after the other, until it ends or comes to a place again."""
    seen: set[Where] = set()
    outcome = engine.start(plan, "en")
    for _ in range(MOST_STEPS):
        session = outcome.session
        if session is None or (session.at, session.stack) in seen:
            return
        seen.add((session.at, session.stack))
        yield session
        outcome = _answered(plan, session, typed)


def _answered(plan: Plan, session: Session, typed: str | None) -> Outcome:
    if typed and plan.steps[session.at].parser:
        return engine.step(plan, session, Chosen((typed,)))
    options = plan.options(session)
    return engine.step(plan, session, Chosen(options[:1])) if options else Outcome(None)
