"""The page: a card as elements that every browser and every screen reader understands."""

import asyncio
import re
from collections import deque
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import buttons
from bot.channels.web import page
from bot.channels.web.nodes import every
from bot.channels.web.page import card_node, runs
from bot.conversation.codes import code_of
from bot.conversation.messages import (
    Asking,
    Button,
    Card,
    Control,
    Incoming,
    Labels,
    Option,
    Paragraph,
    Question,
    Result,
    Script,
    Start,
    Way,
    Word,
)
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore

LANGUAGES = ("en", "ur", "pl")
LABELS = Labels("Hide", "Open", "Close", "Done", "Page", "Copy", "Type here", "Send")
SERVICE = Result("A", "", ())
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
FEW = 6  # answers tried of a long list
WALKED: dict[int, list[Card]] = {}  # by the world, which stands as long as the tests run


# ---- a walk over the shipped talk


class Walk:
    """Every step that buttons lead to, in one language: the cards as the page is given them."""

    def __init__(self, world, moment, language):
        self.turns = Turns(world, MemoryStore(lambda: 0.0), lambda: moment, say.WEB_KEEPS)
        self.language = language
        self.cards = {}

    async def through(self):
        """The cards, one for each step and state."""
        waiting = deque([()])
        while waiting:
            path = waiting.popleft()
            card = await self.after(path)
            key = (card.step, card.state, card.ended, bool(card.step) and card.many)
            if key in self.cards:
                continue
            self.cards[key] = card
            waiting.extend((*path, act) for act in self.acts(card))
        return [self.turns.first(), *self.cards.values()]

    async def after(self, path):
        key = str(len(path)) + str(path)
        card = self.turns.first()
        for act in (Button(card.step, (self.language,), card.turn), *path):
            here = replace(act, turn=card.turn)
            card = await self.turns.take(Incoming(key, here, opens=Start()))
        return card

    def acts(self, card):
        offered = [Button(card.step, (option.id,), 0) for option in card.options]
        yield from offered[:FEW]
        yield from offered[FEW:][-2:]
        yield from (Word(control.id, 0) for control in card.controls if control.id != "back")
        yield Word("hide", 0)


def cards_of(world, moment):
    """The cards of the shipped flows in every language of `LANGUAGES`; walked once a run."""
    if id(world) not in WALKED:
        walks = [Walk(world, moment, language) for language in LANGUAGES]
        WALKED[id(world)] = [card for walk in walks for card in asyncio.run(walk.through())]
    return WALKED[id(world)]


@pytest.fixture(scope="module")
def walked(world, moment):
    return cards_of(world, moment)


def found(card, tag):
    return [one for one in every(card_node(card)) if one.tag == tag]


def named(one):
    return one.attributes


def text(one):
    return one if isinstance(one, str) else "".join(text(child) for child in one.children)


def card_of(*blocks, **more):
    fields = {"options": (), "controls": (), "labels": LABELS, "step": "a.b", "turn": 3, **more}
    return Card(fields.pop("language", "ur"), fields.pop("direction", "rtl"), blocks, **fields)


def test_the_walk_comes_to_every_kind_of_card(walked, world):
    plain = {name for name, planned in world.material.plan.steps.items() if planned.step.plain}
    assert {card.state for card in walked} == {"open", "covered", "hidden", "closed"}
    assert {card.language for card in walked} == {*LANGUAGES}
    assert plain <= {card.step for card in walked}
    assert len({card.step for card in walked}) > 20


# ---- languages


def test_every_card_says_its_language_and_direction(walked):
    for card in walked:
        top = named(card_node(card))
        assert (top["lang"], top["dir"]) == (card.language, card.direction)
        assert (card.language == "ur") == (top["dir"] == "rtl")


def test_english_in_another_language_says_so():
    lines = Paragraph("One.\nTwo.", "say", english=True), Paragraph("Why?", "ask", english=True)
    shown = [one for tag in ("p", "h1") for one in found(card_of(*lines, labels=None), tag)]
    assert [(named(one)["lang"], named(one)["dir"]) for one in shown] == [("en", "ltr")] * 3


def test_her_own_language_says_it_once():
    card = card_of(Paragraph("ایک", "say"), Paragraph("دو", "ask"))
    assert [named(one).get("lang") for tag in ("p", "h1") for one in found(card, tag)] == [
        None
    ] * 2


