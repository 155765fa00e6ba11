"""The commands of the workshop, run as people run them: paths, play, and a chat that is recorded."""

import signal
import stat
import sys
from dataclasses import replace

import pytest

from bot.cli.walking import Report, told
from bot.problems import Problem
from bot.workshop.lengths import ENDLESS, Lengths
from bot.workshop.promises import PROMISES
from bot.workshop.supply import Supply
from bot.workshop.survey import Survey
from tests.cli.running import ROOT, linnet, screen

PLAYS = "tests/plays"


@pytest.fixture(scope="module")
def walked():
    return linnet("paths")


# ---- paths


def test_every_path_of_the_shipped_flows_is_walked(walked):
    said = walked.stdout.decode()
    assert walked.returncode == 0, said
    assert walked.stderr == b""
    for line in ("0 steps never come to, 0 choices never made", "the first list: after"):
        assert line in said
    assert "bounded" not in said
    assert "0 texts without words in: en, pa, ur, pl, ro, bn," in said


def test_the_share_of_empty_lists_is_told_for_each_council(walked):
    said = walked.stdout.decode()
    assert "\n  walsall: 0 of " in said
    assert said.count(" %)") >= 28


def report(**changes):
    found = Report(Survey(), 0, 0, Lengths(0, 3, 9), {}, ["en"], [], 1.0)
    return "\n".join(told(replace(found, **changes)))


def test_a_report_says_what_has_no_end_what_is_missing_and_where_it_was_cut():
    assert "after any number of answers at most" in report(lengths=Lengths(0, ENDLESS, 1))
    assert "no way comes to a list of services" in report(lengths=Lengths(None, None, 0))
    assert "bounded at 5 steps: not everything" in report(
        survey=Survey(bounded="bounded at 5 steps")
    )
    assert "walsall: 0 of 0 (0 %), 0 of 0 (0 %)" in report(supply={"walsall": Supply(0, 0)})


def test_a_report_counts_what_is_wrong():
    problems = [
        Problem("flows/a.yaml", 1, 1, "error", "x", rule)
        for rule in ("never-reached", "never-chosen", "never-chosen", "fault", "unsaid")
    ]
    said = report(problems=problems)
    assert "1 steps never come to, 2 choices never made" in said
    assert f"{len(PROMISES) - 1} of {len(PROMISES)} promises kept" in said
    assert "1 texts without words in: en" in said


def test_what_cannot_be_come_to_is_named_with_its_place_and_the_exit_is_1(own_data):
    """What is answered in an interrupt is not kept, so nothing there can ever rest on it."""
    flow = own_data / "flows" / "language.yaml"
    dead = '  told: {say: "So it is.", only_if: choose is known}\n  on: {return: true}\n'
    flow.write_text(flow.read_text().replace("  on: {return: true}\n", dead))
    done = linnet("paths", env={"LINNET_DATA": str(own_data)})
    said = done.stdout.decode()
    assert done.returncode == 1
    line = flow.read_text().splitlines().index(dead.splitlines()[0]) + 1
    assert f"flows/language.yaml:{line}:3: error: step 'language.told' was never come to" in said
    assert "by 'answer' to 'language.told' was never taken" in said
    assert "1 steps never come to" in said


def test_every_set_of_choices_can_be_tried_in_one_language():
    done = linnet("paths", "--full", "--lang", "pl")
    assert done.returncode == 0
    assert "0 texts without words in: pl" in done.stdout.decode()


def test_paths_in_an_unknown_language_is_exit_2():
    done = linnet("paths", "--lang", "xx")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "there is no language 'xx'; choose one of: en" in done.stderr.decode()


def test_paths_of_flows_with_mistakes_are_not_walked(own_data):
    flow = own_data / "flows" / "about.yaml"
    flow.write_text(flow.read_text().replace("return: true", "next: nowhere"))
    done = linnet("paths", env={"LINNET_DATA": str(own_data)})
    assert done.returncode == 1
    assert "there is no step 'nowhere'" in done.stderr.decode()


# ---- play


