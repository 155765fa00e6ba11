"""The typed words that mean something at a step."""

from dataclasses import replace

from bot.conversation import engine
from bot.conversation.lexicons import Voices, all_safety_words, lexicon, voices_for
from bot.conversation.plan import Chosen
from bot.locales.languages import ENGLISH
from bot.locales.voice import TYPED, Voice

ENGLISH_VOICE = Voice(ENGLISH, {})


def words_at(world, language, *answers):
    plan = world.material.plan
    session = engine.start(plan, language, chosen=True).session
    for answer in answers:
        session = engine.step(plan, session, Chosen((answer,))).session
    voices = voices_for(language, world.catalogues)
    return lexicon(plan, session, voices, world.material.names, world.aliases)


def test_labels_and_aliases_of_her_language_and_of_english_count(world):
    words = words_at(world, "ur", "yes")
    assert words_at(world, "ur").answers["yes"] == "yes"
    assert words_at(world, "ur").answers["haan"] == "yes"
    assert words.intents["back"] == "back"
    assert words.intents["واپس"] == "back"


def test_words_of_third_languages_count_too(world):
    words = words_at(world, "en")
    assert words.answers["tak"] == "yes"
    assert words.intents["wstecz"] == "back"
    assert words_at(world, "pl").answers["haan"] == "yes"


def spoken(code, **lines):
    """A voice that says only these typed words, by the English they stand for."""
    language = replace(ENGLISH, code=code)
    return Voice(language, {TYPED: lines}, ENGLISH_VOICE)


def test_a_word_that_means_two_things_in_other_languages_means_nothing(world):
    plan = world.material.plan
    yes = plan.steps["welcome.safe"].step.choices[0].also.text
    back = plan.intents["back"].words.text
    session = engine.start(plan, "en", chosen=True).session
    one, other = spoken("xa", **{yes: "jo | oba"}), spoken("xb", **{back: "jo | zpet"})

    def words(hers, *others):
        voices = Voices(hers, ENGLISH_VOICE, others)
        return lexicon(plan, session, voices, world.material.names, world.aliases)

    both = words(ENGLISH_VOICE, one, other)
    assert "jo" not in {*both.answers, *both.intents}
    assert (both.answers["oba"], both.intents["zpet"]) == ("yes", "back")
    assert words(one, other).answers["jo"] == "yes"
    assert "jo" not in words(one, other).intents
    assert words(other, one).intents["jo"] == "back"
    assert "jo" not in words(other, one).answers


def test_councils_can_be_typed_by_name_id_or_town(world):
    answers = words_at(world, "en", "yes").answers
    assert answers["telford and wrekin"] == "telford-and-wrekin"
    assert answers["hereford"] == "herefordshire"
    assert answers["smethwick"] == "sandwell"


def test_a_step_knows_whether_several_may_stand_and_what_reads_the_rest(world):
    area = words_at(world, "en", "yes")
    assert (area.many, area.parse("b29 7xx")) == (False, "B29")
    what = words_at(world, "en", "yes", "walsall")
    assert (what.many, what.parse) == (True, None)


def test_words_of_safety_come_from_every_language(world):
    voices = [world.catalogues.voice(code) for code in ("en", "ur", "pl")]
    words = all_safety_words(world.material.plan, voices)
    assert words.whole["stop"] == "leave"
    assert words.whole["wyjdz"] == "leave"
    assert "help" in words.distress