def test_the_name_of_a_language_is_in_that_language(walked):
    first = next(card for card in walked if card.turn == 1)
    shown = {text(one): named(one).get("lang") for one in found(first, "button")}
    assert {shown["English"], shown["اردو"], shown["Polski"]} == {"en", "ur", "pl"}


def test_the_sentence_to_say_stands_in_english_too():
    asking = Asking("پوچھیں", (Question("بچے؟", "Children?"),))
    shown = found(card_of(Result("A", "", (), asks=asking)), "p")
    assert [(text(one), named(one)["lang"], named(one)["dir"]) for one in shown][:1] == [
        ("Children?", "en", "ltr")
    ]


# ---- sentences to say, and a text to take away


SENTENCE = Question("میں بات کرنا چاہتی ہوں۔", "\u2068I would like to talk.\u2069")
PAPER = Script(
    lines=(SENTENCE, Question("I need room for a pram.")),
    heading="پوچھنے کی باتیں",
    numbers=("\u2068Rose\u2069: 0121 496 0000",),
    copies=("whole\ntext", "short"),
)


def test_each_sentence_stands_in_english_too_and_says_so():
    card = card_of(Paragraph("کہیں", "ask"), PAPER)
    first, second, number = found(card, "li")
    (english,) = [one for one in every(first) if one.tag == "p"]
    assert (named(english)["lang"], named(english)["dir"]) == ("en", "ltr")
    assert text(english) == SENTENCE.english
    assert "lang" not in named(first)
    # What has no translation is English itself, and is read out as English.
    assert (named(second)["lang"], named(second)["dir"]) == ("en", "ltr")
    (shown,) = [one for one in every(number) if one.tag == "bdi"]
    assert (named(shown)["lang"], named(shown)["dir"]) == ("en", "auto")


def test_on_an_english_card_a_sentence_needs_no_mark():
    script = Script((Question("I need room."),), numbers=("Rose: 0121 496 0000",))
    card = card_of(script, language="en", direction="ltr")
    assert [named(one) for one in found(card, "li")] == [{}, {}]
    assert [named(one) for one in found(card, "bdi")] == [{"dir": "auto"}]


def test_the_question_is_the_heading_above_the_sentences():
    card = card_of(Paragraph("کہیں", "ask"), PAPER)
    assert [text(one) for one in found(card, "h1")] == ["کہیں"]
    assert [text(one) for one in found(card, "h2")] == [PAPER.heading]


def test_the_fullest_text_is_copied_where_there_is_a_script():
    copies = [one for one in found(card_of(PAPER), "button") if "data-copy" in named(one)]
    assert [(named(one)["data-copy"], named(one)["hidden"]) for one in copies] == [
        ("whole\ntext", "")
    ]
    assert text(copies[0]) == "Copy"


@pytest.mark.parametrize("changes", [{"labels": None}, {}])
def test_sentences_to_practise_with_are_not_copied(changes):
    practised = Script((SENTENCE,)) if not changes else PAPER
    card = card_of(practised, **changes)
    assert [one for one in found(card, "button") if "data-copy" in named(one)] == []


def test_a_text_to_take_away_can_be_read_without_the_script(walked):
    """It is words on the page and no picture, so it can be written down or marked and copied."""
    shown = [card for card in walked if card.step == "take_away.card"]
    assert {card.language for card in shown} == {*LANGUAGES}
    for card in shown:
        (script,) = [block for block in card.blocks if isinstance(block, Script)]
        assert script.lines[0].words in text(card_node(card))


# ---- words


def test_every_card_has_one_heading(walked):
    assert {len(found(card, "h1")) for card in walked} == {1}


def test_the_question_is_the_heading():
    card = card_of(Paragraph("Hello."), Paragraph("Where?\nAny place.", "ask"), SERVICE)
    assert [text(one) for one in found(card, "h1")] == ["Where?"]
    assert {text(one) for one in found(card, "p")} >= {"Hello.", "Any place."}


def test_a_question_below_services_is_no_heading_of_theirs():
    card = card_of(Paragraph("Ring these."), SERVICE, Paragraph("Go on?", "ask"))
    assert [text(one) for one in found(card, "h1")] == ["Ring these."]
    assert [text(one) for one in found(card, "h2")] == ["A", "Go on?"]


