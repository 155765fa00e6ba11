"""The Bot API over HTTP: what is asked once, when the bot starts, and how it is closed."""

from contextlib import aclosing
from dataclasses import replace

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Me, Profile
from bot.channels.telegram.updates import KINDS
from tests.telegram.fakeapi.server import FakeTelegram

WANTED = Profile("", "Notes", "Notes for me", {"start": "Open", "leave": "Close"})


@pytest.mark.parametrize("told", [True, False])
async def test_what_the_bot_is_says_whether_groups_or_others_may_use_it(told):
    async with (
        FakeTelegram(can_join_groups=told, supports_inline=told) as fake,
        aclosing(BotApi(fake.token, fake.base)) as api,
    ):
        assert await api.me() == Me("quiet_notes_bot", told, told)


async def test_a_webhook_is_set_with_its_secret_and_drops_nothing(fake, api, her):
    await api.webhook("https://example.org/hook", "s" * 32, 17)
    assert (fake.webhook.secret, fake.webhook.max_connections) == ("s" * 32, 17)
    assert fake.webhook.allowed_updates == list(KINDS)
    assert fake.account.updates.dropped == 0


async def test_a_webhook_is_taken_away_and_drops_nothing(fake, api, her):
    await api.webhook("https://example.org/hook", "s" * 32, 40)
    await api.no_webhook()
    assert fake.webhook is None
    assert fake.account.updates.dropped == 0


async def test_a_profile_comes_back_as_it_was_set(api):
    await api.set_profile(WANTED)
    assert await api.profile("") == WANTED


async def test_a_profile_of_one_language_leaves_the_others_alone(api):
    await api.set_profile(WANTED)
    await api.set_profile(replace(WANTED, language="pl", name="Notatki"))
    assert (await api.profile("pl")).name == "Notatki"
    assert await api.profile("") == WANTED


async def test_closing_twice_or_before_the_first_call_is_fine(fake):
    await BotApi(fake.token, fake.base).aclose()
    api = BotApi(fake.token, fake.base)
    await api.me()
    await api.aclose()
    await api.aclose()
