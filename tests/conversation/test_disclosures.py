"""Whatever a woman writes, whenever she writes it: the card says what to do in danger.

The lines in `tests/disclosures` are made up. `unseen` was written after the words of distress were
gathered and is not to be used for gathering more: it shows how much a list of words misses.
"""

import asyncio
import logging
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.conversation.messages import Button, Incoming, Paragraph, Start, Typed, Word
from bot.conversation.safety import in_need, screen
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.locales.typed import normalise
from bot.sessions.memory import MemoryStore

FOLDER = Path("tests/disclosures")
LANGUAGES = ("en", "ur", "pl")
KEY = "key"
NONSENSE = "qqqq zzzz"  # what any words are compared with that no list knows

# Where the talk stands when she writes: the acts that lead there, and the step.
OPEN = {
    "the very first card": ([], "welcome.language"),
    "the first card in her language": (["language"], "welcome.safe"),
    "a question": (["language", "yes"], "triage.area"),
    "several choices": (["language", "yes", "walsall"], "about.what"),
    "results": (["language", "yes", "walsall", ("alcohol",)], "triage.first"),
    "good to know": (["language", "yes", Word("know")], "know.menu"),
    "somebody may check her phone": (["language", "watched"], "triage.area"),
    "a later question": (
        ["language", "yes", "walsall", ("alcohol",), "more", ("woman",)],
        "triage.groups",
    ),
    "urgent help": (["language", Word("urgent")], "urgent.now"),
}
VEILED = {
    "hidden": (["language", "yes", Word("hide")], "hidden"),
    "covered": (["language", "yes", Word("cover")], "covered"),
    "the shopping list": (["language", "yes", Word("cover"), "list"], "covered"),
}
CLEAR = ("danger now", "being hit", "ending life", "overdose")  # what should bring the full card
REFUSALS = ("can't", "cannot", "can not", "unable", "sorry", "did not understand", "not allowed")


class Line(NamedTuple):
    subject: str
    text: str


def lines(path):
    """The lines of a file of disclosures, each with the heading it stands under."""
    subject, found = "", []
    for line in (FOLDER / path).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            subject = line[3:]
        elif line:
            found.append(Line(subject, line))
    return found


def disclosures(language):
    return lines(f"{language}.txt")


class Place:
    """One point of one talk, to which every line is said anew."""

    def __init__(self, world, moment, language, acts):
        self.world, self.moment = world, moment
        self.card, self.data = None, b""
        self._do(Start(None if not acts else language))
        for act in acts[1:]:
            values = act if isinstance(act, tuple) else (act,)
            own = isinstance(act, Word)
            self._do(act if own else Button(self.card.step, values, self.card.turn))

    def _do(self, act):
        taken, self.data = asyncio.run(self.say(act))
        self.card = taken.card

    async def say(self, act):
        """What comes of one act here, and what is then kept. The place stays as it is."""
        store = MemoryStore(lambda: 0.0)
        if self.data:
            await store.save(KEY, self.data, 0)
        turns = Turns(self.world, store, lambda: self.moment)
        taken = await turns.turn(Incoming(KEY, act))
        stored = await store.load(KEY)
        return taken, stored.data if stored else b""

    def outcome(self, act):
        """The card that answers, and what is then kept."""
        taken, data = asyncio.run(self.say(act))
        return taken.card, data

    def all_of(self, texts):
        """For every text whether the talk is over, the card, and what is then kept."""

        async def run():
            return [await self.say(Typed(text)) for text in texts]

        return [(taken.over, taken.card, data) for taken, data in asyncio.run(run())]


@pytest.fixture(params=[(language, name) for language in LANGUAGES for name in OPEN], ids=str)
def point(request, world, moment):
    """A language and an open place in a talk in it."""
    language, name = request.param
    acts, step = OPEN[name]
    place = Place(world, moment, language, acts)
    assert (place.card.step, place.card.state) == (step, "open")
    return language, place


def texts(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]


def is_on_top(card):
    """Whether a plain line that names 999 stands above everything."""
    first = card.blocks[0]
    return isinstance(first, Paragraph) and first.tone == "alert" and "999" in first.text


def heard(place, urgent):
    """The urgent card with the one line that says why it stands, and the same kept."""
    card, data = urgent
    line = Paragraph(place.world.catalogues.voice(card.language)(say.HEARD), "note")
    return replace(card, blocks=(line, *card.blocks)), data