def test_headings_leave_out_no_level(walked):
    for card in walked:
        levels = [
            int(one.tag[1]) for one in every(card_node(card)) if one.tag in {"h1", "h2", "h3"}
        ]
        for before, after in pairwise(levels):
            assert after <= before + 1


def test_names_and_numbers_stand_alone_in_their_direction(walked):
    for card in walked:
        alone = {text(one) for one in found(card, "bdi")}
        for result in (block for block in card.blocks if isinstance(block, Result)):
            assert {result.name, *(way.shown for way in result.ways)} <= alone


# ---- ways


def test_links_to_numbers_have_no_direction_marks(walked):
    links = {named(one)["href"] for card in walked for one in found(card, "a")}
    assert {"tel", "https"} <= {link.partition(":")[0] for link in links}
    assert [link for link in links if MARKS.search(link)] == []
    numbers = [link for link in links if link.startswith(("tel:", "sms:"))]
    assert [
        link for link in numbers if not re.fullmatch(r"(tel|sms):\+?[0-9]+(\?.*)?", link)
    ] == []


def test_no_link_says_where_it_was_followed(walked):
    links = [named(one) for card in walked for one in found(card, "a")]
    assert {link["rel"] for link in links} == {"noreferrer"}


def test_copy_buttons_are_hidden_until_the_script_shows_them(walked):
    copies = [
        named(one) for card in walked for one in found(card, "button") if "data-copy" in named(one)
    ]
    assert copies
    assert {one["type"] for one in copies} == {"button"}
    assert all("hidden" in one for one in copies)
    assert [one["data-copy"] for one in copies if MARKS.search(one["data-copy"])] == []


@pytest.mark.parametrize(
    ("link", "copied"),
    [("tel:+441214960000", ["+441214960000"]), ("https://a.example", []), (None, [])],
)
def test_only_numbers_can_be_copied(link, copied):
    card = card_of(Result("A", "", (), ways=(Way("Phone", "0121", link),)))
    assert [named(one)["data-copy"] for one in found(card, "li") + found(card, "button")
            if "data-copy" in named(one)] == copied  # fmt: skip


def test_what_an_english_speaker_copies_is_what_she_says():
    asking = Asking("Ask", (Question("Is there a creche?"),))
    card = card_of(Result("A", "", (), asks=asking), language="en", direction="ltr")
    copies = [named(one).get("data-copy") for one in found(card, "button")]
    assert "Is there a creche?" in copies


def test_a_way_that_cannot_be_tapped_is_still_read():
    card = card_of(Result("A", "", (), ways=(Way("Address", "1 High St", None, ("ring first",)),)))
    assert found(card, "a") == []
    assert "1 High Street"[:9] in text(card_node(card))


# ---- answers


def test_every_button_carries_what_the_channel_understands(walked, world):
    for card in walked:
        for one in found(card, "button"):
            carried = named(one).get("value")
            if carried not in {None, "say"}:
                # The turn stands beside it, so that the button is the same for everybody.
                assert buttons.pressed(carried, world.codes).turn == 0
                assert buttons.pressed(carried, world.codes).nonce == ""


def test_many_choices_are_boxes_with_done_below():
    options = (Option("a", "A", picked=True), Option("none", "None", alone=True))
    card = card_of(options=options, many=True)
    boxes = [named(one) for one in found(card, "input") if named(one)["type"] == "checkbox"]
    assert [("checked" in box, "data-alone" in box, box["value"]) for box in boxes] == [
        (True, False, code_of("a")), (False, True, code_of("none")),
    ]  # fmt: skip
    assert buttons.done(replace(card, turn=0)) in [
        named(one).get("value") for one in found(card, "button")
    ]


def test_no_field_is_remembered_by_the_browser(walked):
    fields = [named(one) for card in walked for one in found(card, "input")]
    assert {field.get("autocomplete") for field in fields} == {"off"}


def test_for_the_script_there_is_no_token_in_the_card(walked):
    for card in walked:
        assert [one for one in found(card, "input") if named(one)["type"] == "hidden"] == []


