"""Events: what may be written into a log, and that nothing else ever is."""

import ast
import io
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import EVENTS, MOST, OURS, EventFormatter

ROOT = Path(__file__).parents[1]
LEVELS = ("debug", "info", "warning", "error", "critical", "exception")
CANARY = "7123456789:AAcanary my husband hits me"
LINE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} "


class Odd:
    """An argument that cannot even be shown."""

    def __str__(self):
        raise ValueError(CANARY)

    __repr__ = __str__


def said(call, name=OURS):
    """What a call on a logger of this name writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(EventFormatter())
    logger = logging.Logger(name, logging.DEBUG)  # noqa: LOG001  # seen by nobody else
    logger.addHandler(handler)
    call(logger)
    return re.sub(f"^{LINE}", "", stream.getvalue(), flags=re.M)


# ---- the table


def calls():
    """Every call of a logger in the program: where, and the call."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in (*LEVELS, "log", "warn") and ast.unparse(
                node.func.value
            ).startswith(("log", "LOG")):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = dict(calls())


def first_words():
    return {str(ast.literal_eval(call.args[0])).partition(" ")[0] for call in CALLS.values()}


@pytest.mark.parametrize("place", CALLS)
def test_what_is_logged_is_a_literal_event_with_as_many_slots_as_arguments(place):
    call = CALLS[place]
    assert isinstance(call.args[0], ast.Constant)
    assert re.fullmatch(r"[a-z-]+( %s)*", call.args[0].value)
    assert call.args[0].value.count("%s") == len(call.args) - 1
    assert not call.keywords


@pytest.mark.parametrize("place", CALLS)
def test_nothing_is_logged_by_a_method_that_adds_a_trace(place):
    assert CALLS[place].func.attr in {"debug", "info", "warning", "error", "critical"}


def test_every_event_that_is_logged_stands_in_the_table():
    assert first_words() - set(EVENTS) == set()


def test_every_event_of_the_table_is_logged_somewhere():
    assert set(EVENTS) - first_words() == set()


@pytest.mark.parametrize("file", sorted({place.partition(":")[0] for place in CALLS}))
def test_a_file_that_logs_uses_the_one_logger_that_may_speak(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f'log = logging.getLogger("{OURS}")' in text or "getLogger(OURS).critical" in text


def test_events_are_in_order_and_say_what_happened():
    assert list(EVENTS) == sorted(EVENTS)
    assert all(len(meaning.split()) >= 3 for meaning in EVENTS.values())


# ---- one line


def test_an_event_is_a_time_a_level_and_its_name():
    record = logging.LogRecord(OURS, logging.INFO, "", 0, "serving", (), None)
    assert re.fullmatch(f"{LINE}INFO serving", EventFormatter().format(record))


def test_the_kind_of_a_fault_is_shown():
    assert (
        said(lambda out: out.error("turn-failed %s", "KeyError")) == "ERROR turn-failed KeyError\n"
    )


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (17, "17"), (-3, "-3"), (0.25, "0.25"), (MOST - 1, "999999")]
)
def test_a_count_is_shown(count, shown):
    assert said(lambda out: out.error("turn-failed %s", count)) == f"ERROR turn-failed {shown}\n"


