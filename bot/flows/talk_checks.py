"""Checks of the whole talk: how soon there is a result, and what every text must stand beside."""

from collections.abc import Iterator

from bot.flows.cards import EMPTY, START, Card
from bot.flows.conditions import Assumed, can_hold
from bot.flows.danger_checks import URGENT
from bot.flows.lengths import Lengths
from bot.flows.model import Choice, Flow, Name, Step, Test
from bot.flows.question_checks import effects
from bot.flows.reach import reachable
from bot.flows.rules import Finding, Rule
from bot.flows.spoken import Spoken, called_by, finding
from bot.flows.texts import texts_of
from bot.flows.ways import Way, successors
from bot.locales.rendering import slots_in
from bot.problems import Mark

MOST_TO_FIRST = 3  # answers before the first services, the language not counted
MOST_BETWEEN = 8  # answers from one list of services to the next

SERVICES = "services"  # what a results step looks up, and the word for everywhere that asks for it
HELPLINES = "helplines"
PRIVACY = "privacy"
LIMITS = "privacy.limits"  # the step that says what is kept, and what services must share
SOMEONE_ELSE = "someone_else"  # the need of a woman who worries about somebody

# ---- how soon


def _late_result(spoken: Spoken) -> Iterator[Finding]:
    start = spoken.flows.by_id[spoken.flows.start]
    asked = _lengths(spoken).longest(spoken.ways.get(("", START), ()))
    looks_up = any(step.results for _, step in spoken.steps())
    if looks_up and asked > MOST_TO_FIRST:
        sentence = (
            f"{asked} questions are asked before the first services; {MOST_TO_FIRST} at most"
        )
        yield Finding(start.path, start.mark, sentence)


def _many_questions(spoken: Spoken) -> Iterator[Finding]:
    lengths = _lengths(spoken)
    for flow, step in spoken.steps():
        if step.results is None:
            continue
        for choice in step.choices:
            asked = lengths.longest(spoken.after(flow, step, choice.id))
            if asked > MOST_BETWEEN:
                sentence = (
                    f"choice '{choice.id}' leads to {asked} questions before the next list;"
                    f" {MOST_BETWEEN} at most"
                )
                yield Finding(flow.path, choice.mark, sentence)


def _lengths(spoken: Spoken) -> Lengths:
    return Lengths(spoken.walker, called_by(spoken.flows, URGENT))


# ---- lists of services


