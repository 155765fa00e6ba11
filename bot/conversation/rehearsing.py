"""Rehearsing: what she can say at a first call, out of what she asked for."""

from bot.conversation.explaining import question
from bot.conversation.messages import Question
from bot.locales import phrases as say
from bot.locales.rendering import Kind
from bot.locales.voice import Voice
from bot.needs import HER_LANGUAGE, Need, Needs, Vocabulary

MOST_SAID = 6  # sentences about what she needs; more than that nobody says at once
BY_HERSELF = frozenset({"danger", "discreet"})  # tags: somebody may come along, or listen


def rehearse(needs: Needs, vocabulary: Vocabulary, voice: Voice) -> tuple[Question, ...]:
    """The sentences in the order to say them, each with its English; never empty.

    First a hello, then the wish to be alone where somebody else may be near, then what she must
    have, then what she would like, the weightiest first. A need that gives no sentence is left
    out: whether she tells that is hers to decide. So is one that she also wants to avoid.
    """
    asked = [need for need in vocabulary.needs.values() if _is_said(need, needs)]
    asked.sort(key=lambda need: (need.id not in needs.must, -need.weight))  # stable: file order
    first = [say.SAY_HELLO, *([say.SAY_ALONE] if BY_HERSELF & needs.tags else [])]
    sentences = [question(each.text, voice) for each in first]
    sentences += [_sentence(need, voice) for need in asked[:MOST_SAID]]
    return tuple(dict.fromkeys(sentences))


def _sentence(need: Need, voice: Voice) -> Question:
    """What she says of a need; of one for her language, in a language that is named."""
    hers = any(HER_LANGUAGE in clause.values for clause in need.met_by)
    if not hers or voice.english is None:
        return question(need.say, voice)
    code = voice.language.code
    english = voice.english(say.SAY_LANGUAGE, words=voice.english.language_name(code))
    if not voice.has(say.SAY_LANGUAGE):
        return Question(english)
    words = voice(say.SAY_LANGUAGE, words=voice.language_name(code))
    return Question(words, voice.isolate(english, Kind.NAME))


def _is_said(need: Need, needs: Needs) -> bool:
    return bool(need.say) and need.id in (needs.must | needs.prefer) - needs.avoid
