"""Checks of what is hard to hear or to say: danger, dying, stopping, fear for children."""

from collections.abc import Iterator

from bot.flows.cards import ANSWER, EMPTY, SKIP, Card, Placed
from bot.flows.model import Choice, Flow, Kind, Step, Text
from bot.flows.reach import reachable
from bot.flows.rules import Finding, Rule
from bot.flows.spoken import Spoken, called_by, finding
from bot.flows.texts import texts_of_step
from bot.flows.ways import Way, landings, successors

DANGER = "danger"  # the tag of an answer that tells of danger
PREGNANCY = "pregnancy"  # the need of a woman who is pregnant
URGENT = "urgent"  # the word for everywhere that brings help

# ---- after danger is told


def _after_danger(spoken: Spoken) -> Iterator[tuple[Flow, Choice, Card]]:
    for flow, step, choice in spoken.choices():
        if any(tag.text == DANGER for tag in choice.tags):
            for card in spoken.after(flow, step, choice.id):
                yield flow, choice, card


def _danger_asks_first(spoken: Spoken) -> Iterator[Finding]:
    told: set[str] = set()
    for flow, choice, card in _after_danger(spoken):
        name = f"{flow.id}.{choice.label.path}"
        if card.asked and not card.shows_contacts and name not in told:
            told.add(name)
            sentence = (
                f"after choice '{choice.id}' she is asked '{card.asked.name}' with no number to"
                " ring; show 'contacts' first"
            )
            yield Finding(flow.path, choice.mark, sentence)


def _danger_ends(spoken: Spoken) -> Iterator[Finding]:
    told: set[str] = set()
    for flow, choice, card in _after_danger(spoken):
        name = f"{flow.id}.{choice.label.path}"
        if card.ends and name not in told:
            told.add(name)
            sentence = f"after choice '{choice.id}' the talk ends; let her go on"
            yield Finding(flow.path, choice.mark, sentence)
    for flow, step in _urgent_steps(spoken):
        if step.kind is Kind.END:
            sentence = "urgent help ends the talk here; write 'return', so that she can go on"
            yield Finding(flow.path, step.mark, sentence)


def _urgent_steps(spoken: Spoken) -> Iterator[tuple[Flow, Step]]:
    """The steps of urgent help and of what it calls."""
    called = called_by(spoken.flows, URGENT)
    graph = successors(spoken.edges, Way.MOVE, Way.OVER, Way.CALL)
    entered = [flow for id, flow in spoken.flows.by_id.items() if id in called]
    first = [name for flow in entered for name, *_ in landings(flow, 0)]
    found = reachable(graph, first)
    for flow, step in spoken.steps():
        if f"{flow.id}.{step.id}" in found:
            yield flow, step


def _no_line_for_life(spoken: Spoken) -> Iterator[Finding]:
    for flow, step, choice in spoken.choices():
        if not spoken.english.find("life", choice.label.text):
            continue
        for card in spoken.after(flow, step, choice.id):
            named = {name.text for one in card.steps for name in one.step.contacts}
            if named.isdisjoint(spoken.day_and_night):
                sentence = (
                    f"after choice '{choice.id}' no line stands that a person answers day and"
                    " night; give one in 'contacts'"
                )
                yield Finding(flow.path, choice.mark, sentence)
                break


# ---- what hurts to read


def _unannounced(spoken: Spoken) -> Iterator[Finding]:
    found: dict[Finding, None] = {}
    for card in spoken.cards:
        for one, text in card.texts():
            words = spoken.english.find("warned", text.text)
            if words and not _chosen(card):
                sentence = (
                    f"'{words}' is hard to read and nobody chose to; lead to step"
                    f" '{one.step.id}' only from a choice beside others"
                )
                found[Finding(one.flow.path, text.mark, sentence)] = None
    yield from found
    for flow, step, choice in spoken.choices():
        words = spoken.english.find("warned", choice.label.text)
        if words and not step.sensitive:
            sentence = f"'{words}' is hard to read; step '{step.id}' must be 'sensitive: true'"
            yield Finding(flow.path, choice.mark, sentence)


