"""The Bot API over HTTP: a recording is a silent voice message, and its file says nothing."""

from contextlib import aclosing

import pytest
from aiohttp import web

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.faults import Fault
from tests.channels.telegram.api_calls import DRAWN, FULL, answering, fault_of, last, told
from tests.channels.telegram.fakes import HER
from tests.recorded import tone
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import TOKEN


async def test_a_recording_comes_as_a_voice_message_without_a_sound_of_its_own(fake, api, her):
    number = await api.say(HER, tone())
    assert [message.id for message in her.voices] == [number]
    assert last(fake).method == "sendVoice"
    assert told(last(fake)) == {
        "chat_id": str(HER),
        "voice": str(tone()).lower(),
        "disable_notification": "true",
        "protect_content": "true",
    }
    assert fake.chats.violations == []
    assert fake.chats.silent_all()


async def test_a_card_can_be_sent_and_edited_after_a_recording(fake, api, her):
    card = await api.send(HER, DRAWN)
    voice = await api.say(HER, tone())
    await api.edit(HER, card, FULL)
    await api.delete(HER, [voice])
    assert (her.card.text, her.voices) == (FULL.text, [])


async def test_a_recording_cannot_be_turned_into_a_card(api, her):
    fault = await fault_of(api.edit(HER, await api.say(HER, tone()), DRAWN))
    assert fault.fault is Fault.REFUSED


async def test_who_takes_no_voice_messages_gets_none(fake, api, her):
    her.chat.no_voices = True
    assert (await fault_of(api.say(HER, tone()))).fault is Fault.REFUSED
    assert her.voices == []


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble("too_many", retry_after=3), Fault.WAIT),
        (Trouble("forbidden"), Fault.BLOCKED),
        (Trouble("server_error"), Fault.UNREACHABLE),
        (Trouble("reset_before"), Fault.UNREACHABLE),
        (Trouble("reset_after"), Fault.UNREACHABLE),
        (Trouble("garbled"), Fault.UNREACHABLE),
    ],
    ids=str,
)
async def test_a_recording_meets_the_faults_of_every_call(fake, api, her, trouble, kind):
    fake.faults.next("sendVoice", trouble)
    assert (await fault_of(api.say(HER, tone()))).fault is kind


async def test_the_name_of_the_file_says_nothing(her):
    seen = []

    async def handle(request):
        seen.append(await request.read())
        return web.Response(body=b'{"ok":true,"result":{"message_id":7}}')

    async with answering(handle) as base, aclosing(BotApi(TOKEN, base)) as api:
        assert await api.say(HER, tone()) == 7
    assert b'filename="1.ogg"' in seen[0]
    assert tone() in seen[0]
