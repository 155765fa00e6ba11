"""The list of texts that a clinician or a lawyer has still to review: `docs/review.md`.

    python -m tests.review_table

writes it. `docs/review.yaml` says for each step what it is about, who should review it and where
its facts come from; the texts themselves come from the flows, so that a changed text shows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import app
from bot.documents import Mapping as Block
from bot.documents import Scalar, read_file
from bot.fields import Fields
from bot.flows.model import Flows, Kind, Step, Text
from bot.problems import Problem, Report
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
SOURCE, TABLE = ROOT / "docs" / "review.yaml", ROOT / "docs" / "review.md"
REVIEWERS = {
    "clinician": "a clinician",
    "lawyer": "a lawyer",
    "safeguarding": "a safeguarding lead",
}
# What makes a text one of medicine, law or safeguarding. Wide on purpose: a listed text costs a
# line, and one that is not listed may never be looked at.
TOUCHES = re.compile(
    r"\b(?:999|111|A&E|doctor|midwife|medicine|pills?|diazepam|opioids?|heroin|naloxone|overdose"
    r"|fits?|pregnan\w+|script|prescri\w+|court|law|legal|lawyer|solicitor|police|probation"
    r"|licence|prison|benefits|rights?|record|children's services|social worker|taken away"
    r"|harmed|abuse|hurts?|stop all at once|sample)\b",
    re.IGNORECASE,
)
HEAD = """# Texts that wait for review

Made by `make docs` from `docs/review.yaml` and the flows; do not edit it here.

Nobody with a clinical or legal training has reviewed these texts.
Their facts come from the sources named beside them, in our own words.
Each one waits for the person named in the last column.

"""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole file: rows by step, steps that state nothing, and the pages of each source."""

    rows: Mapping[str, "Row"]
    listing: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One step: what it is about, whom it waits for, and the names of its sources."""

    step: str
    about: str
    reviewers: tuple[str, ...]
    sources: tuple[str, ...]


def read_review(path: Path = SOURCE) -> tuple[Review, list[Problem]]:
    """What `docs/review.yaml` says, and what is wrong with the file."""
    document, problems = read_file(path, "docs/review.yaml")
    if document.root is None:
        return Review({}, (), {}), problems
    report = Report(document.path, problems)
    fields = Fields(document.root, report, "the texts to review")
    fields.choice("schema", ("1",))
    named = fields.mapping("sources")
    steps = fields.mapping("steps")
    listing = tuple(scalar.text for scalar in fields.scalars("listing"))
    fields.done()
    sources = Fields(named, report, "the sources") if named else None
    return (
        Review(
            rows={key.text: _row(key.text, node, report) for key, node in _blocks(steps)},
            listing=listing,
            sources={
                key.text: tuple(scalar.text for scalar in sources.scalars(key.text))
                for key, _ in (named.entries if named and sources else ())
                if sources
            },
        ),
        problems,
    )


def _blocks(block: Block | None) -> Iterator[tuple[Scalar, Block]]:
    for key, node in block.entries if block else ():
        if isinstance(node, Block):
            yield key, node


def _row(step: str, block: Block, report: Report) -> Row:
    fields = Fields(block, report, f"step {step}")
    row = Row(
        step=step,
        about=fields.text("about") or "",
        reviewers=tuple(scalar.text for scalar in fields.scalars("review")),
        sources=tuple(scalar.text for scalar in fields.scalars("sources")),
    )
    fields.done()
    return row


def words_of(step: Step) -> tuple[str, ...]:
    """Every text of a step that she may read."""
    labels = (text for choice in step.choices for text in (choice.label, choice.for_other))
    own = (step.text, step.for_other, step.why, step.retry)
    return tuple(text.text for text in (*own, *labels) if text)


def touching(flows: Flows) -> Mapping[str, Step]:
    """The steps whose words touch medicine, law or safeguarding, by name (`flow.step`)."""
    return {
        f"{flow.id}.{step.id}": step
        for flow in flows.by_id.values()
        for step in flow.steps
        if any(TOUCHES.search(words) for words in words_of(step))
        or (step.text is not None and step.text.safety)
    }


def missing(review: Review, flows: Flows) -> Iterator[str]:
    """What is not listed, listed for nothing, or without a source; nothing when all is well."""
    there = {f"{flow.id}.{step.id}" for flow in flows.by_id.values() for step in flow.steps}
    for name in touching(flows):
        if name not in review.rows and name not in review.listing:
            yield f"{name} touches medicine, law or safeguarding; list it in docs/review.yaml"
    for name in (*review.rows, *review.listing):
        if name not in there:
            yield f"there is no step '{name}'"
    for name, row in review.rows.items():
        if not row.about or not row.sources or set(row.sources) - set(review.sources):
            yield f"{name} needs 'about', and 'sources' that stand above"
        if not row.reviewers or set(row.reviewers) - set(REVIEWERS):
            yield f"{name}: 'review' names {', '.join(REVIEWERS)}"
    for name in review.listing:
        if any(text.safety for text in _texts(flows, name)):
            yield f"{name} is marked 'safety', so it states something; give it a row"


def _texts(flows: Flows, name: str) -> Iterator[Text]:
    flow, _, id = name.partition(".")
    step = flows.by_id[flow].step(id) if flow in flows.by_id else None
    if step and step.text and step.kind is Kind.SAY:
        yield step.text


def table(review: Review, flows: Flows) -> str:
    """The whole file."""
    steps = {f"{flow.id}.{step.id}": step for flow in flows.by_id.values() for step in flow.steps}
    parts = [_part(row, steps[name], review.sources) for name, row in review.rows.items()]
    return HEAD + "\n".join(parts)


def _part(row: Row, step: Step, sources: Mapping[str, tuple[str, ...]]) -> str:
    words = "\n>\n".join(f"> {text}".replace("\n", "\n> ") for text in words_of(step))
    waits = " and ".join(REVIEWERS[each] for each in row.reviewers)
    read = "\n".join(f"- {name}: {page}" for name in row.sources for page in sources[name])
    return (
        f"## {row.step}: {row.about}\n\n{words}\n\nSources:\n\n{read}\n\n"
        f"**Awaiting review by {waits}.**\n"
    )


def shipped() -> tuple[Review, Flows]:
    """The rows and the flows that ship. Raises DataError when the data is broken."""
    return read_review()[0], app.read_data(app.folders(Settings())).flows


if __name__ == "__main__":
    TABLE.write_text(table(*shipped()), encoding="utf-8")
