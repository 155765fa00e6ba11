"""Supply: how often talks end at a list without a service, council by council.

Every way of answering is too many to try, so talks are made by lot, the same ones every time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.conversation import engine
from bot.conversation.acting import World
from bot.conversation.plan import Asked, Chosen, Move, NothingFound, Plan
from bot.directory.matching import match
from bot.flows.model import Kind
from bot.needs import Needs
from bot.sessions.model import Session
from bot.simulator import Samples, moves
from bot.workshop.samples import samples_of

TALKS = 40  # of each council
MOVES = 40  # of one talk
FEW = 0.25  # how likely each of several choices is to be made


@dataclass(frozen=True, slots=True)
class Supply:
    """Of the lists that talks of one council came to: how many there were.

    `without` had no service; on `unstated` no service states all that she must have, so at least
    one thing has to be asked or is not there.
    """

    lists: int
    without: int
    unstated: int = 0


def supply(world: World, at: datetime, chance: Random, talks: int = TALKS) -> Mapping[str, Supply]:
    """By council, in the order they are shown. `at` is aware; `chance` decides every answer."""
    samples, found = samples_of(world), {}
    for council in world.places.councils:
        asked = {
            needs
            for _ in range(talks)
            for needs in _lists(world.material.plan, samples, council, chance)
        }
        lists = [(needs.must, match(needs, world.index, at).matches) for needs in asked]
        without = sum(not matches for _, matches in lists)
        stated = sum(any(must <= {*each.has} for each in matches) for must, matches in lists)
        found[council] = Supply(len(lists), without, len(lists) - stated)
    return found


def _lists(plan: Plan, samples: Samples, council: str, chance: Random) -> Iterator[Needs]:
    """What one talk asks for at each list of services."""
    outcome = engine.start(plan, "en")
    for _ in range(MOVES):
        session = outcome.session
        if session is None:
            return
        if _lists_services(plan, session) and outcome.needs and outcome.needs.council:
            yield outcome.needs
        outcome = engine.step(plan, session, _move(plan, samples, session, council, chance))


def _lists_services(plan: Plan, session: Session) -> bool:
    step = plan.steps[session.at].step
    return (
        step.kind is Kind.RESULTS and step.results is not None and step.results.text == "services"
    )


def _move(plan: Plan, samples: Samples, session: Session, council: str, chance: Random) -> Move:
    """An answer by lot; where several may stand together often a few of them."""
    planned = plan.steps[session.at]
    if planned.source and planned.source.fills == "council":
        return Chosen((council,))
    forward = [move for move in moves(plan, session, samples) if isinstance(move, Chosen)]
    if not forward:
        return NothingFound() if planned.step.empty else Asked("skip")
    one = chance.choice(forward)
    if planned.step.many is None:
        return one
    every = dict.fromkeys(value for move in forward for value in move.values)
    few = tuple(value for value in every if value not in planned.alone and chance.random() < FEW)
    return Chosen(few) if few else one
