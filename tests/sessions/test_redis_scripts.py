"""The scripts of the shared store: names as a server makes them, one place in a cluster."""

import re

import pytest
from redis.crc import key_slot

from bot.sessions import redis_scripts
from bot.sessions.redis_scripts import SEEN_UPDATE, SESSION, WAITING, Script

SCRIPTS = {name: value for name, value in vars(redis_scripts).items() if isinstance(value, Script)}


def test_there_is_a_script_for_every_call_of_a_store():
    calls = {"LOAD", "SAVE", "DELETE", "DUE", "HOLD", "SETTLE", "SEEN"}
    assert set(SCRIPTS) == {*calls, "CLAIM", "PROLONG", "RELEASE"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_server_calls_a_script_as_we_do(server, name):
    script = SCRIPTS[name]
    assert server.ask("script", "load", script.text) == f"$40\r\n{script.name}\r\n".encode()


def test_all_names_stand_in_one_place_of_a_cluster():
    names = (SESSION + "a}{b", SEEN_UPDATE + "{u}", WAITING)
    assert len({key_slot(name.encode()) for name in names}) == 1


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_takes_everything_as_keys_and_arguments(name):
    """Nothing is put into its text, so that no key of hers could be read as a command."""
    assert "%" not in SCRIPTS[name].text
    assert "{linnet}" not in SCRIPTS[name].text
    assert not re.search(r"loadstring|KEYS\[[4-9]", SCRIPTS[name].text)
