"""The fake takes voice messages as the real server does, and tells what would betray her."""

import aiohttp
import pytest

from tests.recorded import tone
from tests.telegram.fake_rules.given import HER

QUIETLY = {"disable_notification": "true", "protect_content": "true"}


@pytest.fixture
async def speak(fake, line):
    """Call sendVoice as a form, with a file where one is given."""

    async def speaking(sound=None, **params):
        form = aiohttp.FormData({"chat_id": str(HER), **params})
        if sound is not None:
            form.add_field("voice", sound, filename="1.ogg", content_type="audio/ogg")
        address = f"{fake.base}{fake.token}/sendVoice"
        async with line.post(address, data=form) as answer:
            return await answer.json()

    return speaking


def broken(fake):
    return [violation.rule for violation in fake.chats.violations]


async def test_a_voice_message_stands_in_the_chat(fake, her, speak):
    said = await speak(tone(), **QUIETLY)
    assert said["result"]["voice"]["file_size"] == len(tone())
    assert [message.id for message in her.voices] == [said["result"]["message_id"]]
    assert broken(fake) == []


@pytest.mark.parametrize(
    ("sound", "params", "refusal"),
    [
        (None, {}, "there is no voice in the request"),
        (b"", {}, "file must be non-empty"),
        (None, {"voice": "a-file"}, "wrong remote file identifier specified"),
    ],
)
async def test_what_is_no_file_is_refused(her, speak, sound, params, refusal):
    said = await speak(sound, **QUIETLY, **params)
    assert (said["error_code"], refusal in said["description"]) == (400, True)
    assert her.voices == []


async def test_who_takes_none_gets_none(her, speak):
    her.chat.no_voices = True
    said = await speak(tone(), **QUIETLY)
    assert said["description"] == "Bad Request: VOICE_MESSAGES_FORBIDDEN"


async def test_who_blocked_the_bot_gets_none(her, speak):
    her.chat.blocked = True
    assert (await speak(tone(), **QUIETLY))["error_code"] == 403


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [("disable_notification", "sound"), ("protect_content", "voice can be forwarded and saved")],
)
async def test_what_would_betray_her_is_told(fake, her, speak, left_out, rule):
    await speak(tone(), **{name: value for name, value in QUIETLY.items() if name != left_out})
    assert broken(fake) == [rule]


async def test_another_kind_of_file_is_told(fake, her, speak):
    await speak(b"OggS and something else", **QUIETLY)
    assert broken(fake) == ["voice is no Ogg Opus"]


async def test_its_words_cannot_be_edited(call, her, speak):
    number = (await speak(tone(), **QUIETLY))["result"]["message_id"]
    said = await call("editMessageText", chat_id=HER, message_id=number, text="x")
    assert said["description"] == "Bad Request: there is no text in the message to edit"
