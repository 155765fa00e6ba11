"""The licence of an installed package, as an SPDX expression; nothing is guessed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution

# What we may use beside our own MIT licence. LGPL: the library stays a package of its own, which
# anybody may replace. MPL: the same, file by file. A licence that is not here needs a decision.
ALLOWED = frozenset({
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
})  # fmt: skip

# What the field "License" says where it is no SPDX expression, and names one licence only.
SAID = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
}

# The classifiers that name one licence in one version. "BSD License" and "Apache Software License"
# do not, so they are not here.
CLASSIFIED = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A licence read in the package's own file; `sum` is that of the text."""

    file: str
    sum: str
    licence: str


# Packages whose metadata names no licence exactly. When the text changes, it must be read again.
READ: Mapping[str, Reading] = {
    # the package is MIT, the axe.min.js in it MPL
    "axe-playwright-python": Reading(
        "licenses/LICENSE",
        "sha256:6a06a65cf27b3f66b5fcae2743f9a958fad69749e1fb4cbd3d09aa5ac33673ba",
        "MIT AND MPL-2.0",
    ),
    "defusedxml": Reading(
        "LICENSE",
        "sha256:b80ce9da8c42a1f91079627fbbe2bf27210ae108a0ffe5f077d5b08e076c24c8",
        "PSF-2.0",
    ),
    "detect-secrets": Reading(
        "LICENSE",
        "sha256:cd6e5b5e743ad29917fb1b13c81cbf9795a8959cb8b94df59ce2ef384642a455",
        "Apache-2.0",
    ),
    "jinja2": Reading(
        "licenses/LICENSE.txt",
        "sha256:3b49dcee4105eb37bac10faf1be260408fe85d252b8e9df2e0979fc1e094437b",
        "BSD-3-Clause",
    ),
    # the metadata has both and no more; the licences of what PDFium holds stand in the wheel
    "pypdfium2": Reading(
        "licenses/LICENSES/BSD-3-Clause.txt",
        "sha256:a6d11f0694c0137e9b02924b9d33a159f6c72f220fa4655bb2e1ea3654377d39",
        "BSD-3-Clause AND Apache-2.0",
    ),
    # version 3 of the License, or any later
    "python-bidi": Reading(
        "../bidi/__init__.py",
        "sha256:5e640da03b4f77c2f9bcfae45dedd067e74135c63887b6fdfb8d2ff7dd3bae82",
        "LGPL-3.0-or-later",
    ),
    # all code is under it; newer code also under Apache-2.0
    "python-dateutil": Reading(
        "LICENSE",
        "sha256:ba00f51a0d92823b5a1cde27d8b5b9d2321e67ed8da9bc163eff96d5e17e577e",
        "BSD-3-Clause",
    ),
    "segno": Reading(
        "licenses/LICENSE",
        "sha256:de6c85fccf5d52902aa13dfe2dc6d2a2a106fc3419ed438f3460f0d4b76a6935",
        "BSD-3-Clause",
    ),
    "trove-classifiers": Reading(
        "licenses/LICENSE",
        "sha256:c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4",
        "Apache-2.0",
    ),
}


class UnknownLicenceError(Exception):
    """A package that does not say its licence in a way that is read here."""


def licence_of(package: Distribution, name: str) -> str:
    """The SPDX expression of a package, whose `name` is that of the lock.

    Raises UnknownLicenceError when neither metadata nor a reading names one exactly.
    In this order: License-Expression, which PEP 639 makes SPDX; License, when it is made of allowed
    ids or a name of `SAID`; a classifier of `CLASSIFIED`; a reading that still fits.
    """
    (expression, *_), (said, *_) = (
        _said(package, key) for key in ("License-Expression", "License")
    )
    if expression:
        return expression
    if is_expression(said):
        return said
    if said in SAID:
        return SAID[said]
    lines = _said(package, "Classifier")
    classified = {CLASSIFIED[line] for line in lines if line in CLASSIFIED}
    if len(classified) == 1:
        return classified.pop()
    return _read(package, name)


def _said(package: Distribution, key: str) -> list[str]:
    """What the metadata has under a key, each as a text; one empty text where it has nothing."""
    return [str(line) for line in package.metadata.get_all(key) or [""]]


def _read(package: Distribution, name: str) -> str:
    reading = READ.get(name)
    text = package.read_text(reading.file) if reading else None
    if not reading or text is None:
        raise UnknownLicenceError(
            f"{name} does not say its licence; read its files, then add to READ"
        )
    if f"sha256:{hashlib.sha256(text.encode()).hexdigest()}" != reading.sum:
        raise UnknownLicenceError(f"{name} has another {reading.file}; read it again")
    return reading.licence


def is_expression(said: str) -> bool:
    """Whether it is made of allowed ids, AND and OR alone."""
    words = said.split(" ")
    return all(word in ALLOWED for word in words[::2]) and {*words[1::2]} <= {"AND", "OR"}


def is_allowed(expression: str) -> bool:
    """Whether every part that must be kept is allowed; of an OR one side is enough.

    AND binds more than OR, as in SPDX. Brackets are not read, and so are not allowed.
    """
    sides = expression.split(" OR ")
    return any(all(part in ALLOWED for part in side.split(" AND ")) for side in sides)
