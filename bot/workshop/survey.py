"""The survey: the walk of every path, and what was seen on it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace

from bot.conversation.acting import World
from bot.conversation.plan import Chosen, Event, NothingFound, Plan, Turn
from bot.flows.graph import asked_again, reads_after
from bot.flows.model import Flows, Kind
from bot.flows.sight import sight
from bot.sessions.model import interrupt_in
from bot.simulator import Ahead, Place, Samples, Stride, sets_left_out, walk
from bot.workshop.samples import samples_of, source_reads

MOST_STRIDES = 150_000  # a walk ends there, whatever is left
MOST_FULL = 400_000  # the same where every set of choices is tried
MOST_SETS = 1024  # of choices that stand together, at one question

Triple = tuple[str, str, str]  # step, what was done there, the step it led to
Judge = Callable[[Stride], None]  # looks at each stride


@dataclass(frozen=True, slots=True)
class Onward:
    """One way between two places of the talk, outside every interrupt. `to` None: it ends there.

    `answered`: an answer was given to a question of her own; skipping and lists are none.
    """

    to: Place | None
    answered: bool


@dataclass(slots=True)
class Survey:
    """What a walk saw. Steps go by their full names; `bounded` says what cut it short, if anything."""

    strides: int = 0
    triples: set[Triple] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)  # step, choice
    onward: dict[Place, list[Onward]] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)
    first: Place | None = None
    bounded: str = ""

    @property
    def steps(self) -> set[str]:
        """Every step that was come to."""
        ran = {step for source, _, target in self.triples for step in (source, target)}
        return ran | {str(place[0]) for place in self.places}


@dataclass(frozen=True, slots=True)
class Extent:
    """How far to walk: strides at the most, and sets of choices at one question, 0 for a few."""

    strides: int = MOST_STRIDES
    sets: int = 0


FULL = Extent(MOST_FULL, MOST_SETS)


def survey(
    flows: Flows, world: World, extent: Extent, judges: Collection[Judge], language: str = "en"
) -> Survey:
    """Walk every path from `language` on, and show every stride to the judges."""
    plan = world.material.plan
    by_source = source_reads(plan)
    whole = frozenset[str]().union(*by_source.values())
    ahead = Ahead(reads_after(flows, by_source), asked_again(flows), sight(flows, whole))
    return surveyed(plan, ahead, samples_of(world), extent, judges, language)


def surveyed(
    plan: Plan,
    ahead: Ahead,
    samples: Samples,
    extent: Extent = Extent(),
    judges: Collection[Judge] = (),
    language: str = "en",
) -> Survey:
    """Walk every path of a plan; see `survey`."""
    found, watched = Survey(), Watched(plan)
    left_out: dict[str, int] = {}  # by question
    for stride in walk(watched.plan, ahead, samples, language, extent.sets):
        if found.strides == extent.strides:
            found.bounded = f"bounded at {extent.strides} steps"
            break
        if extent.sets and stride.before.at not in left_out:
            cut = sets_left_out(plan, stride.before, samples, extent.sets)
            left_out[stride.before.at] = cut
        found.strides += 1
        found.places.add(stride.start)
        _note(found, plan, stride, watched.taken())
        for judge in judges:
            judge(stride)
    if any(left_out.values()):
        told = f"bounded at {extent.sets} sets of choices a question"
        found.bounded = f"{found.bounded}; {told}" if found.bounded else told
    return found


def _note(found: Survey, plan: Plan, stride: Stride, fired: list["Fired"]) -> None:
    found.first = found.first or stride.start
    found.triples |= set(_triples(plan, stride, fired))
    if isinstance(stride.move, Chosen):
        found.chosen |= {(stride.before.at, value) for value in stride.move.values}
    if stride.reached is not None:
        found.places.add(stride.reached)
    step = plan.steps[stride.before.at]
    skips = fired[:1] and fired[0].event == "skip"
    moved = isinstance(stride.move, Chosen | NothingFound) or skips
    gone_on = stride.reached is not None or stride.after.ended is not None
    if moved and gone_on and not _interrupted(stride):
        answered = isinstance(stride.move, Chosen) and step.step.kind is Kind.ASK
        found.onward.setdefault(stride.start, []).append(Onward(stride.reached, answered))


def _interrupted(stride: Stride) -> bool:
    return interrupt_in(stride.before.stack) is not None


# ---- what the machine did


@dataclass(frozen=True, slots=True)
class Fired:
    """One transition that the machine made."""

    event: str
    source: str
    target: str
    values: tuple[str, ...]


class Watched:
    """A plan whose every transition is written down."""

    def __init__(self, plan: Plan) -> None:
        self._fired: list[Fired] = []
        events = {name: _Event(name, event, self._fired) for name, event in plan.events.items()}
        self.plan = replace(plan, events=events)

    def taken(self) -> list[Fired]:
        """The transitions since the last call."""
        fired = list(self._fired)
        self._fired.clear()
        return fired


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    event: Event
    fired: list[Fired]

    def trigger(self, model: Turn, turn: Turn) -> bool:
        """As the event itself."""
        before = turn.state
        moved = self.event.trigger(model, turn)
        if moved:
            self.fired.append(Fired(self.name, before, turn.state, turn.values))
        return moved


def _triples(plan: Plan, stride: Stride, fired: list[Fired]) -> Iterator[Triple]:
    """The ways of the graph that the machine took, and out of an interrupt the one by no event."""
    for one in fired:
        if one.source in plan.steps:
            yield one.source, _label(plan, one), one.target
    session = stride.after.session
    last = plan.steps[fired[-1].target].step if fired else None
    if session and last and last.kind is Kind.RETURN and session.at != fired[-1].target:
        yield fired[-1].target, "resume", session.at


def _label(plan: Plan, fired: Fired) -> str:
    """What the graph calls it; see `flows.ways.Edge`."""
    step = plan.steps[fired.source].step
    if fired.event == "answer":
        jumps = (choice.id for choice in step.choices if choice.next)
        return next((id for id in jumps if id in fired.values), "answer")
    if fired.event == "advance":
        named = {Kind.CALL: "call", Kind.RETURN: "return"}
        return named.get(step.kind, "next")
    return fired.event.removeprefix("call:")
