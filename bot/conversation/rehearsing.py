"""Rehearsing: what she can say at a first call, out of what she asked for."""

from bot.conversation.describing import question
from bot.conversation.messages import Question
from bot.locales import phrases as say
from bot.locales.voice import Voice
from bot.needs import Need, Needs, Vocabulary

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
    sentences = [need.say for need in asked[:MOST_SAID]]
    if BY_HERSELF & needs.tags:
        sentences.insert(0, say.SAY_ALONE.text)
    return tuple(question(each, voice) for each in dict.fromkeys([say.SAY_HELLO.text, *sentences]))


def _is_said(need: Need, needs: Needs) -> bool:
    return bool(need.say) and need.id in (needs.must | needs.prefer) - needs.avoid
