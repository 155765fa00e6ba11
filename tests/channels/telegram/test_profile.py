"""The profile: what may not be started, and what the chat list says."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Me, Profile
from bot.channels.telegram.faults import Fault
from bot.channels.telegram.intake import COMMANDS
from bot.channels.telegram.profile import TELLING, check, present, profiles
from bot.conversation.turns import Turns
from bot.exceptions import SettingsError
from bot.sessions.memory import MemoryStore
from tests.channels.telegram.fakes import FakeApi
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import FakeTelegram

QUIET = Me("quiet_notes_bot", joins_groups=False, answers_inline=False)


@pytest.fixture
def turns(world, moment):
    return Turns(world, MemoryStore(lambda: 0.0), lambda: moment)


@pytest.fixture
def wanted(turns):
    return list(profiles(turns))


# ---- what may not be started


def test_a_quiet_bot_may_be_started():
    check(QUIET)


@pytest.mark.parametrize(
    ("me", "remedy"),
    [
        (Me("quiet_notes_bot", joins_groups=True, answers_inline=False), "/setjoingroups"),
        (Me("quiet_notes_bot", joins_groups=False, answers_inline=True), "/setinline"),
        (Me("sober_help_bot", joins_groups=False, answers_inline=False), "username"),
        (Me("DruG_Line_bot", joins_groups=False, answers_inline=False), "username"),
        (Me("d_r_u_g_bot", joins_groups=False, answers_inline=False), "username"),
    ],
)
def test_a_bot_that_could_betray_her_is_refused_with_the_remedy(me, remedy):
    with pytest.raises(SettingsError, match=remedy):
        check(me)


@pytest.mark.parametrize("part", TELLING)
def test_no_telling_word_may_stand_in_the_name(part):
    with pytest.raises(SettingsError):
        check(Me(f"my{part.upper()}1_bot", joins_groups=False, answers_inline=False))


# ---- what the chat list says


def test_there_is_a_default_and_one_for_every_language_telegram_knows(wanted, world):
    offered = [language.code for language in world.catalogues.offered]
    assert [one.language for one in wanted] == ["", *offered]
    assert {"en", "ur", "pl"} <= set(offered)


def test_a_language_that_telegram_would_refuse_is_not_told_to_it(world):
    codes = ["pa-PK", "ur", "ckb", "en"]
    offered = [replace(world.catalogues.voice("en").language, code=code) for code in codes]
    catalogues = SimpleNamespace(offered=offered, voice=lambda _: world.catalogues.voice("en"))
    found = profiles(SimpleNamespace(world=SimpleNamespace(catalogues=catalogues)))
    assert [one.language for one in found] == ["", "ur", "en"]


def test_threat_03_nothing_in_the_profile_says_what_the_chat_is_for(wanted):
    for one in wanted:
        said = " ".join([one.name, one.about, *one.commands, *one.commands.values()]).lower()
        assert not [part for part in TELLING if part in said]


def test_every_command_in_the_list_is_one_that_is_understood(wanted):
    for one in wanted:
        assert set(one.commands) - {"start"} <= set(COMMANDS)


def test_the_commands_are_the_same_in_every_language(wanted):
    assert len({tuple(one.commands) for one in wanted}) == 1


# ---- setting it


@pytest.fixture
async def fake():
    async with FakeTelegram() as running:
        yield running


@pytest.fixture
async def api(fake):
    one = BotApi(fake.token, fake.base)
    yield one
    await one.aclose()


def set_calls(fake):
    return [call.method for call in fake.calls if call.method.startswith("set")]


async def test_everything_is_set_once_and_taken_by_telegram(fake, api, wanted):
    await present(api, wanted)
    assert {call.status for call in fake.calls} == {200}
    assert [await api.profile(one.language) for one in wanted] == wanted


async def test_what_is_as_it_should_be_is_not_set_again(fake, api, wanted):
    await present(api, wanted)
    fake.calls.clear()
    await present(api, wanted)
    assert set_calls(fake) == []


@pytest.mark.parametrize(
    ("changed", "calls"),
    [
        ({"name": "Other"}, ["setMyName"]),
        ({"about": "Other"}, ["setMyShortDescription", "setMyDescription"]),
        ({"commands": {"start": "Other"}}, ["setMyCommands"]),
    ],
)
async def test_only_what_differs_is_set(fake, api, changed, calls):
    now = {"language": "", "name": "A", "about": "B", "commands": {"start": "C"}}
    await present(api, [Profile(**now)])
    fake.calls.clear()
    await present(api, [Profile(**now | changed)])
    assert set_calls(fake) == calls


async def test_a_language_that_telegram_does_not_take_stops_only_this(fake, api, caplog):
    await present(api, [Profile("pa-PK", "A", "B", {})])
    assert caplog.messages == ["profile-not-set REFUSED"]


@pytest.mark.parametrize("kind", ["too_many", "bad_gateway", "reset_before", "forbidden"])
async def test_a_fault_of_telegram_does_not_stop_the_start(fake, api, wanted, kind):
    fake.faults.next("setMyName", Trouble(kind))
    await present(api, wanted)
    await present(api, wanted)
    assert [await api.profile(one.language) for one in wanted] == wanted


async def test_a_fault_is_named_and_the_rest_is_left(caplog, wanted):
    api = FakeApi()
    api.fail("set_profile", Fault.UNREACHABLE)
    await present(api, wanted)
    assert api.profiles == []
    assert caplog.messages == ["profile-not-set UNREACHABLE"]
