"""A token in a file is found, wherever it stands, and what is known hides nothing else."""

import subprocess
import sys

import pytest

from tests.supply.locked import ROOT
from tests.supply.secret_scan import Known, read_known, scan, secrets_in

# In pieces, because this file is looked at as well. It has the shape of a token and opens nothing.
REST = "AAHq7Zt0Vw3_" + "Rk9-mXc5LbNd" + "2SgJfYpEuTi"
TOKEN = "8123456789" + ":" + REST
OTHER = "8123456780" + ":" + REST
PLACES = {
    "deploy/linnet.env": "LINNET_TELEGRAM_TOKEN=$\n",
    "docs/running.md": "Start it with `LINNET_TELEGRAM_TOKEN=$ linnet serve`.\n",
    "bot/settings.py": 'DEFAULT = "$"  # noqa: S105  # pragma: allowlist secret  # nosec\n',
    "directory/services/one.yaml": "schema: 1\nchecked: 2026-02-31\nnote: $\n",
    "tests/answer.json": '{"url": "https://api.example.org/bot$/getMe"}\n',
    "notes": "ring $ back\n",
}


@pytest.fixture
def repository(tmp_path):
    """A folder of git's, with a file or two to write."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607

    def write(file, text):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def kinds(file, text):
    return {found.kind for found in secrets_in(file, text)}


def the_sum(file, text):
    return next(found.sum for found in secrets_in(file, text) if "Telegram" in found.kind)


@pytest.mark.parametrize("file", PLACES)
def test_a_telegram_token_is_found_wherever_it_stands(repository, file):
    root = repository(file, PLACES[file].replace("$", TOKEN))
    assert any("Telegram Bot Token" in line for line in scan(root, ()))


def test_a_complaint_does_not_repeat_the_token(repository):
    root = repository("one.env", TOKEN)
    assert not any(TOKEN[:10] in line or TOKEN[11:] in line for line in scan(root, ()))


def test_a_token_among_bytes_that_are_no_text_is_found(repository):
    root = repository("sound.opus", "")
    (root / "sound.opus").write_bytes(b"\xff\xfe\x00" + TOKEN.encode() + b"\xff")
    assert any("Telegram Bot Token" in line for line in scan(root, ()))


def test_a_private_key_is_found():
    assert kinds("key.pem", "-----BEGIN " + "PRIVATE KEY-----\n") == {"Private Key"}


def test_a_root_of_keys_in_letters_is_found():
    assert kinds("a.py", 'ROOT = "' + "9f3b07" + "c1d2a8" + "e64558" + '"') == {
        "Hex High Entropy String"
    }


def test_a_known_finding_hides_no_other_in_its_file(repository):
    root = repository("one.env", f"A={TOKEN}\nB={OTHER}\n")
    known = [Known("one.env", found.sum, "made up") for found in secrets_in("one.env", TOKEN)]
    left = scan(root, known)
    assert any(line.startswith("one.env:2: Telegram") for line in left)
    assert not any(line.startswith("one.env:1:") for line in left)


def test_a_known_finding_hides_nothing_in_another_file(repository):
    root = repository("two.env", TOKEN)
    known = [Known("one.env", the_sum("one.env", TOKEN), "made up")]
    assert any(line.startswith("two.env:1: Telegram") for line in scan(root, known))


def test_a_known_finding_that_is_gone_must_leave_the_list(repository):
    root = repository("one.env", "nothing")
    assert scan(root, [Known("one.env", "0" * 64, "made up")]) == [
        f"known-secrets.yaml: {'0' * 64} is not in one.env any more"
    ]


def test_the_sum_of_a_public_file_is_no_secret_and_a_token_beside_it_is():
    pinned = "    --hash=sha256:" + "0656" * 16
    assert kinds("requirements.lock", pinned) == set()
    assert "Telegram Bot Token" in kinds("requirements.lock", f"{pinned}  # {TOKEN}")


def test_every_known_finding_has_a_reason_and_its_file():
    known, problems = read_known()
    assert problems == []
    assert known
    for each in known:
        assert len(each.why.split()) >= 3, each
        assert (ROOT / each.file).is_file(), each


def test_no_detector_asks_a_service_about_what_it_found():
    """The tool's own command sends a token it found to Telegram; ours has no way to."""
    program = f"""
import sys
def heard(event, arguments):
    if event in {{"socket.connect", "socket.getaddrinfo", "socket.sendto"}}:
        raise SystemExit("it calls somebody")
sys.addaudithook(heard)
from tests.supply.secret_scan import secrets_in
print(len(list(secrets_in("a.env", "{TOKEN}"))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 1
