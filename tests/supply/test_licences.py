"""Every package is under a licence we may use, and no licence is guessed."""

from importlib.metadata import PathDistribution, distribution

import pytest
from license_expression import get_spdx_licensing

from tests.supply.licences import (
    ALLOWED,
    CLASSIFIED,
    READ,
    SAID,
    UnknownLicenceError,
    is_allowed,
    licence_of,
)
from tests.supply.locked import applies, read_lock

INSTALLED = tuple(name for name, pin in read_lock().items() if applies(pin))


@pytest.fixture
def package(tmp_path):
    """A package that says of itself what it is given."""
    folder = tmp_path / "it-1.dist-info"
    folder.mkdir()

    def says(*lines):
        head = ("Metadata-Version: 2.4", "Name: it", "Version: 1")
        (folder / "METADATA").write_text("\n".join((*head, *lines, "", "")), encoding="utf-8")
        return PathDistribution(folder)

    return says


@pytest.mark.parametrize("name", INSTALLED)
def test_every_package_is_under_a_licence_we_may_use(name):
    assert is_allowed(licence_of(distribution(name), name))


def test_every_licence_is_one_that_spdx_knows():
    named = {
        *ALLOWED,
        *SAID.values(),
        *CLASSIFIED.values(),
        *(each.licence for each in READ.values()),
    }
    for expression in named | {licence_of(distribution(name), name) for name in INSTALLED}:
        assert get_spdx_licensing().validate(expression).errors == [], expression


SAYS = {
    "License-Expression: Apache-2.0 AND MIT": "Apache-2.0 AND MIT",
    "License: MIT OR Apache-2.0": "MIT OR Apache-2.0",
    "License: Apache 2.0": "Apache-2.0",
    "Classifier: License :: OSI Approved :: MIT License": "MIT",
}


@pytest.mark.parametrize("line", SAYS)
def test_what_a_package_says_of_itself_is_taken(package, line):
    assert licence_of(package(line), "it") == SAYS[line]


@pytest.mark.parametrize(
    "line",
    [
        "License: BSD",
        "License: UNKNOWN",
        "License: MIT with something",
        "License: Dual License",
        "Classifier: License :: OSI Approved :: BSD License",
        "Classifier: License :: OSI Approved :: Apache Software License",
        "Summary: nothing about it",
    ],
)
def test_what_names_no_one_licence_is_not_guessed(package, line):
    with pytest.raises(UnknownLicenceError):
        licence_of(package(line), "it")


def test_two_classifiers_do_not_say_whether_both_hold(package):
    both = (f"Classifier: {line}" for line in CLASSIFIED)
    with pytest.raises(UnknownLicenceError):
        licence_of(package(*both), "it")


def test_a_licence_that_was_read_must_be_read_again_when_its_text_changes(package):
    it = package()
    folder = it.locate_file("it-1.dist-info/licenses")
    folder.mkdir()
    (folder / "LICENSE.txt").write_text("Do as you like.", encoding="utf-8")
    with pytest.raises(UnknownLicenceError, match="read it again"):
        licence_of(it, "jinja2")


@pytest.mark.parametrize("name", READ)
def test_only_what_does_not_say_its_licence_is_read(name):
    it = distribution(name)
    with pytest.raises(UnknownLicenceError):
        licence_of(it, "another name")


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT AND Apache-2.0", True),
        ("AGPL-3.0-only OR MIT AND GPL-2.0-only", False),
        ("(MIT)", False),
        ("", False),
    ],
)
def test_of_an_or_one_side_is_enough_and_of_an_and_none_may_fail(expression, may):
    assert is_allowed(expression) is may
