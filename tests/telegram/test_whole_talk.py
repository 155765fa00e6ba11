"""The whole talk with the bot as people run it, in three languages, by polling and by webhook."""

import io

import aiohttp
import pytest

from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import card_of
from tests.telegram.running import WIDE, Served, eventually

LANGUAGES = ("en", "ur", "pl")
MOST_PRESSES = 60


async def press(person, which):
    """Press a button of her card and wait until the card has changed."""
    card = card_of(person)
    before = (card.text, card.keyboard)
    label, data = [each for row in card.keyboard for each in row][which]
    await person.press_data(card.id, data)
    assert await eventually(lambda: (card.text, card.keyboard) != before), label
    return label


def is_several(card):
    """Whether several answers may stand together."""
    return any(label.startswith(("☐", "☑")) for label in card.labels)


def place_of(card, kinds):
    """The place of the first button of one of these kinds: c and i answer, d gives what was picked."""
    found = [data.rsplit(".", 1)[-1][:1] for row in card.keyboard for _, data in row]
    return next(place for place, kind in enumerate(found) if kind in kinds)


async def answer(person):
    """Answer the question that stands, whatever it is."""
    several = is_several(card_of(person))
    await press(person, place_of(card_of(person), "ci"))
    if several:
        await press(person, place_of(card_of(person), "d"))


async def whole_talk(fake, person, language):
    """From the link to the second list of services, by buttons alone; the texts on the way."""
    await person.start(f"l-{language}")
    assert await eventually(lambda: person.card)
    for _ in range(14):
        await answer(person)
        assert "$" not in card_of(person).text
    return fake.chats.every_text(person.id)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_the_whole_triage_is_held_in_every_language(world, tmp_path, mode):
    async with FakeTelegram() as fake, Served(fake, tmp_path, mode, WIDE) as served:
        for number, language in enumerate(LANGUAGES):
            person = fake.person(6_000_000_000 + number)
            texts = await whole_talk(fake, person, language)
            better = next(
                s for s in world.material.plan.steps.values() if s.name == "triage.better"
            )
            heading = world.catalogues.voice(language)(better.step.text)
            assert any(heading in text for text in texts), language
            await person.send("/leave")
            assert await eventually(lambda person=person: not person.visible)
            assert fake.chats.sends(person.id) == 1
        assert fake.chats.violations == []
        assert served.stop() == 0


async def test_the_bot_says_nothing_of_what_it_is_for(tmp_path):
    async with FakeTelegram() as fake, Served(fake, tmp_path):
        commands = fake.account.commands
        assert await eventually(lambda: len(commands) >= len(LANGUAGES) + 1)
        page = str(fake.account.page) + str(commands)
        assert "Quiet Notes" in page
        for word in ("drug", "alcohol", "drink", "help", "safe", "women", "abuse"):
            assert word not in page.lower()


@pytest.mark.parametrize("wrong", [{"can_join_groups": True}, {"supports_inline": True},
                                   {"username": "sober_women_bot"}])  # fmt: skip
async def test_threat_09_a_bot_that_could_betray_her_is_not_started(tmp_path, wrong):
    async with FakeTelegram(**wrong) as fake, Served(fake, tmp_path) as served:
        assert await eventually(lambda: served.process.poll() is not None)
        assert served.process.returncode == 2
        assert "\nlinnet: " in served.log()


async def test_after_a_start_it_serves_within_two_seconds(tmp_path):
    """Not a timing of the machine: what the first card needs must not grow without being seen."""
    async with FakeTelegram() as fake:
        person = fake.person(5)
        await person.start()
        async with Served(fake, tmp_path) as served:
            assert await eventually(lambda: person.card, 10)
            methods = [call.method for call in fake.calls]
            assert methods.index("sendMessage") < 8 + methods.index("getMe")
            assert served.stop() == 0


# ---- the webhook's bad input

NO_UPDATES = (
    b"", b"{", b"[]", b'"x"', b"{}", b"\xff" * 100, b"[" * 60_000, b"x" * 5_000_000,
    b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}}}',
)  # fmt: skip


async def ask(method, url, **more):
    """The status, the body and the names of the headers of one answer."""
    async with aiohttp.ClientSession() as session, session.request(method, url, **more) as found:
        return found.status, await found.read(), {name.lower() for name in found.headers}


async def test_what_is_no_update_is_confirmed_and_does_nothing(tmp_path):
    async with FakeTelegram() as fake, Served(fake, tmp_path, "webhook") as served:
        assert await eventually(lambda: fake.webhook)
        secret = served.environment["LINNET_WEBHOOK_SECRET"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        for body in NO_UPDATES:
            status, said, _ = await ask(
                "POST", fake.webhook.url, headers=headers, data=io.BytesIO(body)
            )
            assert (status, said) == (200, b""), body[:20]
        assert fake.chats.violations == []
        assert served.process.poll() is None


async def test_another_method_or_address_gets_a_bare_status(tmp_path):
    async with FakeTelegram() as fake, Served(fake, tmp_path, "webhook"):
        assert await eventually(lambda: fake.webhook)
        for method, path in (
            ("GET", ""),
            ("PUT", ""),
            ("POST", "x"),
            ("POST", "/"),
        ):
            status, said, headers = await ask(method, fake.webhook.url + path)
            assert (status in {404, 405}, said) == (True, b"")
            assert not {"server", "date"} & headers
