"""Words as paragraphs, and the English of a card: beside words about safety, and when she asks."""

from dataclasses import replace

from bot.conversation.messages import Button, Paragraph, Start, Typed, Word
from bot.conversation.telling import tell
from bot.locales import phrases as say
from bot.locales.languages import Step
from tests.talk import Talk


def texts(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]


def controls(card):
    return {control.id: control for control in card.controls}


def in_polish(world, moment):
    """A talk at the first card in Polish, come to by the card of languages."""
    talk = Talk(world, moment, None)
    talk.act(Button("welcome.language", ("pl",), talk.card.turn))
    return talk


def with_step(world, code, step):
    """The world in which the language has come so far."""
    languages = world.catalogues.languages
    named = (replace(one, step=step) if one.code == code else one for one in languages.all)
    catalogues = replace(
        world.catalogues, languages=replace(languages, all=tuple(named)), _voices={}
    )
    return replace(world, catalogues=catalogues, material=replace(world.material, drawn={}))


def test_words_about_safety_have_the_english_under_them(world):
    voice = world.catalogues.voice("pl")
    first, second = tell(voice, say.RETRY_PERSON, "note")
    assert (first.text, first.english, first.tone) == (voice(say.RETRY_PERSON), False, "note")
    assert (second.text, second.english, second.tone) == (say.RETRY_PERSON.text, True, "beside")


def test_other_words_and_english_stand_alone(world):
    assert len(tell(world.catalogues.voice("pl"), say.RETRY_NUMBER)) == 1
    assert len(tell(world.catalogues.voice("en"), say.RETRY_PERSON)) == 1


def test_urgent_help_says_each_thing_in_both_languages(world, moment):
    talk = Talk(world, moment, "ur")
    card = talk.act(Word("urgent"))
    step = world.material.plan.steps["urgent.now"].step
    assert step.text.text in texts(card)
    assert world.catalogues.voice("ur")(step.text) in texts(card)


def test_the_first_card_of_a_draft_offers_the_english_once(world, moment):
    talk = in_polish(world, moment)
    voice = world.catalogues.voice("pl")
    assert voice(say.DRAFT_NOTICE) in texts(talk.card)
    assert controls(talk.card)["in_english"].label == voice(say.SEE_ENGLISH)
    talk.type("1")
    assert "in_english" not in controls(talk.card)


def test_the_card_turns_to_english_and_back_with_every_answer(world, moment):
    talk = in_polish(world, moment)
    before = talk.card
    english = talk.act(Word("in_english"))
    assert (english.language, english.step, english.turn) == ("en", before.step, before.turn)
    assert [one.id for one in english.options] == [one.id for one in before.options]
    voice = world.catalogues.voice("pl")
    back = controls(english)["in_hers"]
    assert (back.label, back.language) == (voice(say.SEE_MINE), "pl")
    assert talk.act(Word("in_hers")) == before


def test_the_next_card_is_in_her_language_again(world, moment):
    talk = in_polish(world, moment)
    talk.act(Word("in_english"))
    assert talk.type("yes").language == "pl"


def test_the_english_stays_while_the_card_does(world, moment):
    talk = in_polish(world, moment)
    talk.act(Word("in_english"))
    assert talk.act(Start()).language == "en"
    assert talk.type("qqqq zzzz").language == "en"


def test_both_can_be_typed(world, moment):
    talk = in_polish(world, moment)
    voice = world.catalogues.voice("pl")
    assert talk.act(Typed(voice(say.SEE_ENGLISH))).language == "en"
    assert talk.act(Typed(voice(say.SEE_MINE))).language == "pl"


def test_under_the_cover_nothing_turns(world, moment):
    talk = in_polish(world, moment)
    covered = talk.act(Word("cover"))
    assert talk.act(Word("in_english")).blocks == covered.blocks


def test_a_language_that_a_native_speaker_has_read_says_and_offers_nothing(world, moment):
    talk = in_polish(with_step(world, "pl", Step.NATIVE_REVIEWED), moment)
    assert "in_english" not in controls(talk.card)
    assert say.DRAFT_NOTICE.text not in texts(talk.card)
    assert world.catalogues.voice("pl")(say.DRAFT_NOTICE) not in texts(talk.card)
