"""Everything that is installed is pinned and hashed, and nothing comes unseen."""

import re
import subprocess
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply.locked import LOCK, ROOT, LockError, applies, for_cards, read_lock, runtime

LOCKS = (LOCK, ROOT / "benchmarks" / "requirements.lock")
# What there is (32), and redis with hiredis for several machines. The aim is lower, and
# docs/licences.md says how far off it is. This may only ever fall.
AT_MOST = 34
REGISTRIES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg|conda|crates)\.(?:org|com|net|io)"
    r"|index-url|find-links|extra-index|//registry\.|/simple\b",
    re.IGNORECASE,
)
# Three files look for such an address, and the Makefile keeps it out of the lock by an option.
SPEAKS_OF_ONE = {
    "tests/test_house.py",
    "tests/test_deploy.py",
    "tests/supply/test_locked.py",
    "Makefile",
}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_threat_16_every_package_of_a_lock_is_pinned_with_hashes(lock):
    pins = read_lock(lock)
    assert pins
    assert all(pin.hashes and pin.by for pin in pins.values())


BROKEN = {
    "no hash": "six==1.17.0 \\\n    # via transitions\n",
    "no pin: six>=1": "six>=1 \\\n    --hash=sha256:" + "0" * 64 + "\n",
    "no pin: six @": "six @ https://example.org/six.whl \\\n",
    "no pin: --index-url": "--index-url https://example.org\n",
    "no pin: -e": "-e .\n",
    "neither a hash": "six==1.17.0 \\\n    --hash=md5:" + "0" * 32 + "\n",
    "in the middle": "    --hash=sha256:" + "0" * 64 + "\nsix==1.17.0 \\\n",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_line_without_a_hash_is_refused(tmp_path, fault):
    (tmp_path / "requirements.lock").write_text(BROKEN[fault], encoding="utf-8")
    with pytest.raises(LockError, match=fault):
        read_lock(tmp_path / "requirements.lock")


def test_no_file_names_a_registry():
    """Where packages come from is for whoever installs to say, and to vouch for."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    named = {
        name
        for name in listed
        if (ROOT / name).is_file()
        and REGISTRIES.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    }
    assert named <= SPEAKS_OF_ONE


def test_what_is_installed_is_what_is_locked():
    pins = read_lock()
    for name, pin in pins.items():
        if applies(pin):
            assert distribution(name).version == pin.version, name


def test_the_packages_themselves_ask_for_nothing_else():
    """The lock says who asked for what; the installed packages say the same."""
    pins = read_lock()
    own = runtime(pins)
    for name in (name for name in own if applies(pins[name])):
        for line in distribution(name).requires or ():
            asked = Requirement(line)
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                assert canonicalize_name(asked.name) in own, f"{name} asks for {asked}"


def test_the_program_runs_with_few_packages():
    """Each is somebody who could put a program of their own beside her words."""
    pins = read_lock()
    assert sum(applies(pins[name]) for name in runtime(pins)) <= AT_MOST


def test_what_is_for_developing_only_is_not_counted():
    pins = read_lock()
    own = runtime(pins)
    assert {"aiohttp", "multidict", "cffi", "six"} <= own
    assert not own & {"pytest", "bandit", "detect-secrets", "requests", "mypy"}


def test_what_only_the_cards_need_is_counted_apart():
    pins = read_lock()
    assert for_cards(pins) == {"segno", "uharfbuzz"}
    assert not for_cards(pins) & runtime(pins)


def test_leaving_one_out_leaves_out_what_only_it_needs():
    pins = read_lock()
    assert runtime(pins) - runtime(pins, without="holidays") == {"holidays", "python-dateutil"}
