"""Playing: a script answered on the real conversation, and where the talk went another way."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.conversation.acting import Acting, World
from bot.conversation.messages import Act, Button, Incoming, Start, Word
from bot.conversation.plan import PlannedStep
from bot.directory.matching import Found
from bot.flows.model import Kind
from bot.needs import Needs
from bot.problems import Mark, Problem, Report, did_you_mean
from bot.sessions.model import Session
from bot.workshop.scripts import QUERY, Expected, Known, Line, Named, Row, Script
from bot.workshop.survey import Watched

MOST_TURNS = 300  # of one script


@dataclass(slots=True)
class Took:
    """What scripts came to: steps by their full names, and (step, choice)."""

    steps: set[str] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)


def known_in(world: World) -> Known:
    """The ids that a script for this world may use."""
    return Known(
        plan=world.material.plan,
        needs=world.material.vocabulary.needs,
        tags=world.material.vocabulary.tags,
        services=world.material.services,
        languages=[language.code for language in world.catalogues.offered],
    )


def play(script: Script, world: World, at: datetime, took: Took | None = None) -> list[Problem]:
    """Answer as the script says, and say where the talk went another way; `at` is aware.

    What it came to is added to `took`.
    """
    talk = _Talk(script, world, at)
    if script.lines:
        _in_order(talk, script.lines)
    else:
        _in_no_order(talk, script.given)
        _compare(talk, script.expected)
    if took is not None:
        took.steps |= talk.steps
        took.chosen |= talk.chosen
    return sorted(talk.report.problems)


class _Talk:
    """One talk with the conversation as a channel has it, but with nothing kept or drawn."""

    def __init__(self, script: Script, world: World, at: datetime) -> None:
        watched = Watched(world.material.plan)
        material = replace(world.material, plan=watched.plan)
        self._watched = watched
        self._acting = Acting(replace(world, material=material), lambda: at)
        self._plan = world.material.plan
        self.report = Report(script.path)
        self.session: Session | None = None
        self.ended: str | None = None
        self.shown: set[str] = set()  # steps whose words stood on a card
        self.steps: set[str] = set()
        self.chosen: set[tuple[str, str]] = set()
        self.needs: Needs | None = None
        self.found: Found | None = None
        self._act(Start(script.language))

    @property
    def planned(self) -> PlannedStep | None:
        """The step that waits."""
        return self._plan.steps[self.session.at] if self.session else None

    @property
    def words(self) -> Collection[str]:
        """The words that work everywhere."""
        return self._plan.intents

    @property
    def where(self) -> str:
        """Where the talk stands, for a sentence."""
        if self.session is None:
            return f"the talk is over ('{self.ended}')"
        return f"the talk stands at '{self.session.at}'"

    def answer(self, values: Collection[str]) -> bool:
        """Give an answer at the step that waits; False when it is none there."""
        session = self.session
        if session is None:
            return False
        if not self._act(Button(session.at, tuple(values), session.turn)):
            return False
        self.chosen |= {(session.at, value) for value in values}
        return True

    def word(self, intent: str) -> bool:
        """Use a word that works everywhere; False when it changes nothing here."""
        return self.session is not None and self._act(Word(intent, self.session.turn))

    def _act(self, act: Act) -> bool:
        outcome, found, _ = self._acting.make(self.session, Incoming("", act))
        fired = self._watched.taken()
        if outcome is None or outcome.repeated:
            return False
        self.steps |= {name for one in fired for name in (one.source, one.target)}
        self.session, self.ended = outcome.session, outcome.ended
        self.shown |= set(outcome.said)
        if self.session:
            self.shown |= {self.session.at, *self.session.said}
        if outcome.needs and found and self._lists_services():
            self.needs, self.found = outcome.needs, found
        return True

    def _lists_services(self) -> bool:
        step = self.planned.step if self.planned else None
        return bool(step and step.results and step.results.text == "services")


# ---- in no order


def _in_no_order(talk: _Talk, given: Collection[Row]) -> None:
    rows = {row.step.id: row for row in given}
    left = {row.step.id: list(row.values) for row in given}
    used: set[str] = set()
    for _ in range(MOST_TURNS):
        planned = talk.planned
        if planned is None:
            break
        row = rows.get(planned.name)
        if row:
            used.add(planned.name)
        values = _next(planned, row, left)
        if values:
            if not talk.answer([value.id for value in values]):
                _no_answer(talk, planned, values)
                break
        elif not _passed(talk, planned, _begin(given)):
            break
    else:
        sentence = "these answers go round; give the last question another answer"
        talk.report.add(_begin(given), "goes-round", sentence)
    for row in given:
        if row.step.id not in used:
            sentence = f"'{row.step.id}' never came, so its answer was not used; {talk.where}"
            talk.report.add(row.step.mark, "unused-row", sentence)


def _begin(given: Collection[Row]) -> Mark:
    """Where the answers of a script begin."""
    return next((row.step.mark for row in given), Mark())


def _next(
    planned: PlannedStep, row: Row | None, left: dict[str, list[Named]]
) -> tuple[Named, ...]:
    """All values of a row together, or the next of them; empty when there is none any more."""
    if row is None:
        return ()
    if planned.step.many:
        return row.values
    values = left[planned.name]
    # The last answer stands for every time that follows.
    return (values.pop(0) if len(values) > 1 else values[0],)


def _passed(talk: _Talk, planned: PlannedStep, mark: Mark) -> bool:
    """Without an answer a question is skipped, and a list is where the talk stays."""
    if planned.step.kind is Kind.RESULTS:
        return False
    if talk.word("skip"):
        return True
    sentence = f"'{planned.name}' cannot be skipped; give it an answer"
    talk.report.add(mark, "no-row", sentence)
    return False


def _no_answer(
    talk: _Talk, planned: PlannedStep, values: Collection[Named], words: Collection[str] = ()
) -> None:
    """Say which of the values is wrong; `words` are what else could be said here."""
    session = talk.session
    options = planned.options(dict(session.trail), session.shown) if session else ()
    wrong = [value for value in values if value.id not in (*options, *planned.effects)]
    for value in wrong[:1]:
        near = did_you_mean(value.id, [*options, *words])
        sentence = f"'{value.id}' is no answer to '{planned.name}' here{near}"
        talk.report.add(value.mark, "script-choice", sentence)
    if not wrong:
        mark = next(iter(values)).mark
        sentence = f"these answers to '{planned.name}' cannot stand together"
        talk.report.add(mark, "script-choice", sentence)


def _compare(talk: _Talk, expected: Expected) -> None:
    for named, sentence in _differences(talk, expected):
        talk.report.add(named.mark, "not-as-expected", f"{sentence}; {talk.where}")


def _differences(talk: _Talk, expected: Expected) -> Iterator[tuple[Named, str]]:
    for step in expected.asked:
        if step.id not in talk.shown:
            yield step, f"'{step.id}' was not asked"
    for step in expected.not_asked:
        if step.id in talk.shown:
            yield step, f"'{step.id}' was asked"
    yield from _query(talk, expected)
    found = talk.found
    shown = {one.service.id for one in (*found.matches, *found.national)} if found else set()
    for service in expected.services:
        if service.id not in shown:
            yield service, f"'{service.id}' is not on the last list"
    for service in expected.not_services:
        if service.id in shown:
            yield service, f"'{service.id}' is on the last list"
    end = expected.end
    if end and end.id not in {talk.ended, talk.session.at if talk.session else None}:
        yield end, f"the talk did not come to '{end.id}'"


def _query(talk: _Talk, expected: Expected) -> Iterator[tuple[Named, str]]:
    needs = talk.needs or Needs()
    for key in QUERY:
        asked: Collection[str] = getattr(needs, key)
        for named in expected.query.get(key, ()):
            if named.id not in asked:
                yield named, f"the last query has no '{named.id}' under '{key}'"
    place = expected.place
    if place and place.id not in {needs.council, needs.outcode}:
        yield place, f"the last query is not for '{place.id}'"


# ---- in order


def _in_order(talk: _Talk, lines: Collection[Line]) -> None:
    for line in lines:
        if not _DEEDS[line.deed](talk, line):
            return


def _said(talk: _Talk, line: Line) -> bool:
    """An answer where it is one, else a word for everywhere."""
    if talk.answer([value.id for value in line.values]):
        return True
    first = line.values[0]
    if len(line.values) == 1 and first.id in talk.words:
        return _worded(talk, line)
    if talk.planned:
        _no_answer(talk, talk.planned, line.values, talk.words)
    else:
        sentence = f"nothing can be said any more; {talk.where}"
        talk.report.add(first.mark, "not-as-expected", sentence)
    return False


def _worded(talk: _Talk, line: Line) -> bool:
    word = line.values[0]
    if talk.word(word.id):
        return True
    sentence = f"'{word.id}' changes nothing here; {talk.where}"
    talk.report.add(word.mark, "not-as-expected", sentence)
    return False


def _seen(talk: _Talk, line: Line) -> bool:
    session = talk.session
    card = {session.at, *session.said} if session else set()
    for step in line.values:
        if step.id not in card:
            sentence = f"'{step.id}' is not on the card; {talk.where}"
            talk.report.add(step.mark, "not-as-expected", sentence)
            return False
    return True


def _over(talk: _Talk, line: Line) -> bool:
    end = line.values[0]
    if talk.ended == end.id:
        return True
    sentence = f"the talk did not end with '{end.id}'; {talk.where}"
    talk.report.add(end.mark, "not-as-expected", sentence)
    return False


_DEEDS: dict[str, Callable[[_Talk, Line], bool]] = {
    "say": _said,
    "word": _worded,
    "see": _seen,
    "end": _over,
}
