"""The typed words that mean something at a step."""

from bot.conversation import engine
from bot.conversation.lexicons import all_safety_words, lexicon
from bot.conversation.plan import Chosen


def words_at(world, language, *answers):
    plan = world.material.plan
    session = engine.start(plan, language, chosen=True).session
    for answer in answers:
        session = engine.step(plan, session, Chosen((answer,))).session
    voice, english = world.catalogues.voice(language), world.catalogues.voice("en")
    return lexicon(plan, session, voice, english, world.material.names, world.aliases)


def test_labels_and_aliases_of_her_language_and_of_english_count(world):
    words = words_at(world, "ur", "yes")
    assert words_at(world, "ur").answers["yes"] == "yes"
    assert words_at(world, "ur").answers["haan"] == "yes"
    assert words.intents["back"] == "back"
    assert words.intents["واپس"] == "back"


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
    assert words.whole["koniec"] == "leave"
    assert "help" in words.distress
