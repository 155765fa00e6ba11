"""Exposition: families of numbers as the text that Prometheus reads, format 0.0.4.

A module of our own, because the library for it brings collectors that tell more than we mean to,
and this is all of the format that is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sample:
    """One number. `suffix` follows the name of the family, as `_bucket` does."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Numbers of one name and kind: `counter`, `gauge` or `histogram`. `help` is one line."""

    name: str
    kind: str
    help: str
    samples: Sequence[Sample]


def write(families: Iterable[Family]) -> str:
    """The text, with a line break at its end; empty without families."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"
    for sample in family.samples:
        labels = ",".join(f'{name}="{_quoted(value)}"' for name, value in sample.labels.items())
        shown = f"{{{labels}}}" if labels else ""
        yield f"{family.name}{sample.suffix}{shown} {number(sample.value)}"


def number(value: float) -> str:
    """A number without a needless end: `3`, `0.25`, `+Inf`."""
    if value == float("inf"):
        return "+Inf"
    return str(int(value)) if value == int(value) else repr(float(value))


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