def _nothing_when_empty(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        if step.results is None or step.results.text != SERVICES:
            continue
        if step.empty is None:
            sentence = f"step '{step.id}' says nothing when no service is near; give it 'empty'"
            yield Finding(flow.path, step.mark, sentence)
        elif not all(card.shows_contacts for card in spoken.after(flow, step, EMPTY)):
            sentence = (
                f"when no service is near, '{step.empty.text}' shows nobody; lead to helplines"
            )
            yield Finding(flow.path, step.empty.mark, sentence)


def _quick_route(spoken: Spoken) -> Iterator[Finding]:
    quick = called_by(spoken.flows, SERVICES)
    for flow, step in spoken.steps():
        looks_up = step.results is not None and step.results.text == SERVICES
        if flow.id not in quick or not looks_up:
            continue
        if step.text is None:
            sentence = f"step '{step.id}' does not say what this short way leaves out"
            yield Finding(flow.path, step.mark, sentence)
            continue
        for tongue in spoken.tongues:
            said = tongue.of(step.text.text)
            if said and not tongue.words.says("left-out", said):
                sentence = "this short way does not say what it leaves out"
                yield finding(tongue, flow, step.text, sentence)


# ---- privacy


def _privacy_without_limits(spoken: Spoken) -> Iterator[Finding]:
    about = {
        f"{flow.id}.{step.id}": told
        for flow, step in spoken.steps()
        if flow.id != PRIVACY and (told := list(_about_privacy(spoken, flow, step)))
    }
    found: dict[Finding, None] = {}
    for card in spoken.cards:
        for one in card.steps if not _has_limits(card) else ():
            found.update(dict.fromkeys(about.get(one.name, ())))
    yield from found
    yield from _empty_limits(spoken)
    yield from _labels_without_limits(spoken)


def _about_privacy(spoken: Spoken, flow: Flow, step: Step) -> Iterator[Finding]:
    """Each word about privacy in a step, in every language, as it is told without its limits."""
    for text in filter(None, (step.text, step.for_other, step.why)):
        for tongue in spoken.tongues:
            words = tongue.words.find("privacy", tongue.of(text.text))
            if words:
                sentence = f"'{words}' stands without its limits; put '{LIMITS}' on this card"
                yield finding(tongue, flow, text, sentence)


def _empty_limits(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        if f"{flow.id}.{step.id}" == LIMITS and step.text:
            for tongue in spoken.tongues:
                said = tongue.of(step.text.text)
                if said and not tongue.words.says("must-share", said):
                    sentence = "the limits do not say that services must share some things"
                    yield finding(tongue, flow, step.text, sentence)


def _labels_without_limits(spoken: Spoken) -> Iterator[Finding]:
    """A label about privacy has no room for its limits; they stand where it leads."""
    for flow in spoken.flows.by_id.values():
        for intent in flow.everywhere:
            if spoken.english.find("privacy", intent.label.text):
                cards = spoken.ways.get(("", intent.id), ())
                if not all(_has_limits(card) for card in cards):
                    yield Finding(flow.path, intent.label.mark, _leads(intent.id))
    for flow, step, choice in spoken.choices():
        if spoken.english.find("privacy", choice.label.text):
            cards = spoken.after(flow, step, choice.id)
            if not all(_has_limits(card) for card in cards):
                yield Finding(flow.path, choice.label.mark, _leads(choice.id))


def _has_limits(card: Card) -> bool:
    return any(one.name == LIMITS for one in card.steps)


def _leads(id: str) -> str:
    return f"'{id}' is about privacy; lead to a card with '{LIMITS}'"


# ---- a woman who worries about somebody else


def _no_words_for_other(spoken: Spoken) -> Iterator[Finding]:
    asks = [
        (flow, step, choice)
        for flow, step, choice in spoken.choices()
        if any(need.text == SOMEONE_ELSE for need in effects(choice))
    ]
    graph = successors(spoken.edges, Way.MOVE, Way.CALL, Way.OVER, Way.RETURN, Way.INTERRUPT)
    met: dict[str, tuple[Flow, Step]] = {}
    for there, asked, choice in asks:
        name = f"{there.id}.{asked.id}"
        ahead = reachable(graph, graph.get(name, ())) - {name}
        for flow, step in spoken.steps():
            own = f"{flow.id}.{step.id}"
            if own in ahead and _can_meet(spoken, flow, step, (there, asked, choice)):
                met[own] = flow, step
    for flow, step in met.values():
        yield from _own_words(spoken, flow, step)


def _own_words(spoken: Spoken, flow: Flow, step: Step) -> Iterator[Finding]:
    pairs = [(step.text, step.for_other), (step.why, None)]
    pairs += [(choice.label, choice.for_other) for choice in step.choices]
    for text, instead in pairs:
        words = spoken.english.find("own-use", text.text) if text else None
        if text and words and not instead:
            sentence = (
                f"'{words}' is not true for a woman who worries about somebody;"
                " say it for her in 'for_other', or so that it is true for both"
            )
            yield Finding(flow.path, text.mark, sentence)


def _can_meet(spoken: Spoken, flow: Flow, step: Step, answer: tuple[Flow, Step, Choice]) -> bool:
    """Whether the condition of a step lets a woman through who gave this answer."""
    if step.only_if is None:
        return True
    there, asked, choice = answer
    name = Name(f"{there.id}.{asked.id}", Mark())
    gave = Test(name, "has" if asked.many else "==", (Name(choice.id, choice.mark),))
    return can_hold(spoken.flows, [Assumed(there, gave), Assumed(flow, step.only_if)])


# ---- answers stay hers


def _leak(spoken: Spoken) -> Iterator[Finding]:
    for flow in spoken.flows.by_id.values():
        for text in texts_of(flow):
            for name in sorted(slots_in(text.text)):
                sentence = (
                    f"'${name}' stays empty here: a flow never shows an answer again; take it out"
                )
                yield Finding(flow.path, text.mark, sentence)


RULES: tuple[Rule[Spoken], ...] = (
    Rule(
        "late-result",
        f"more than {MOST_TO_FIRST} questions come before the first services",
        _late_result,
    ),
    Rule(
        "many-questions",
        f"more than {MOST_BETWEEN} questions come between two lists of services",
        _many_questions,
    ),
    Rule(
        "nothing-when-empty",
        "where no service is near she is left without anybody to ring",
        _nothing_when_empty,
    ),
    Rule("quick-route", "a short way to services does not say what it leaves out", _quick_route),
    Rule(
        "privacy-without-limits",
        "a word about privacy stands without what is kept and what must be shared",
        _privacy_without_limits,
    ),
    Rule(
        "no-words-for-other",
        "a text speaks of her own use to a woman who worries about somebody else",
        _no_words_for_other,
    ),
    Rule("leak", "a text of a flow would show an answer again", _leak),
)
