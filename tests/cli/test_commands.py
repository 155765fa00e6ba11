"""The commands, run as people run them: in a process of their own."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import BUFFERED, CHAT, ROOT, linnet

# ---- chat


@pytest.mark.parametrize(
    ("language", "lines", "word"),
    [
        ("en", "1\nBirmingham\n1\n", "Change Grow Live"),
        ("en", "1\nWalsall\n1\n", "The Beacon"),
        ("pl", "1\nWalsall\n2\n", "The Beacon"),
        ("ur", "۱\nBirmingham\n۱\n", "Change Grow Live"),
        ("ur", "1\nHereford\n1\n", "West Mercia"),
        ("pl", "1\nB43\nWalsall\n", "The Beacon"),
    ],
)
def test_a_piped_talk_walks_to_results(language, lines, word):
    done = linnet("chat", "--lang", language, typed=lines.encode())
    assert done.returncode == 0
    assert word in done.stdout.decode()
    assert done.stderr == b""


def test_without_a_language_the_first_card_asks_for_it():
    shown = linnet("chat").stdout.decode()
    assert all(name in shown for name in ("English", "اردو", "Polski"))


def test_a_phone_number_in_an_urdu_card_is_an_island():
    shown = linnet("chat", "--lang", "ur", typed=b"1\nBirmingham\n1\n").stdout.decode()
    assert "\u20660121\u00a0227\u00a05890\u2069" in shown


def test_an_unknown_language_is_one_line_and_exit_2():
    done = linnet("chat", "--lang", "xx")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "choose one of: en" in done.stderr.decode()


def test_a_reader_that_goes_away_is_no_fault():
    with subprocess.Popen(
        CHAT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=BUFFERED,
    ) as chat:
        chat.stdout.readline()
        chat.stdout.close()
        chat.stdin.write(b"1\n" * 50)
        chat.stdin.close()
        assert chat.stderr.read() == b""
        assert chat.wait(timeout=30) == 0


# ---- settings


def test_an_unknown_setting_is_one_line_and_exit_2():
    done = linnet("check", env={"LINNET_DTAA": "x"})
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "linnet: LINNET_DTAA is not a setting; did you mean 'LINNET_DATA'?\n"
    )


def test_a_language_setting_that_is_not_offered_is_exit_2():
    done = linnet("chat", env={"LINNET_LANGUAGES": "en,xx"})
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)


def test_a_data_folder_with_nothing_of_ours_is_one_line_and_exit_2(tmp_path):
    done = linnet("check", env={"LINNET_DATA": str(tmp_path)})
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"linnet: LINNET_DATA is '{tmp_path}', which holds none of: flows, directory, locales\n"
    )


def test_a_data_folder_may_hold_only_one_of_the_three(tmp_path):
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    done = linnet("chat", env={"LINNET_DATA": str(tmp_path)})
    assert done.returncode == 0


def test_only_the_wanted_languages_are_offered():
    shown = linnet("chat", env={"LINNET_LANGUAGES": "en,pl"}).stdout.decode()
    assert "Polski" in shown
    assert "اردو" not in shown


def test_drafts_can_be_hidden_and_then_the_language_is_not_asked():
    shown = linnet("chat", env={"LINNET_MIN_STATUS": "native-reviewed"}).stdout.decode()
    assert "Polski" not in shown
    assert "Someone may check my phone" in shown


def test_a_missing_command_is_exit_2():
    assert linnet().returncode == 2


# ---- check


def test_the_shipped_data_is_clean():
    done = linnet("check")
    assert done.stdout.decode().splitlines()[-1].startswith("0 errors")
    assert done.returncode == 0


def test_every_mistake_is_named_at_once_and_the_exit_is_1(own_data):
    flow = own_data / "flows" / "triage.yaml"
    flow.write_text(
        flow.read_text().replace("choices_from: councils\n", "choices_form: councils\n")
    )
    entry = own_data / "directory" / "services" / "birmingham" / "kikit.yaml"
    entry.write_text(entry.read_text().replace("status: active", "status: actve"))
    done = linnet("check", env={"LINNET_DATA": str(own_data)})
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "flows/triage.yaml" in said
    assert "did you mean 'choices_from'?" in said
    assert "did you mean 'active'?" in said
    assert "Traceback" not in said + done.stderr.decode()


def test_problems_as_json_and_for_github(own_data):
    entry = own_data / "directory" / "services" / "birmingham" / "kikit.yaml"
    entry.write_text(entry.read_text().replace("status: active", "status: actve"))
    found = json.loads(
        linnet("check", "--format", "json", env={"LINNET_DATA": str(own_data)}).stdout
    )
    first = next(problem for problem in found if problem["level"] == "error")
    assert first["path"] == "directory/services/birmingham/kikit.yaml"
    shown = linnet(
        "check", "--format", "github", env={"LINNET_DATA": str(own_data)}
    ).stdout.decode()
    assert f"::error file={first['path']},line={first['line']},col={first['column']}::" in shown


def test_a_chat_on_broken_flows_does_not_start_and_says_why(own_data):
    (own_data / "flows" / "triage.yaml").write_text("flow: triage\nsteps: {}\n")
    done = linnet("chat", env={"LINNET_DATA": str(own_data)})
    assert done.returncode == 1
    assert "flows/" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_entry_with_a_mistake_is_left_out_and_the_rest_stays(own_data):
    entry = own_data / "directory" / "services" / "walsall" / "cgl-beacon-walsall.yaml"
    entry.write_text(entry.read_text().replace("status: active", "status: actve"))
    done = linnet(
        "chat", "--lang", "en", typed=b"1\nWalsall\n1\n", env={"LINNET_DATA": str(own_data)}
    )
    assert done.returncode == 0
    assert "The Beacon" not in done.stdout.decode()
    assert "These places may suit you." in done.stdout.decode()


URGENT = "directory/services/national/samaritans.yaml"


def test_an_entry_with_a_mistake_that_a_flow_names_does_not_stop_the_start(own_data):
    entry = own_data / URGENT
    entry.write_text(entry.read_text().replace("status: active", "status: actve"))
    env = {"LINNET_DATA": str(own_data)}
    done = linnet("chat", "--lang", "en", typed=b"urgent\n", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"999" in done.stdout
    assert b"[unknown-contact]" in linnet("check", env=env).stdout


def test_a_draft_that_a_flow_names_is_reported(own_data):
    entry = own_data / URGENT
    entry.write_text(entry.read_text().replace("status: active", "status: draft"))
    done = linnet("check", env={"LINNET_DATA": str(own_data)})
    assert done.returncode == 1
    assert re.search(rb"flows/urgent.yaml.*'samaritans'.*\[unknown-contact\]", done.stdout)


# ---- graph, locales


def test_the_drawing_names_every_flow_or_only_one():
    whole = linnet("graph").stdout.decode()
    assert whole.startswith("flowchart")
    assert "triage" in whole
    assert "urgent" in whole
    one = linnet("graph", "cover").stdout.decode()
    assert len(one) < len(whole)


def test_a_drawing_of_no_flow_is_exit_2():
    done = linnet("graph", "triag")
    assert (done.returncode, "did you mean 'triage'?" in done.stderr.decode()) == (2, True)


def test_a_drawing_of_unreadable_flows_is_exit_1(own_data):
    (own_data / "flows" / "cover.yaml").write_text("a: [")
    assert linnet("graph", env={"LINNET_DATA": str(own_data)}).returncode == 1


def test_a_drawing_of_no_flows_is_exit_1(own_data):
    shutil.rmtree(own_data / "flows")
    (own_data / "flows").mkdir()
    done = linnet("graph", env={"LINNET_DATA": str(own_data)})
    assert (done.returncode, done.stdout) == (1, b"")


def spoil(path):
    path.write_text("a: [")


def empty(folder):
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("deed", "place"),
    [
        (spoil, "flows/know.yaml"),
        (spoil, "flows/welcome.yaml"),
        (Path.unlink, "flows/welcome.yaml"),
        (empty, "flows"),
        (spoil, "directory/needs.yaml"),
        (Path.unlink, "directory/needs.yaml"),
        (spoil, "locales/languages.yaml"),
    ],
)
@pytest.mark.parametrize("check", [(), ("--check",)])
def test_sync_refuses_while_the_english_cannot_be_read_whole(own_data, deed, place, check):
    before = catalogues(own_data)
    deed(own_data / place)
    done = linnet("locales", "sync", *check, env={"LINNET_DATA": str(own_data)})
    assert done.returncode == 1
    assert done.stdout == b""
    assert "error" in done.stderr.decode()
    assert catalogues(own_data) == before


def catalogues(folder):
    return {path: path.read_bytes() for path in folder.glob("locales/**/bot.po*")}


def test_sync_goes_on_beside_an_entry_with_a_mistake(own_data):
    entry = own_data / URGENT
    entry.write_text(entry.read_text().replace("status: active", "status: actve"))
    done = linnet("locales", "sync", "--check", env={"LINNET_DATA": str(own_data)})
    assert done.returncode == 0


def test_sync_changes_nothing_twice(own_data):
    env = {"LINNET_DATA": str(own_data)}
    assert linnet("locales", "sync", "--check", env=env).returncode == 0
    flow = own_data / "flows" / "cover.yaml"
    flow.write_text(flow.read_text().replace("Another recipe", "One more recipe"))
    done = linnet("locales", "sync", "--check", env=env)
    assert done.returncode == 1
    assert "would change: locales/bot.pot" in done.stdout.decode().replace("\\", "/")
    assert linnet("locales", "sync", env=env).returncode == 0
    assert linnet("locales", "sync", "--check", env=env).returncode == 0