def _chosen(card: Card) -> bool:
    """Whether she came to a card by choosing it among others, or by a word for everywhere."""
    if card.source is None:
        return card.way != "start"
    if card.way in {ANSWER, SKIP, EMPTY}:
        return False
    choice = card.choice
    return choice is not None and choice.next is not None and len(card.source.step.choices) > 1


def _threat(spoken: Spoken) -> Iterator[Finding]:
    reached = _came_by_choice(spoken)
    for flow, step in spoken.steps():
        explains = bool(step.text and step.text.safety) and f"{flow.id}.{step.id}" in reached
        for text in texts_of_step(step) if not explains else ():
            for tongue in spoken.tongues:
                words = tongue.words.find("threat", tongue.of(text.text))
                if words:
                    sentence = (
                        f"'{words}' frightens; say it only where it is explained: a step with"
                        " 'safety: true' that she chose"
                    )
                    yield finding(tongue, flow, text, sentence)


def _came_by_choice(spoken: Spoken) -> set[str]:
    """The steps that stand only on cards she chose."""
    chosen: set[str] = set()
    unasked: set[str] = set()
    for card in spoken.cards:
        (chosen if _chosen(card) else unasked).update(one.name for one in card.steps)
    return chosen - unasked


# ---- stopping


def _no_withdrawal_warning(spoken: Spoken) -> Iterator[Finding]:
    for flow, step, choice in spoken.choices():
        if not (_about_stopping(spoken, choice) or _about_pregnancy(choice)):
            continue
        for card in spoken.after(flow, step, choice.id):
            texts = [text for _, text in card.texts()]
            if not any(spoken.english.says("do-not-stop", text.text) for text in texts):
                sentence = (
                    f"choice '{choice.id}' is about stopping, every day or pregnancy; the next"
                    " card must say not to stop all at once"
                )
                yield Finding(flow.path, choice.mark, sentence)
                break
    yield from _unwarned_advice(spoken)
    yield from _unwarned_translation(spoken)


def _about_stopping(spoken: Spoken, choice: Choice) -> bool:
    label = choice.label.text
    told = spoken.english.find("negations", label)
    return spoken.english.find("stopping", label) is not None and not told


def _about_pregnancy(choice: Choice) -> bool:
    """Whether she asks for help in pregnancy: to stop at once can harm her and the baby."""
    return any(name.text == PREGNANCY for name in (*choice.must, *choice.prefer))


def _unwarned_advice(spoken: Spoken) -> Iterator[Finding]:
    found: dict[Finding, None] = {}
    for card in spoken.cards:
        texts: list[tuple[Placed, Text]] = list(card.texts())
        warned = any(spoken.english.says("do-not-stop", text.text) for _, text in texts)
        for one, text in texts if not warned else ():
            words = spoken.english.find("cutting-down", text.text)
            if words:
                sentence = f"'{words}' stands on a card that does not say: do not stop all at once"
                found[Finding(one.flow.path, text.mark, sentence)] = None
    yield from found


def _unwarned_translation(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        for text in filter(None, (step.text, step.for_other, step.why)):
            if spoken.english.find("do-not-stop", text.text):
                for tongue in spoken.tongues[1:]:
                    said = tongue.of(text.text)
                    if said and not tongue.words.says("do-not-stop", said):
                        sentence = "the warning not to stop all at once is not in the translation"
                        yield finding(tongue, flow, text, sentence)


RULES: tuple[Rule[Spoken], ...] = (
    Rule(
        "danger-asks-first",
        "an answer that tells of danger leads to a question before any number",
        _danger_asks_first,
    ),
    Rule("danger-ends", "danger, or urgent help, ends the talk", _danger_ends),
    Rule(
        "no-line-for-life",
        "an answer about ending her life leads to no line that answers day and night",
        _no_line_for_life,
    ),
    Rule("unannounced", "what is hard to read comes without her choosing it", _unannounced),
    Rule("threat", "a word that frightens mothers stands outside its explanation", _threat),
    Rule(
        "no-withdrawal-warning",
        "an answer about stopping, every day or pregnancy leads to no warning",
        _no_withdrawal_warning,
    ),
)
