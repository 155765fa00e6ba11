"""Injection: hostile words of a translation or an entry are shown as words, in both channels.

Every text of the program is replaced by an attack, and name and summary of every entry too; then
the card is drawn for Telegram and for the web.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.drawing import draw as as_message
from bot.channels.web.nodes import TAGS, as_html
from bot.channels.web.page import card_node
from bot.conversation.folding import fold
from bot.conversation.wording import draw
from bot.directory.matching import match
from bot.locales.voice import Voice, unpacked
from tests.channels.web.test_nodes import Read
from tests.telegram.fakeapi import rules

# Each with what she sees of it: a `$name` that no text of ours fills leaves nothing behind.
SEEN = {
    "{0.__class__.__mro__}": "{0.__class__.__mro__}",
    "{c.settings.telegram_token}": "{c.settings.telegram_token}",
    "%(n)2000000000d": "%(n)2000000000d",
    "%s%n%x": "%s%n%x",
    "{{ 7 * 7 }}": "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}": "{% include '/etc/passwd' %}",
    "$zqnobody!": "!",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "<a href=javascript:x>a</a>": "<a href=javascript:x>a</a>",
    "&lt;b&gt; &#60;i&#62;": "&lt;b&gt; &#60;i&#62;",
    "*a* _b_ ~c~ `d` ||e|| [f](tg://user?id=1)": "*a* _b_ ~c~ `d` ||e|| [f](tg://user?id=1)",
    "\"' onmouseover='x": "\"' onmouseover='x",
    "</form><!-- -->]]>": "</form><!-- -->]]>",
    "__import__('os').system('x')": "__import__('os').system('x')",
}
ENTRY = "<b>{0.__class__}%(n)2000000000d</b> & co"  # no `$`: what an entry says is no template
LISTS = {"triage.first", "triage.better"}
attacks = st.lists(st.sampled_from(sorted(SEEN)), min_size=1, max_size=3)
ANY = settings(
    max_examples=20, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def hostile_voice(voice, words):
    """The language of `voice` with every text replaced, whatever it was."""
    entries = {
        context: {
            text: replace(unpacked(found), forms=(words,) * len(unpacked(found).forms))
            for text, found in messages.items()
        }
        for context, messages in voice.entries.items()
    }
    return Voice(voice.language, entries, voice.english)


def hostile_material(material):
    """Every entry with an attack for its name and its summary."""
    services = {
        id: replace(service, name=ENTRY, summary={"en": ENTRY})
        for id, service in material.services.items()
    }
    return replace(material, services=services, drawn={})


class Drawing:
    """Draws cards with attacks in place of every text. A class, because its name is all it shows."""

    def __init__(self, world, moment, sessions):
        self.world, self.moment, self.sessions = world, moment, sessions
        self.material = hostile_material(world.material)

    def __call__(self, words):
        voice = hostile_voice(self.world.catalogues.voice("pl"), words)
        for session in self.sessions:
            needs = fold(self.material.plan, session)
            found = self.found(needs) if session.at in LISTS else None
            yield draw(self.material, session, voice, self.moment, found, needs)

    def found(self, needs):
        """What the search finds, with the hostile entries in place of the true ones."""
        found = match(needs, self.world.index, self.moment)
        hostile = self.material.services
        matches = tuple(replace(one, service=hostile[one.service.id]) for one in found.matches)
        return replace(found, matches=matches)


@pytest.fixture(scope="module")
def few(sessions):
    """Some steps, lists of services among them."""
    lists = {session.at: session for session in sessions if session.at in LISTS}
    assert set(lists) == LISTS
    return [*sessions[:: len(sessions) // 12], *lists.values()]


@pytest.fixture(scope="module")
def drawing(world, moment, few):
    """Draws the cards with these words in place of every text."""
    return Drawing(world, moment, few)


@ANY
@given(attacks)
def test_threat_12_hostile_words_stay_words_in_both_channels(drawing, chosen):
    words, seen = " ".join(chosen), " ".join(SEEN[one] for one in chosen)
    shown = entries = 0
    for card in drawing(words):
        message = as_message(card)
        text = rules.check_text(message.text, message.entities)
        rules.check_entities(message.entities, text)
        rules.check_markup({"inline_keyboard": message.keyboard})
        assert {one["type"] for one in message.entities} <= {"bold"}
        page = Read(as_html(card_node(card)))
        assert {tag for tag, _ in page.elements} <= TAGS
        read = "".join(page.words)
        if seen.strip() in message.text:
            shown += 1
            assert seen.strip() in read
        if ENTRY in message.text:
            entries += 1
            assert ENTRY in read
        for told in (message.text, read):
            assert "zqnobody" not in told
            assert "<class" not in told
            assert len(told) < 60_000
    assert shown > 6
    assert entries >= len(LISTS)
