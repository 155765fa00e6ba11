"""Small flows for tests, written as YAML where they are used."""

import textwrap
from collections.abc import Callable, Mapping, Sequence

from bot.conversation.engine import compile_flows
from bot.conversation.plan import Parser, Plan, Source
from bot.documents import read
from bot.flows.loader import load_flows
from bot.flows.model import Flows

EVERYWHERE = """
everywhere:
  back: {do: back, label: Back, words: back}
  skip: {do: skip, label: Next question, words: skip}
  urgent: {call: urgent, label: Urgent help, words: urgent | help}
  leave: {end: left, wipe: true, label: Leave, words: leave | stop}
  know: {call: know, label: Good to know, words: know}
"""

URGENT = """
flow: urgent
steps:
  now:
    ask: In danger now? Ring 999.
    choices: {more: {label: More, next: more}, on: Go on}
  on: {return: true}
  more: {say: More help.}
  back_to_now: {next: now}
"""

KNOW = """
flow: know
steps:
  menu:
    ask: What would you like to know?
    choices: {keeps: {label: Keeps, next: keeps}, on: {label: Go on, next: on}}
  keeps: {say: Nothing is kept., next: menu}
  on: {return: true}
"""


def flows_of(*texts: str) -> Flows:
    """The flows in `texts`; fails the test when one has a problem."""
    documents = []
    for text in texts:
        document, problems = read(textwrap.dedent(text).encode(), "flows/example.yaml")
        assert problems == []
        documents.append(document)
    flows, problems = load_flows(documents)
    assert problems == []
    return flows


def welcome(steps: str, facts: str = "") -> str:
    """The start flow with these steps and the words that work everywhere."""
    return f"flow: welcome\n{EVERYWHERE}\n{textwrap.dedent(facts)}\nsteps:\n" + textwrap.indent(
        textwrap.dedent(steps), "  "
    )


def plan_of(
    steps: str,
    *others: str,
    facts: str = "",
    sources: Mapping[str, Sequence[str]] | None = None,
    known: Sequence[str] = (),
    know: str = KNOW,
) -> Plan:
    """A compiled plan of one start flow, `urgent`, `know` and `others`.

    `sources` gives fixed choices by source name; `languages` fills the language, `services_near`
    what is hidden, others a council. `known` are places that may be hidden without being offered.
    The parser `capitals` reads any text of capitals.
    """
    flows = flows_of(welcome(steps, facts), URGENT, know, *others)
    made = {
        name: Source(lambda *_, ids=tuple(ids): ids, _fills(name), _knows(name, known))
        for name, ids in (sources or {}).items()
    }
    parser = Parser(lambda text: text if text.isupper() else None, "outcode")
    return compile_flows(flows, made, {"capitals": parser})


def _knows(source: str, ids: Sequence[str]) -> Callable[[str], bool]:
    """Only places that may be hidden are known when they are not offered."""
    return lambda value: source == "services_near" and value in ids


def _fills(source: str) -> str:
    return {"languages": "language", "services_near": "hidden"}.get(source, "council")