def test_the_shipped_scripts_are_played():
    done = linnet("play", PLAYS)
    assert (done.returncode, done.stderr) == (0, b"")
    count = len(list((ROOT / PLAYS).glob("*.yaml")))
    assert done.stdout.decode() == f"{count} scripts, {count} as written\n"


def test_what_no_script_took_is_named_with_its_place():
    path = f"{PLAYS}/danger_at_the_first_question.yaml"
    said = linnet("play", path, "--coverage").stdout.decode().splitlines()
    left = [line for line in said if line.startswith("flows/")]
    assert said[-1] == f"{len(left)} steps and choices that no script took"
    assert any(line.endswith(": triage.first") for line in left)
    assert any(line.endswith(": urgent.now, life") for line in left)
    assert not any(line.endswith(": urgent.now, abuse") for line in left)


def test_mistakes_are_named_with_file_line_and_column_and_the_exit_is_1(tmp_path):
    script = tmp_path / "a.yaml"
    script.write_text("play: X\ngiven:\n  wellcome.safe: yes\n  welcome.safe: yse\n")
    done = linnet("play", str(script), f"{PLAYS}/skip_everything.yaml")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        f"{script}:3:3: error: there is no step 'wellcome.safe'; did you mean 'welcome.safe'?"
        " [script-step]",
        f"{script}:4:17: error: step 'welcome.safe' has no choice 'yse'; did you mean 'yes'?"
        " [script-choice]",
        "2 scripts, 1 as written",
    ]


def test_a_script_that_is_not_there_or_is_no_yaml_is_a_problem(tmp_path):
    broken = tmp_path / "b.yaml"
    broken.write_bytes(b"\xff")
    done = linnet("play", str(tmp_path / "no.yaml"), str(broken))
    assert done.returncode == 1
    said = done.stdout.decode()
    assert "no.yaml:1:1: error: this file cannot be read" in said
    assert "b.yaml:1:1: error: this file is not UTF-8" in said


def test_signs_that_a_terminal_obeys_are_not_printed(tmp_path):
    script = tmp_path / "a.yaml"
    script.write_text('play: X\ngiven: {"\\e[2J": a}\n')
    done = linnet("play", str(script))
    assert (done.returncode, b"\x1b" in done.stdout) == (1, False)


def test_a_folder_without_scripts_and_no_file_at_all_are_exit_2(tmp_path):
    assert linnet("play", str(tmp_path)).returncode == 2
    assert linnet("play").returncode == 2


# ---- a chat that is recorded


def test_a_recorded_chat_plays_again_and_holds_nothing_that_was_typed(tmp_path):
    path = tmp_path / "talk.yaml"
    typed = "1\nzqx zqx\nB29 7XX\nmy drinking\nzqx help me\nback\nleave\n"
    done = linnet("chat", "--lang", "en", "--record", str(path), typed=typed.encode())
    assert done.returncode == 0
    assert "nothing that is typed" in done.stderr.decode()
    text = path.read_text()
    assert not any(word in text for word in ("zqx", "B29", "7XX", "my drinking"))
    assert "- end: left" in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert linnet("play", str(path)).returncode == 0


def test_a_record_never_takes_the_place_of_a_file(tmp_path):
    path = tmp_path / "talk.yaml"
    path.write_text("mine")
    done = linnet("chat", "--record", str(path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "is there already; choose another name" in done.stderr.decode()
    assert path.read_text() == "mine"


def test_a_record_that_cannot_be_written_is_one_line(tmp_path):
    done = linnet("chat", "--record", str(tmp_path / "no" / "talk.yaml"))
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1


def test_a_chat_that_is_stopped_is_written_as_far_as_it_went(tmp_path):
    path = tmp_path / "talk.yaml"
    command = (sys.executable, "-m", "bot", "chat", "--lang", "en", "--record", str(path))
    with screen(command) as chat:
        assert chat.wait_for(b"> ")
        chat.type("1")
        assert chat.wait_for(b"> ")
        chat.chat.send_signal(signal.SIGINT)
        assert chat.end() == 0
    assert "- say: yes" in path.read_text()