ARGUMENTS = {
    "a chat": 7_123_456_789,
    "a group": -1_001_234_567_890,
    "more than a float can hold": 10**400,
    "no number": float("nan"),
    "endless": float("inf"),
    "of two parts": 3j,
    "two words": "two words",
    "with a digit": "a1",
    "empty": "",
    "another script": "مدد",
    "too long": "x" * 41,
    "two lines": "line\nbreak",
    "nothing": None,
    "bytes": b"bytes",
    "a tuple": ("KeyError",),
    "a mapping": {"KeyError": 1},
    "a fault": ValueError(CANARY),
    "not to be shown": Odd(),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_what_is_no_count_and_no_simple_word_is_a_question_mark(name):
    written = said(lambda out: out.error("turn-failed %s", ARGUMENTS[name], 1))
    assert written == "ERROR turn-failed ?\n"


def test_arguments_without_a_slot_are_not_shown():
    assert said(lambda out: out.error("turn-failed %s", 1, "extra")) == "ERROR turn-failed 1\n"


def test_slots_without_an_argument_are_left_out():
    assert said(lambda out: out.error("turn-failed %s %s", 1)) == "ERROR turn-failed 1\n"


def test_arguments_by_name_are_not_shown():
    assert said(lambda out: out.error("turn-failed %(a)s %s", {"a": "b"})) == "ERROR turn-failed\n"


@pytest.mark.parametrize("message", ["hello", "", "turn-failed: x", CANARY, 5, None])
def test_what_is_no_event_is_only_said_to_be_unknown(message):
    assert said(lambda out: out.error(message)) == "ERROR event-unknown\n"


def test_a_message_that_cannot_be_shown_is_only_said_to_be_unknown():
    assert said(lambda out: out.error(Odd())) == "ERROR event-unknown\n"


def test_an_event_cannot_begin_a_second_line():
    written = said(lambda out: out.error("turn-failed\nERROR serving %s", CANARY))
    assert written == "ERROR event-unknown\n"


@pytest.mark.parametrize("name", ["httpx", "httpx.client", "telegram.ext.Updater"])
def test_another_library_is_cut_to_its_level_and_its_top_name(name):
    written = said(lambda out: out.warning("POST /bot%s/getUpdates", CANARY), name)
    assert written == f"WARNING other-library {name.partition('.')[0]}\n"


def test_a_logger_below_ours_is_another_library():
    written = said(lambda out: out.error("turn-failed %s", "KeyError"), "linnet.child")
    assert written == "ERROR other-library linnet\n"


# ---- nothing of hers


WAYS = {
    "in an argument": lambda out, level: out.log(level, "turn-failed %s", CANARY),
    "as the message": lambda out, level: out.log(level, CANARY),
    "behind an event": lambda out, level: out.log(level, f"turn-failed {CANARY}"),
    "with arguments by name": lambda out, level: out.log(
        level, "turn-failed %(a)s", {"a": CANARY}
    ),
    "with too many arguments": lambda out, level: out.log(level, "turn-failed", CANARY, CANARY),
    "with too few arguments": lambda out, level: out.log(level, f"turn-failed %s {CANARY} %s", 1),
    "as what cannot be shown": lambda out, level: out.log(level, "turn-failed %s", Odd()),
    "in something extra": lambda out, level: out.log(level, "serving", extra={"text": CANARY}),
    "with the stack": lambda out, level: out.log(level, CANARY, stack_info=True),
    "with a trace": lambda out, level: raised(out, level, "turn-failed %s"),
    "with a trace and no event": lambda out, level: raised(out, level, "%s"),
}


def raised(out, level, message):
    try:
        str(Odd())
    except ValueError as error:
        out.log(level, message, error, exc_info=True)


@pytest.mark.parametrize("level", [10, 20, 30, 35, 40, 50])
@pytest.mark.parametrize("name", [OURS, "telegram", "asyncio"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_of_hers_is_logged(way, name, level):
    written = said(lambda out: way(out, level), name)
    assert written.count("\n") == 1
    assert not re.search("7123456789|canary|husband|ValueError|File", written)


@given(st.text(), st.lists(st.text() | st.binary() | st.integers() | st.floats() | st.none()))
def test_whatever_is_logged_the_line_is_made_of_harmless_words(message, arguments):
    written = said(lambda out: out.error(message, *arguments))
    assert re.fullmatch(r"ERROR [a-z-]+( (\?|[A-Za-z_]+|-?[0-9.]+(e-[0-9]+)?))*\n", written)


# ---- the whole program


def run(lines):
    """Standard error of a program with these lines behind the imports."""
    done = subprocess.run(
        [sys.executable, "-c", f"import logging, sys\nfrom bot.events import *\n{lines}"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout == ""
    return re.sub(f"^{LINE}", "", done.stderr, flags=re.M)


def test_writing_events_takes_the_place_of_handlers_that_were_there():
    written = run(
        "logging.basicConfig(format='loud %(message)s')\n"
        "write_events('info')\n"
        "logging.getLogger('linnet').info('serving')"
    )
    assert written == "INFO serving\n"


def test_what_is_below_the_level_is_not_written():
    written = run(
        "write_events('warning')\n"
        "log = logging.getLogger('linnet')\n"
        "log.info('serving')\n"
        "log.warning('card-lost')"
    )
    assert written == "WARNING card-lost\n"


def test_chatty_libraries_are_not_even_named_below_a_warning():
    names = ("transitions", "asyncio", "telegram", "httpx", "httpcore", "aiohttp", "uvicorn")
    written = run(
        "write_events('debug')\n"
        f"for name in {names}:\n"
        "    logging.getLogger(name + '.inner').info('secret')\n"
        "    logging.getLogger(name).warning('secret')"
    )
    assert written == "".join(f"WARNING other-library {name}\n" for name in names)


def test_a_fault_while_logging_prints_nothing():
    written = run(
        "write_events('debug')\n"
        "class Odd(str):\n"
        "    def partition(self, _): raise ValueError('canary')\n"
        "logging.getLogger('linnet').error(Odd('canary'))"
    )
    assert written == ""


def test_what_ends_the_program_is_named_by_its_kind_only():
    written = run("write_events('warning')\nsilence()\nraise ValueError('canary')")
    assert written == "CRITICAL loop-fault ValueError\n"


def test_what_ends_a_thread_is_named_by_its_kind_only():
    written = run(
        "write_events('warning')\nsilence()\n"
        "def fail(): raise ValueError('canary')\n"
        "import threading\nthread = threading.Thread(target=fail)\nthread.start()\nthread.join()"
    )
    assert written == "CRITICAL loop-fault ValueError\n"


def test_what_fails_where_nobody_can_catch_it_is_named_by_its_kind_only():
    written = run(
        "write_events('warning')\nsilence()\n"
        "class Odd:\n"
        "    def __del__(self): raise ValueError('canary')\n"
        "Odd()"
    )
    assert written == "CRITICAL loop-fault ValueError\n"
