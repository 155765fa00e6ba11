"""The table of threats: what somebody may try, what we promise, how, and the tests that try it.

    python -m tests.threats_page    writes docs/threats.md anew

Tests are found by their names: `test_threat_NN_words`. `tests/test_threats_page.py` keeps the page
as it is, and sees that each threat has a test or stands in `NOT_YET`.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "threats.md"
_NAMED = re.compile(r"test_threat_(\d\d)_[a-z0-9_]+")

# Threats that no test tries yet, and what they wait for.
NOT_YET: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Threat:
    """One row: who tries what, the promise in plain words, how it is kept."""

    number: int
    threat: str
    promise: str
    how: str


THREATS = (
    Threat(
        1,
        "Somebody looks at her screen, or takes the phone, now",
        "One press or three of a key, and nothing of the talk is on the screen.",
        "Leave and Hide on every card; the page is emptied before anything is asked of a server.",
    ),
    Threat(
        2,
        "Somebody looks later: Back, history, the chat, the list of apps",
        "No answer, no name of a service and no word of the topic is left by us on the device."
        " The address of the page, and the chat in the list of chats until she deletes it, stay.",
        "One address and one title; no cookie, no storage; one message that is changed in place and"
        " deleted at the end.",
    ),
    Threat(
        3,
        "Somebody sees a notification, or her account on another device",
        "We send one silent message a talk, as the answer to hers, and it begins with nothing that"
        " tells. Whoever has her account open elsewhere sees the chat while it goes on.",
        "Everything after the first message is an edit; the name of the bot is neutral.",
    ),
    Threat(
        4,
        "She is in danger and the program, its store or its data is broken",
        "Numbers for danger are one act away at every step, whatever fails.",
        "A card that is part of the program and needs no file and no store. Under the cover, where"
        " somebody may look on, only a word of safety that is the whole message counts.",
    ),
    Threat(
        5,
        "Somebody puts a wrong or hostile number, link or place into the directory",
        "No contact is shown that was changed and not signed for. How old it is, is said on the"
        " card; it is not taken away for its age alone.",
        "Rules for numbers, links and texts; a lock of all contacts. That somebody else signs than"
        " who edited is a rule for people: the program cannot see who signs.",
    ),
    Threat(
        6,
        "A perpetrator asks the chat where women are",
        "It says no more than is public: no address of a refuge, no note, no draft.",
        "A refuge cannot have an address in the files; what must not be shown is left out before"
        " anything is drawn.",
    ),
    Threat(
        7,
        "Whoever runs the machine wants to read talks",
        "The store shows no word of a talk and not who had it, and there is no command to list"
        " talks. Who can read the memory of the running program can read the talks in it.",
        "Every session sealed and padded, rows named by a keyed hash of the day; logs of events.",
    ),
    Threat(
        8,
        "The machine is seized, or its disk copied",
        "Without the keys, which are in memory and end with the power, nothing left opens. Who has"
        " the running machine has the last 120 minutes at most, with the shipped times.",
        "Keys on tmpfs, a new one every quarter of an hour, old ones wiped.",
    ),
    Threat(
        9,
        "The bot is put into a group, a channel, or used inline",
        "It says nothing outside a private chat, and does not start where it could be added.",
        "Checked with Telegram at the start; groups are left without a word.",
    ),
    Threat(
        10,
        "The token or her words stand in a log or an error",
        "No level of any library writes either.",
        "The log is a list of allowed events; other libraries are cut to name and level.",
    ),
    Threat(
        11,
        "Somebody forges updates to the webhook, or sends old ones again",
        "Who does not know the secret gets a bare 403; an update counts once.",
        "A random path, a secret compared in constant time, ids of updates kept with the session.",
    ),
    Threat(
        12,
        "A translation or an entry holds something that runs, or marks up",
        "Words are shown as words.",
        "A closed set of `$name` slots; no `format`, no `%`, no parse mode, no HTML from text.",
    ),
    Threat(
        13,
        "A link leads to a host that only looks like the service's",
        "What nobody can tell from the true host is refused by rule; another honest name is"
        " not shown before the lock is signed.",
        "ASCII and https only, no tricks in the address, the lock of contacts.",
    ),
    Threat(
        14,
        "Thousands of made-up talks",
        "Others go on, memory stays bounded, urgent help is never held back.",
        "On the page and on Telegram each talk, and new talks of all people together, are limited.",
    ),
    Threat(
        15,
        "Published numbers point to one woman",
        "Whoever makes all talks but one, or takes the file of counts, can guess at that one with"
        " odds of 1.4 to 1 at the best in each table, 2.7 to 1 in reports. What an operator may see of the program's"
        " health names nobody and moves only at full quarters of an hour, many at once.",
        "Noise in every row of a file from its first moment, no two tables crossed, one release a"
        " quarter that is never made again; the numbers of `/metrics` have no label of hers. Who"
        " copies a file twice sees what came in between.",
    ),
    Threat(
        16,
        "The machine or a library it uses is taken over",
        "A bounded loss: talks of the last 120 minutes, and no history.",
        "Pinned hashes of every library; no part of the page from another server; units and"
        " containers that may do as little as possible.",
    ),
    Threat(
        17,
        "An impostor bot asks for her name, or ours does",
        "No question of ours asks for name, number, address or date of birth, so one that does is"
        " not ours.",
        "The rule `asks-who`, with a list of words in each language. That the right link is on"
        " the sites of partners is for whoever runs this.",
    ),
    Threat(
        18,
        "We promise what nobody can keep",
        "No text says that nobody will know or that all is safe or confidential.",
        "The rules `false-safety` and `promise`, with lists of words in each language. A list"
        " knows words and no meanings: native speakers have to read the rest.",
    ),
)

HEAD = """\
# Threats

What somebody may try, what Linnet promises, how it is kept, and the tests that try it.
This page is made by `make docs` from `tests/threats_page.py` and the names of the tests; a test keeps it as it is.

A test here was run against this program, a strict imitation of Telegram, and two browsers on one machine.
Nobody from outside has tested Linnet yet.

Outside every promise: software on her phone that watches her, Telegram itself, her network, and what services do with what she tells them.
`docs/safety.md` says what that means for her.

| | somebody tries | what we promise | how |
|---|---|---|---|
"""


def by_threat() -> dict[int, list[str]]:
    """`tests/file.py::name` of every test that is named after a threat, by its number, sorted."""
    found: dict[int, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "test_threat_" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            named = _NAMED.fullmatch(getattr(node, "name", None) or "")
            if named and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{path.relative_to(ROOT / 'tests').as_posix()}::{named[0]}"
                found.setdefault(int(named[1]), []).append(place)
    return {number: sorted(places) for number, places in found.items()}


def _tests() -> Iterator[str]:
    yield "## The tests of each"
    found = by_threat()
    for threat in THREATS:
        places = [f"- `{place}`" for place in found.get(threat.number, ())]
        waiting = NOT_YET.get(threat.number)
        if waiting:
            places.append(f"- Not yet: waits for {waiting}.")
        yield f"T{threat.number}\n\n" + "\n".join(places)


def page() -> str:
    """The whole page."""
    rows = (f"| T{one.number} | {one.threat} | {one.promise} | {one.how} |" for one in THREATS)
    return "\n\n".join((HEAD + "\n".join(rows), *_tests())) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