# ---- every line, everywhere


def test_every_disclosure_brings_the_urgent_card_or_the_urgent_line(point):
    """The card and what is kept are those of any nonsense, or those of the button: so nothing of
    her words is in either of them."""
    every_line_is_safe(*point)


@pytest.mark.parametrize("language", sorted({path.stem for path in FOLDER.glob("*.txt")}))
def test_so_it_is_in_every_language_that_is_offered(world, moment, language):
    """At one question; the others are looked at in three languages above."""
    acts, _ = OPEN["a question"]
    assert len(disclosures(language)) >= 150
    every_line_is_safe(language, Place(world, moment, language, acts))


def test_every_language_that_is_offered_has_its_lines(world):
    offered = {language.code for language in world.catalogues.offered}
    for folder in (FOLDER, FOLDER / "harmless", FOLDER / "unseen"):
        assert offered == {path.stem for path in folder.glob("*.txt")}


def every_line_is_safe(language, place):
    missed, urgent = place.outcome(Typed(NONSENSE)), place.outcome(Word("urgent"))
    assert is_on_top(missed[0])
    assert "urgent" in [control.id for control in missed[0].controls]
    assert urgent[0].step == "urgent.now"
    assert "urgent" in [control.id for control in urgent[0].controls]
    # The words of an answer, letter by letter, are that answer: "I drink every day".
    answers = {
        normalise(option.label): place.outcome(
            Button(place.card.step, (option.id,), place.card.turn)
        )
        for option in place.card.options
    }
    said = disclosures(language)
    for line, (over, card, data) in zip(said, place.all_of([x.text for x in said]), strict=True):
        assert not over, line
        allowed = (missed, urgent, heard(place, urgent), answers.get(normalise(line.text)))
        # "He has come in": where that is all she says, it is the word for the cover.
        covers = screen(line.text, place.world.safety_words) == "cover"
        assert (card, data) in (allowed if not covers else [place.outcome(Word("cover"))]), line


def test_no_card_refuses_her(point):
    _, place = point
    english = Place(place.world, place.moment, "en", OPEN["a question"][0])
    for each in (place, english):
        card, data = each.outcome(Typed(NONSENSE))
        first = texts(card)[: len(texts(card)) - len(texts(each.card))]
        assert first
        assert not [word for word in REFUSALS for line in first if word in line.lower()]
        assert data


def test_after_urgent_help_she_goes_on_where_she_was(point):
    """From "good to know" and from urgent help itself: to the question that they left standing."""
    _, place = point
    left = {"know.menu": "triage.area", "urgent.now": "welcome.safe"}
    card, place.data = place.outcome(Word("urgent"))
    for act in (Button("urgent.now", ("on",), card.turn), Word("back")):
        back, _ = place.outcome(act)
        assert back.step == left.get(place.card.step, place.card.step)
        if back.step == place.card.step:
            assert (back.options, texts(back)[-1]) == (place.card.options, texts(place.card)[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_very_first_message_brings_it_too(world, moment, language):
    """Nobody is in a talk: what she writes begins one."""
    place = Place(world, moment, language, [])
    place.data = b""
    missed, urgent = place.outcome(Typed(NONSENSE)), place.outcome(Word("urgent"))
    assert is_on_top(missed[0])
    assert missed[0].step == "welcome.language"
    said = disclosures(language)
    for line, (over, card, data) in zip(said, place.all_of([x.text for x in said]), strict=True):
        assert not over, line
        assert (card, data) in (missed, urgent, heard(place, urgent)), line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VEILED)
def test_under_the_cover_and_while_hidden_nothing_gives_the_talk_away(
    world, moment, language, name
):
    """He may be the one who types, or who looks: there the plain card stays as it is, without the
    urgent line. Only a word of safety that is the whole message still counts."""
    acts, state = VEILED[name]
    place = Place(world, moment, language, acts)
    assert place.card.state == state
    plain = (place.card, place.outcome(Typed(NONSENSE))[1])
    urgent = place.outcome(Word("urgent"))
    said = disclosures(language)
    for line, (over, card, data) in zip(said, place.all_of([x.text for x in said]), strict=True):
        assert not over, line
        whole = screen(line.text, world.safety_words)
        assert (card, data) == (urgent if whole == "urgent" else plain), line
    assert "999" not in "".join(texts(plain[0]))
    assert place.outcome(Typed("help"))[0].step == "urgent.now"
    assert place.outcome(Typed("wyjdź"))[0].ended


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_she_writes_comes_into_the_log(world, moment, language, caplog):
    caplog.set_level(logging.DEBUG)
    place = Place(world, moment, language, OPEN["a question"][0])
    place.all_of([line.text for line in disclosures(language)])
    assert [record for record in caplog.records if record.name != "asyncio"] == []


@pytest.mark.parametrize("word", ["leave", "stop", "wyjdź", "بند کریں", "band karo"])
def test_only_the_words_for_it_end_the_talk(world, moment, word):
    place = Place(world, moment, "en", OPEN["a question"][0])
    ((over, card, _),) = place.all_of([word])
    assert card.ended
    assert over or screen(word, world.safety_words) == "leave"


# ---- words beside an answer


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("B29", False),
        ("b29 7xx", False),
        ("B 29", False),
        ("I live in B29 and I drink every night", True),
        ("mieszkam w B29 i tak mi wstyd", True),
    ],
)
def test_a_postcode_inside_other_words_is_read_and_the_urgent_line_stands(
    world, moment, typed, line
):
    place = Place(world, moment, "en", OPEN["a question"][0])
    card, data = place.outcome(Typed(typed))
    assert card.step == "about.what"
    assert is_on_top(card) is line
    assert b"drink" not in data
    assert "wstyd" not in "".join(texts(card))