def test_every_id_stands_once_and_every_label_has_its_field(walked):
    for card in walked:
        ids = [named(one)["id"] for one in every(card_node(card)) if "id" in named(one)]
        assert len(ids) == len(set(ids))
        assert {named(one)["for"] for one in found(card, "label") if "for" in named(one)} <= {*ids}


def test_urgent_help_and_leaving_are_on_every_open_card(walked):
    for card in walked:
        if card.state == "open" and not card.ended:
            classes = {named(one).get("class") for one in found(card, "button")}
            assert {"urgent", "leave"} <= classes


def test_typing_is_of_a_form_of_its_own_so_that_enter_presses_no_answer():
    card = card_of(Paragraph("Where?", "ask"), options=(Option("a", "A"),))
    owned = [named(one)["name"] for one in every(card_node(card)) if "form" in named(one)]
    assert owned == ["say", "a"]


def test_nobody_can_type_without_the_script(walked):
    for card in walked:
        (typing,) = [one for one in found(card, "div") if named(one).get("class") == "typing"] or [
            None
        ]
        assert typing is None or "hidden" in named(typing)


def test_nothing_can_be_typed_where_the_talk_is_covered_or_hidden(walked):
    shut = [card for card in walked if card.state in {"covered", "hidden"}]
    assert shut
    assert [one for card in shut for one in found(card, "input")] == []


def test_a_hidden_card_can_only_be_opened(walked, world):
    for card in (card for card in walked if card.state == "hidden"):
        acts = [
            buttons.pressed(named(one)["value"], world.codes).act for one in found(card, "button")
        ]
        assert acts == [Word("open", 0)]


def test_a_covered_card_can_be_closed(walked, world):
    for card in (card for card in walked if card.state == "covered"):
        acts = [
            buttons.pressed(named(one)["value"], world.codes).act for one in found(card, "button")
        ]
        assert Word("leave", 0) in acts


def test_a_card_where_no_talk_stands_offers_only_to_begin():
    assert [text(one) for one in found(card_of(state="closed"), "button")] == [LABELS.open]


def test_the_last_card_has_nothing_to_press():
    assert found(card_of(Paragraph("Bye."), ended=True), "button") == []


def test_a_card_without_labels_still_has_its_buttons():
    card = card_of(labels=None, controls=(Control("urgent", "Urgent help"),))
    assert [text(one) for one in found(card, "button")] == ["Urgent help"]


def test_the_page_shows_no_more_than_a_person_types():
    field = next(one for one in found(card_of(options=(Option("a", "A"),)), "input"))
    assert named(field)["maxlength"] == str(page.LONGEST_TYPED)


# ---- runs of English on a card in another language

NAME, WORDS = "Women's Aid", "Ring first. Ask for Sam."


def english_on(card):
    return [text(one) for one in found(card, "span") if named(one).get("lang") == "en"]


def test_words_of_the_entry_are_marked_as_english():
    result = Result(NAME, f"بانگریزی: \u2068{WORDS}\u2069", ("x",), english=(WORDS, NAME))
    card = card_of(result)
    assert english_on(card) == [NAME, WORDS]
    assert {named(one).get("dir") for one in found(card, "span")} == {"ltr"}


def test_marking_changes_no_word():
    result = Result(NAME, f"a {WORDS} b {NAME} c {WORDS}", (WORDS,), english=(WORDS, NAME))
    plain = replace(result, english=())
    assert text(card_node(card_of(result))) == text(card_node(card_of(plain)))


@given(st.text(), st.lists(st.text(max_size=4), max_size=4))
def test_runs_are_the_text_whatever_is_english(words, english):
    parts = list(runs(words, english))
    assert "".join(map(text, parts)) == words
    assert all(isinstance(part, str) or text(part) in english for part in parts)


def test_on_an_english_card_nothing_is_marked(walked):
    assert [one for card in walked if card.language == "en" for one in english_on(card)] == []


def test_every_name_is_marked_on_every_other_card(walked):
    for card in walked:
        names = [block.name for block in card.blocks if isinstance(block, Result)]
        marked = english_on(card)
        if card.language != "en":
            assert all(any(one in name for one in marked) for name in names), card.step


def test_a_label_in_another_language_says_so():
    card = card_of(
        options=(Option("a", "A", language="en"),), controls=(Control("back", "Back", "en"),)
    )
    assert [named(one).get("lang") for one in found(card, "button")] == ["en", "en", None]
