"""Checks of questions: few choices, reasons that are given, nothing asked in vain."""

from collections.abc import Iterator

from bot.flows.card_checks import asks_language
from bot.flows.cards import Card
from bot.flows.conditions import step_named
from bot.flows.expressions import all_tests
from bot.flows.model import Choice, Flow, Kind, Name, Step, Text
from bot.flows.rules import Finding, Rule, conditions, facts_of
from bot.flows.spoken import Spoken, finding
from bot.locales.typed import folded

MOST_CHOICES = 5  # of a question with one answer; one more when it only leads on
MOST_OF_MANY = 10  # a list she reads through; docs/decisions/0019 says why
LONGEST_LABEL = 32  # characters in English, one row on a small phone
LONGEST_ELSEWHERE = 40
LONGEST_REASON = 160  # characters in English
LONGEST_REASON_ELSEWHERE = 213  # a third more, as for a card

# Who she would rather talk with. Asked of everyone, and never worked out from her language.
COMMUNITY = frozenset({"own_community", "other_community", "by_and_for"})


# ---- choices


def _too_many_choices(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        drawn = [choice for choice in step.choices if not choice.typed_only]
        most = MOST_OF_MANY
        if not step.many:
            most = MOST_CHOICES + any(_leads_on(flow, choice) for choice in drawn)
        if len(drawn) > most:
            sentence = f"step '{step.id}' has {len(drawn)} choices; write {most} at most"
            yield Finding(flow.path, step.mark, sentence)


def _leads_on(flow: Flow, choice: Choice) -> bool:
    """Whether a choice says nothing and only leads out of this flow."""
    target = flow.step(choice.next.text) if choice.next else None
    return not effects(choice) and target is not None and target.kind in {Kind.RETURN, Kind.END}


def effects(choice: Choice) -> tuple[Name, ...]:
    """Every need and tag that a choice names."""
    return (*choice.must, *choice.prefer, *choice.avoid, *choice.tags)


def _long_label(spoken: Spoken) -> Iterator[Finding]:
    for flow, text in _labels(spoken):
        for tongue in spoken.tongues:
            most = LONGEST_LABEL if tongue.english else LONGEST_ELSEWHERE
            size = len(tongue.of(text.text))
            if size > most:
                sentence = f"this label has {size} characters; a small phone shows {most}"
                yield finding(tongue, flow, text, sentence)


def _labels(spoken: Spoken) -> Iterator[tuple[Flow, Text]]:
    for flow in spoken.flows.by_id.values():
        for intent in flow.everywhere:
            yield flow, intent.label
    for flow, _, choice in spoken.choices():
        for text in (choice.label, choice.for_other):
            if text:
                yield flow, text


def _other_leads_nowhere(spoken: Spoken) -> Iterator[Finding]:
    pattern = spoken.english.patterns.get("elsewhere")
    for flow, step, choice in spoken.choices():
        if pattern and pattern.fullmatch(folded(choice.label.text)):
            after = spoken.after(flow, step, choice.id)
            if choice.next is None or not all(_leads_to_help(card) for card in after):
                sentence = (
                    f"'{choice.label.text}' must lead to a list or to somebody;"
                    " give it a 'next' that does"
                )
                yield Finding(flow.path, choice.mark, sentence)


def _leads_to_help(card: Card) -> bool:
    asked = card.asked.step if card.asked else None
    return card.shows_contacts or (asked is not None and asked.choices_from is not None)


def _conflict(spoken: Spoken) -> Iterator[Finding]:
    avoided: dict[str, list[tuple[Flow, Step, Choice]]] = {}
    for flow, step, choice in spoken.choices():
        for need in choice.avoid:
            avoided.setdefault(need.text, []).append((flow, step, choice))
    for flow, step, choice in spoken.choices():
        for need in choice.must:
            for there, other_step, other in avoided.get(need.text, ()):
                if _can_meet(step, choice, other_step, other, same=there is flow):
                    sentence = (
                        f"with choice '{other.id}' of '{there.id}.{other_step.id}' '{need.text}'"
                        " is both wanted and avoided; take one out"
                    )
                    yield Finding(flow.path, need.mark, sentence)


def _can_meet(step: Step, choice: Choice, other_step: Step, other: Choice, *, same: bool) -> bool:
    if not same or step is not other_step or choice is other:
        return True
    return step.many is not None and not (choice.alone or other.alone)


# ---- answers


def _only_by_typing(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        drawn = any(not choice.typed_only for choice in step.choices)
        if step.waits and not (drawn or step.choices_from):
            sentence = (
                f"step '{step.id}' can only be answered by typing; give it a choice to press"
            )
            yield Finding(flow.path, step.mark, sentence)


def _no_reason(spoken: Spoken) -> Iterator[Finding]:
    for flow, step in spoken.steps():
        if not step.sensitive:
            continue
        if not step.skippable:
            if not any(not effects(choice) for choice in step.choices):
                sentence = (
                    f"step '{step.id}' is sensitive and every answer tells something;"
                    " leave 'skip: never' out"
                )
                yield Finding(flow.path, step.mark, sentence)
        elif step.why is None:
            sentence = (
                f"step '{step.id}' is sensitive; say in 'why' what for, and that she can skip it"
            )
            yield Finding(flow.path, step.mark, sentence)
        else:
            yield from _bad_reason(spoken, flow, step, step.why)


def _bad_reason(spoken: Spoken, flow: Flow, step: Step, why: Text) -> Iterator[Finding]:
    for tongue in spoken.tongues:
        said = tongue.of(why.text)
        most = LONGEST_REASON if tongue.english else LONGEST_REASON_ELSEWHERE
        if len(said) > most:
            sentence = f"this reason has {len(said)} characters; say it in {most} at most"
            yield finding(tongue, flow, why, sentence)
        if said and not tongue.words.says("can-skip", said):
            sentence = f"the 'why' of '{step.id}' does not say that she can skip the question"
            yield finding(tongue, flow, why, sentence)


def _asked_in_vain(spoken: Spoken) -> Iterator[Finding]:
    read = {name for name, _, _ in _all_reads(spoken)}
    for flow, step in spoken.steps():
        own = step.kind is Kind.ASK and not (step.choices_from or step.parse)
        used = any(effects(choice) or choice.next for choice in step.choices)
        if own and not used and f"{flow.id}.{step.id}" not in read:
            sentence = f"nothing comes of an answer to '{step.id}'; use it, or do not ask"
            yield Finding(flow.path, step.mark, sentence)


def _all_reads(spoken: Spoken) -> Iterator[tuple[str, Flow, Name]]:
    """Every step that a condition reads: its full name, the flow that reads, the word that does."""
    for flow in spoken.flows.by_id.values():
        for condition in conditions(flow):
            for test in all_tests(condition, facts_of(flow)):
                name = test.step.text
                yield name if "." in name else f"{flow.id}.{name}", flow, test.step


def _from_her_language(spoken: Spoken) -> Iterator[Finding]:
    told: set[Finding] = set()
    for name, flow, word in _all_reads(spoken):
        step = step_named(spoken.flows, flow, name)
        if step and asks_language(step):
            sentence = f"nothing follows from her language; do not read '{word.text}'"
            told.add(Finding(flow.path, word.mark, sentence))
    for flow, step, choice in spoken.choices():
        wanted = COMMUNITY & {need.text for need in effects(choice)}
        if wanted and step.only_if:
            sentence = f"step '{step.id}' asks about her community, which every woman is asked"
            told.add(Finding(flow.path, step.mark, f"{sentence}; leave 'only_if' out"))
    yield from sorted(told, key=lambda one: (one.path, one.mark))


RULES: tuple[Rule[Spoken], ...] = (
    Rule(
        "too-many-choices",
        f"a question has more than {MOST_CHOICES} choices, or {MOST_OF_MANY} to choose several of",
        _too_many_choices,
    ),
    Rule(
        "long-label",
        f"a label has more than {LONGEST_LABEL} characters, or {LONGEST_ELSEWHERE} in a translation",
        _long_label,
    ),
    Rule(
        "other-leads-nowhere",
        "a choice for everything else leads to no list and to nobody",
        _other_leads_nowhere,
    ),
    Rule("conflict", "one need may be wanted and avoided together", _conflict, "warning"),
    Rule("only-by-typing", "a question has nothing to press", _only_by_typing),
    Rule("no-reason", "a sensitive question gives no reason, or no way past it", _no_reason),
    Rule("asked-in-vain", "nothing comes of an answer", _asked_in_vain),
    Rule(
        "from-her-language",
        "something follows from her language, or only some are asked about community",
        _from_her_language,
    ),
)
