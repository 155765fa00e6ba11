"""What a lock pins: each package with its version, hashes, and what asked for it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
OURSELVES = "linnet (pyproject.toml)"
PIN = re.compile(
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[A-Za-z0-9.!+]+)"
    r"(?: ; (?P<marker>[^\\]+))? \\"
)
HASH = re.compile(r"    --hash=sha256:(?P<hash>[0-9a-f]{64})(?P<more> \\)?")
ASKED = re.compile(r"    #(?: via|  )(?: (?P<by>\S.*))?")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package. `hashes` are SHA-256 in hex; `by` names what asked for it, ourselves too."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    by: tuple[str, ...]


class LockError(Exception):
    """A lock that is not what pip would hold to hashes."""


def read_lock(path: Path = LOCK) -> Mapping[str, Pin]:
    """The pins by name. Raises LockError with the line of anything that is not a hashed pin.

    Harm prevented: a line without a hash would let whoever sits between a machine and its
    registry put a program of their own beside her words.
    """
    pins = (_pin(block) for block in _blocks(path.read_text(encoding="utf-8").splitlines()))
    return {pin.name: pin for pin in pins}


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each package: its pin, then what is indented."""
    starts = [at for at, line in enumerate(lines) if not line.startswith(" ")]
    if lines and starts[:1] != [0]:
        raise LockError("the lock begins in the middle of a package")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:end]


def _pin(block: list[str]) -> Pin:
    first = PIN.fullmatch(block[0])
    if not first:
        raise LockError(f"no pin: {block[0]}")
    hashes, by = [], []
    for line in block[1:]:
        if found := HASH.fullmatch(line):
            hashes.append(found["hash"])
        elif found := ASKED.fullmatch(line):
            by.extend([found["by"]] if found["by"] else [])
        else:
            raise LockError(f"neither a hash nor a reason: {line}")
    if not hashes:
        raise LockError(f"no hash: {block[0]}")
    return Pin(first["name"], first["version"], first["marker"] or "", tuple(hashes), tuple(by))


def runtime(pins: Mapping[str, Pin], without: str = "") -> frozenset[str]:
    """The names that the program itself needs, and what those need, and so on.

    A package that only an extra of another asks for counts as well: too many is the safe side. What
    only an extra of ours asks for does not: who installs Linnet does not get it. `without` leaves
    out one package and all that nothing else asks for.
    """
    return _with_needs(pins, _names(_project()["dependencies"]), without)


def for_cards(pins: Mapping[str, Pin]) -> frozenset[str]:
    """The names that `linnet[kit]` brings, beside those that the program needs anyhow."""
    roots = _names(_project()["optional-dependencies"]["kit"])
    return _with_needs(pins, roots) - runtime(pins)


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return found


def _names(asked: Iterable[str]) -> frozenset[str]:
    return frozenset(canonicalize_name(Requirement(line).name) for line in asked)


def _with_needs(
    pins: Mapping[str, Pin], roots: frozenset[str], without: str = ""
) -> frozenset[str]:
    kept = {name: {*pin.by} for name, pin in pins.items() if name != without}
    found: frozenset[str] = frozenset()
    while True:
        more = frozenset(name for name, by in kept.items() if name in roots or by & found)
        if more == found:
            return found
        found = more


def applies(pin: Pin) -> bool:
    """Whether it is installed on Linux with CPython 3.11, where Linnet is tested.

    The environment is fixed, so that the lists come out the same on every machine.
    """
    here = {key: str(value) for key, value in default_environment().items()}
    tested = {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": "3.11.7",
        "python_version": "3.11",
        "sys_platform": "linux",
    }
    return not pin.marker or Marker(pin.marker).evaluate({**here, **tested})
