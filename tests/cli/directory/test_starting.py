"""`linnet directory new`: through a pipe, one line an answer; nothing is left half done."""

import signal
import sys

import pytest

from tests.cli.running import linnet, screen

ANSWERS = [
    *("Test Hub", "support", "A quiet place to talk.", "Dudley", "0121 303 0000"),
    *("Mo-Fr 09:00-17:00", "women", "no", "", "", "guaranteed", "evening", "", "yes", ""),
]  # fmt: skip


def new(folder, *arguments, **changed):
    answers = list(ANSWERS)
    for number, answer in changed.items():
        answers[int(number[1:]) - 1] = answer
    env = {"LINNET_DATA": str(folder)} if folder else {}
    typed = "\n".join(answers).encode(errors="surrogateescape") + b"\n"
    return linnet("directory", "new", *arguments, typed=typed, env=env)


def written(folder):
    return folder / "directory" / "services" / "dudley" / "test-hub.yaml"


def test_the_draft_is_written_and_passes_the_check(own_data):
    done = new(own_data)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    text = written(own_data).read_text(encoding="utf-8")
    assert "status: draft" in text
    assert "  female: guaranteed" in text
    assert "  # male: guaranteed | on_request | no" in text
    checked = linnet("check", env={"LINNET_DATA": str(own_data)})
    assert checked.returncode == 0, checked.stdout
    again = new(own_data)
    assert again.returncode == 2
    assert b"there is an entry 'test-hub' already" in again.stderr
    assert written(own_data).read_text(encoding="utf-8") == text


def test_without_a_folder_of_ones_own_it_writes_only_where_told(tmp_path):
    refused = new(None)
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"linnet: set LINNET_DATA to a folder of your own")
    piped = new(None, "--out", "-")
    assert piped.returncode == 0
    assert b"\nid: test-hub\n" in piped.stdout
    file = tmp_path / "x.yaml"
    assert new(None, "--out", str(file)).returncode == 0
    assert file.read_bytes() == piped.stdout
    assert new(None, "--out", str(file)).returncode == 2
    assert file.read_bytes() == piped.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"q1": ""}, "this one is needed"),
        ({"q1": "خواتین"}, "with --id"),
        ({"q4": "Paris"}, "not a council that we know"),
        ({"q5": "0121 496 0000"}, "made-up number"),
        ({"q6": "9 to 5"}, "nothing was written"),
        ({"q3": "\udcff\udcfe"}, "no readable text"),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_line_and_writes_nothing(own_data, changed, said):
    done = new(own_data, **changed)
    assert done.returncode == 2
    told = done.stderr.decode()
    assert told.count("\n") == 1
    assert said in told
    assert not written(own_data).exists()


def test_an_input_that_ends_early_leaves_the_rest_unknown(own_data):
    env = {"LINNET_DATA": str(own_data)}
    done = linnet("directory", "new", typed=b"Test Hub\n\n\nDudley", env=env)
    assert done.returncode == 0, done.stderr
    assert "contact: []" in written(own_data).read_text(encoding="utf-8")
    assert linnet("check", env=env).returncode == 0
    assert linnet("directory", "preview", "test-hub", env=env).returncode == 0


def test_at_a_screen_it_asks_again_and_ctrl_c_leaves_nothing_behind(own_data):
    before = sorted(own_data.rglob("*"))
    command = (sys.executable, "-m", "bot", "directory", "new")
    with screen(command, {"LINNET_DATA": str(own_data)}) as person:
        assert person.wait_for(b"What is the service called?")
        person.type("Test Hub")
        assert person.wait_for(b"2/15")
        person.type("suport")
        assert person.wait_for(b"did you mean 'support'?")
        person.chat.send_signal(signal.SIGINT)
        assert person.end() == 0
        assert b"Traceback" not in person.seen
    assert sorted(own_data.rglob("*")) == before
