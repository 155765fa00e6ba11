"""Checks of all flows together: every rule in one table, and the rules about names and choices."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from bot.flows import conditions, routes, texts
from bot.flows.model import Flow, Flows, Name, Step
from bot.flows.rules import Checked, Finding, Rule, run
from bot.flows.ways import all_edges
from bot.needs import Vocabulary
from bot.problems import Problem, did_you_mean

RESULTS = ("services", "helplines", "open_this_week")
SHOWS = ("script", "takeaway")


def check_flows(
    flows: Flows,
    vocabulary: Vocabulary,
    parsers: Collection[str],
    sources: Collection[str],
    contacts: Collection[str],
    slots: Collection[str],
) -> list[Problem]:
    """Every breach of every rule, sorted by place; empty when the flows can be talked with.

    `parsers`, `sources`, `contacts` (ids of directory entries) and `slots` (what may stand behind
    a `$` in a text) are the closed lists that flows name things of. While a jump or a call leads
    nowhere the ways are not looked at: every step behind it would seem to be unreachable.
    """
    checked = Checked(flows, vocabulary, parsers, sources, contacts, slots)
    found = run(_WORDS, checked)
    lost = any(problem.rule in {"unknown-step", "unknown-flow"} for problem in found)
    if flows.start in flows.by_id and not lost:
        found += run(routes.RULES, routes.Routed(checked, tuple(all_edges(flows))))
    return sorted(found)


# ---- names


def _unknown_step(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        known = [other.id for other in flow.steps]
        jumps = [step.next, step.empty, *(choice.next for choice in step.choices)]
        for name in jumps:
            if name and name.text not in known:
                near = did_you_mean(name.text, known)
                sentence = f"there is no step '{name.text}' in this flow{near}"
                yield Finding(flow.path, name.mark, sentence)


def _unknown_flow(checked: Checked) -> Iterator[Finding]:
    known = checked.flows.by_id
    calls = [(flow, step.call) for flow, step in checked.steps()]
    calls += [(flow, intent.call) for flow in known.values() for intent in flow.everywhere]
    for flow, name in calls:
        if name and name.text not in known:
            sentence = f"there is no flow '{name.text}'{did_you_mean(name.text, known)}"
            yield Finding(flow.path, name.mark, sentence)


Named = Callable[[Step], Iterable[Name | None]]


def _unknown(
    what: str, named: Named, known: Callable[[Checked], Collection[str]]
) -> Callable[[Checked], Iterator[Finding]]:
    """Finds breaches of the rule that the words `named` picks out of a step must stand in the closed list `known`."""

    def find(checked: Checked) -> Iterator[Finding]:
        allowed = known(checked)
        for flow, step in checked.steps():
            for name in named(step):
                if name and name.text not in allowed:
                    sentence = (
                        f"there is no {what} '{name.text}'{did_you_mean(name.text, allowed)}"
                    )
                    yield Finding(flow.path, name.mark, sentence)

    return find


def _needs(step: Step) -> Iterator[Name]:
    for choice in step.choices:
        yield from (*choice.must, *choice.prefer, *choice.avoid)


def _tags(step: Step) -> Iterator[Name]:
    return chain.from_iterable(choice.tags for choice in step.choices)


# ---- answers


def _no_retry(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        if step.parse and step.retry is None:
            sentence = f"step '{step.id}' reads typed text and has no 'retry'; say what to type"
            yield Finding(flow.path, step.parse.mark, sentence)


def _nothing_to_choose(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        # A question that can only be skipped is none, and a list of services has no skip.
        if step.waits and not (step.choices or step.choices_from or step.parse):
            sentence = f"nobody can answer step '{step.id}'; give it 'choices' or 'parse'"
            yield Finding(flow.path, step.mark, sentence)


def _bad_range(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        reason = _misfit(step)
        if step.many and reason:
            yield Finding(flow.path, step.many.mark, f"{reason}: nobody can answer this")


def _misfit(step: Step) -> str | None:
    if step.many is None:
        return None
    least, most = step.many.least, step.many.most
    if step.parse:
        return "typed text is one answer, not many"
    if least < 0 or (most is not None and most < 1):
        return "'min' is at least 0 and 'max' at least 1"
    if most is not None and most < least:
        return f"at most {most} but at least {least}"
    if not step.choices_from and least > len(step.choices):
        return f"at least {least} but there are {len(step.choices)} choices"
    return None


def _alone_on_single(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        for choice in step.choices if not step.many else ():
            if choice.alone:
                sentence = f"step '{step.id}' has one answer anyway; leave 'alone' out"
                yield Finding(flow.path, choice.mark, sentence)


def _open_on_open(checked: Checked) -> Iterator[Finding]:
    for flow, step in checked.steps():
        for choice in step.choices if not step.sensitive else ():
            if choice.open:
                sentence = f"step '{step.id}' is not sensitive; leave 'open' out"
                yield Finding(flow.path, choice.mark, sentence)


def _bad_was(checked: Checked) -> Iterator[Finding]:
    flows = checked.flows.by_id.values()
    live = {f"{flow.id}.{step.id}" for flow in flows for step in flow.steps}
    yield from _old_names(
        live,
        [
            (flow, f"{flow.id}.{step.id}", flow.full(old.text), old)
            for flow in flows
            for step in flow.steps
            for old in step.was
        ],
    )
    for flow in flows:
        for step in flow.steps:
            names = [(flow, one.id, old.text, old) for one in step.choices for old in one.was]
            yield from _old_names({choice.id for choice in step.choices}, names)


def _old_names(
    live: Collection[str], named: Iterable[tuple[Flow, str, str, Name]]
) -> Iterator[Finding]:
    """What is wrong with old names, each with its flow, the name of today and where it stands."""
    claimed = dict[str, str]()
    for flow, today, before, old in named:
        first = claimed.setdefault(before, today)
        if before in live:
            yield Finding(
                flow.path, old.mark, f"'{old.text}' still exists and cannot be an old name"
            )
        elif first != today:
            sentence = f"'{old.text}' is already the old name of '{first.rpartition('.')[2]}'"
            yield Finding(flow.path, old.mark, sentence)


# ---- safety


def _no_way_out(checked: Checked) -> Iterator[Finding]:
    start = checked.flows.by_id.get(checked.flows.start)
    if start is None:
        return
    # Without these two she could be held in a talk that somebody is about to see, or be left
    # without a number to ring.
    intents = {intent.id: intent for intent in start.everywhere}
    for id in ("leave", "urgent"):
        if id not in intents:
            sentence = f"'everywhere' has no '{id}'; every step must offer it"
            yield Finding(start.path, start.mark, sentence)
    leave, urgent = intents.get("leave"), intents.get("urgent")
    if leave and leave.end is None:
        yield Finding(start.path, leave.mark, "'leave' must end the talk; give it an 'end'")
    if urgent and urgent.call is None:
        yield Finding(start.path, urgent.mark, "'urgent' must 'call' the flow with urgent help")


# ---- the table


_NAMES: tuple[Rule[Checked], ...] = (
    Rule("unknown-step", "a jump leads to no step of its flow", _unknown_step),
    Rule("unknown-flow", "a call leads to no flow", _unknown_flow),
    Rule(
        "unknown-feature",
        "a choice asks for a need that the directory does not know",
        _unknown("need", _needs, lambda checked: checked.vocabulary.needs),
    ),
    Rule(
        "unknown-tag",
        "a choice carries a tag that nobody reads",
        _unknown("tag", _tags, lambda checked: checked.vocabulary.tags),
    ),
    Rule(
        "unknown-parser",
        "typed text is given to a parser that does not exist",
        _unknown("parser", lambda step: [step.parse], lambda checked: checked.parsers),
    ),
    Rule(
        "unknown-source",
        "choices come from a source that does not exist",
        _unknown("source", lambda step: [step.choices_from], lambda checked: checked.sources),
    ),
    Rule(
        "unknown-results",
        "a step looks up something that cannot be looked up",
        _unknown("kind of results", lambda step: [step.results], lambda _: RESULTS),
    ),
    Rule(
        "unknown-shows",
        "a step shows something that cannot be made from her answers",
        _unknown("thing to show", lambda step: [step.shows], lambda _: SHOWS),
    ),
    Rule(
        "unknown-contact",
        "a step shows the contacts of an entry that does not exist",
        _unknown(
            "active directory entry", lambda step: step.contacts, lambda checked: checked.contacts
        ),
    ),
    Rule("no-retry", "a step reads typed text and cannot say what went wrong", _no_retry),
    Rule("nothing-to-choose", "a question has no answer", _nothing_to_choose),
    Rule("bad-range", "'many' asks for what nobody can answer", _bad_range),
    Rule("alone-on-single", "'alone' stands where there is one answer anyway", _alone_on_single),
    Rule("open-on-open", "'open' stands where no question is sensitive", _open_on_open),
    Rule("bad-was", "an old name is in use, or has two owners", _bad_was),
    Rule("no-way-out", "'leave' or 'urgent' is missing or does something else", _no_way_out),
)

_WORDS = _NAMES + texts.RULES + conditions.RULES

RULES: Mapping[str, str] = {rule.id: rule.meaning for rule in _WORDS + routes.RULES}
