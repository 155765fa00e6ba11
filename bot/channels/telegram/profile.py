"""The profile: what the bot is called and offers, and whether it may be started at all.

A chat list is read by whoever picks up the phone, so nothing there may say what this is for.
"""

import logging
import re
from collections.abc import Iterable

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Me, Profile
from bot.channels.telegram.faults import TelegramFault
from bot.conversation.turns import Turns
from bot.exceptions import SettingsError
from bot.locales import phrases as say
from bot.locales.voice import Voice

# Parts of words that would give the subject away in the name of a bot.
TELLING = (
    "addict", "alcohol", "abuse", "cocaine", "crisis", "detox", "drink", "drug", "heroin",
    "recover", "refuge", "rehab", "sober", "substance", "survivor", "victim", "violence",
)  # fmt: skip

log = logging.getLogger("linnet")


def check(me: Me) -> None:
    """Raises SettingsError with the remedy where the bot, as it is set up, could betray her."""
    if me.joins_groups:
        raise SettingsError(
            "this bot may be added to groups; tell BotFather /setjoingroups and choose Disable"
        )
    if me.answers_inline:
        raise SettingsError(
            "this bot answers inline; tell BotFather /setinline and then /empty to switch it off"
        )
    plain = re.sub("[^a-z]", "", me.username.lower())
    if any(part in plain for part in TELLING):
        raise SettingsError(
            "the bot's username says what it is for; make a new bot with a username that does not"
        )


def profiles(turns: Turns) -> Iterable[Profile]:
    """The profile of the default and of every language that Telegram knows by two letters."""
    catalogues = turns.world.catalogues
    yield _profile("", catalogues.voice("en"))
    for language in catalogues.offered:
        # Telegram takes two letters and nothing else: `pa-PK` would be refused.
        if re.fullmatch("[a-z]{2}", language.code):
            yield _profile(language.code, catalogues.voice(language.code))


def _profile(language: str, voice: Voice) -> Profile:
    return Profile(
        language,
        name=voice(say.BOT_NAME),
        about=voice(say.BOT_ABOUT),
        commands={
            "start": voice(say.COMMAND_START),
            "leave": voice(say.COMMAND_LEAVE),
            "language": voice(say.COMMAND_LANGUAGE),
            "privacy": voice(say.COMMAND_PRIVACY),
        },
    )


async def present(api: BotApi, wanted: Iterable[Profile]) -> None:
    """Bring name, description and commands to what they shall be. A fault stops only this."""
    try:
        for profile in wanted:
            await api.set_profile(profile)
    except TelegramFault as fault:
        log.warning("profile-not-set %s", fault.fault.name)