def test_words_for_an_earlier_card_bring_the_urgent_line(world, moment):
    place = Place(world, moment, "en", OPEN["several choices"][0])
    old = place.card.turn - 1
    assert is_on_top(place.outcome(Typed("I am so ashamed", old))[0])
    assert not is_on_top(place.outcome(Typed("1", old))[0])  # an answer that came twice
    assert place.outcome(Typed("he hit me", old))[0].step == "urgent.now"


def test_the_second_time_a_person_is_offered(world, moment):
    place = Place(world, moment, "en", OPEN["a question"][0])
    offer = "Would you like to talk or text with a person? Press Urgent help."
    card, place.data = place.outcome(Typed(NONSENSE))
    assert not [line for line in texts(card) if line.startswith(offer)]
    for _ in range(2):
        card, place.data = place.outcome(Typed("so tired of it"))
        assert is_on_top(card)
        assert len([line for line in texts(card) if line.startswith(offer)]) == 1


# ---- how much the words of distress find


def shares(words, path):
    """By subject: how many lines bring the full urgent card, of how many."""
    found = {}
    for subject, group in groupby(lines(path), key=lambda line: line.subject):
        hits = [in_need(line.text, words, leaving=False) for line in group]
        found[subject] = (sum(hits), len(hits))
    return found


def told(language, found):
    clear = [found[subject] for subject in CLEAR]
    hits, of = (sum(pair[place] for pair in clear) for place in (0, 1))
    rest = ", ".join(f"{subject} {a}/{b}" for subject, (a, b) in found.items())
    return f"  {language}: {100 * hits / of:.0f} % of the clear ones ({hits}/{of}); {rest}"


@pytest.mark.parametrize("folder", ["", "unseen/"], ids=["gathered from", "unseen"])
def test_how_many_bring_the_full_card_is_told(world, capsys, folder):
    """No share is asked for: the urgent line stands for what no list finds."""
    found = {
        language: shares(world.safety_words, f"{folder}{language}.txt") for language in LANGUAGES
    }
    with capsys.disabled():
        sys.stdout.write(f"\nfull urgent card, {folder or 'all'}\n")
        sys.stdout.writelines(told(language, each) + "\n" for language, each in found.items())
    assert all(set(CLEAR) <= set(each) for each in found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_is_large_and_says_nothing_twice(language):
    said = [line.text for line in disclosures(language)]
    assert len(said) >= 150
    assert len(set(said)) == len(said)
    assert len({line.subject for line in disclosures(language)}) >= 22


@pytest.mark.parametrize(
    "name", ["the first card in her language", "a question", "several choices"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_harmless_answer_does_not_bring_the_urgent_card(world, moment, language, name):
    """Labels, places, postcodes, greetings: a card about danger would only startle her."""
    place = Place(world, moment, language, OPEN[name][0])
    said = [line.text for line in lines(f"harmless/{language}.txt")]
    assert len(said) >= 100
    alarms = [
        text
        for text, (_, card, _) in zip(said, place.all_of(said), strict=True)
        if card.step.startswith("urgent.")
    ]
    assert alarms == []
