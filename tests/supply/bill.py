"""The bill of materials: what Linnet runs with, in CycloneDX form, `build/sbom.cdx.json`.

    python -m tests.supply.bill

writes it. The same commit gives the same bytes: no serial number, and the date of the commit or
of SOURCE_DATE_EPOCH. The form: CycloneDX 1.6 (ECMA-424).
"""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import distribution
from typing import Any

from tests.supply.licences import licence_of
from tests.supply.locked import OURSELVES, ROOT, Pin, applies, read_lock, runtime

BILL = ROOT / "build" / "sbom.cdx.json"
Json = dict[str, Any]


def bill(
    project: Mapping[str, Any], pins: Iterable[Pin], licences: Mapping[str, str], made: datetime
) -> Json:
    """The bill of a project and the pins it runs with.

    `project` has name, version, description and license as pyproject.toml; `licences` has the
    SPDX expression of each pin; `made` has a time zone.
    """
    listed = sorted(pins, key=lambda pin: pin.name)
    own = f"pkg:generic/{project['name']}@{project['version']}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "purl": own,
                "licenses": _licences(project["license"]),
            },
        },
        "components": [_component(pin, licences[pin.name]) for pin in listed],
        "dependencies": list(_dependencies(own, listed)),
    }


def _component(pin: Pin, licence: str) -> Json:
    """One package. Each hash is of one file of this version; an installation takes one of them."""
    return {
        "type": "library",
        "bom-ref": purl(pin),
        "name": pin.name,
        "version": pin.version,
        "purl": purl(pin),
        "licenses": _licences(licence),
        "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(pin.hashes)],
    }


def _licences(expression: str) -> list[Json]:
    """One licence by its id, several as an expression: the form has a place for each."""
    if " " in expression:
        return [{"expression": expression, "acknowledgement": "declared"}]
    return [{"license": {"id": expression, "acknowledgement": "declared"}}]


def _dependencies(own: str, pins: list[Pin]) -> Iterator[Json]:
    """What each asks for, ourselves first; what asks for nothing has an empty list."""
    askers = [(OURSELVES, own), *((pin.name, purl(pin)) for pin in pins)]
    for name, ref in askers:
        yield {"ref": ref, "dependsOn": [purl(pin) for pin in pins if name in pin.by]}


def purl(pin: Pin) -> str:
    """The package's address in no registry in particular; a "+" must be written otherwise."""
    return f"pkg:pypi/{pin.name}@{pin.version.replace('+', '%2B')}"


def installed() -> tuple[list[Pin], dict[str, str]]:
    """The pins that Linnet runs with on Linux, and the licence of each."""
    pins = read_lock()
    own = [pins[name] for name in sorted(runtime(pins)) if applies(pins[name])]
    return own, {pin.name: licence_of(distribution(pin.name), pin.name) for pin in own}


def dated(environ: Mapping[str, str]) -> datetime:
    """SOURCE_DATE_EPOCH where it is set, else the date of the commit."""
    seconds = environ.get("SOURCE_DATE_EPOCH") or subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607  # git where the machine has it
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return datetime.fromtimestamp(int(seconds), UTC)


def written(environ: Mapping[str, str]) -> str:
    """The text of the file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = bill(project, *installed(), dated(environ))
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(written(os.environ), encoding="utf-8")
