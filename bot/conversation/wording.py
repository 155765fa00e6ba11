"""Wording: the step that waits, and what was found, as one card in her language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.conversation import listening
from bot.conversation.blank_cards import labels
from bot.conversation.describing import describe, frozen_line
from bot.conversation.explaining import explain
from bot.conversation.folding import is_located
from bot.conversation.messages import (
    Block,
    Card,
    Control,
    Option,
    Paragraph,
    Result,
    Script,
)
from bot.conversation.plan import Plan, PlannedStep
from bot.conversation.rehearsing import rehearse
from bot.conversation.taking_away import take_away
from bot.conversation.telling import tell
from bot.directory.matching import AREA, Found, Match
from bot.directory.matching import Step as GaveWay
from bot.directory.model import Service
from bot.directory.ranking import Tier
from bot.flows.model import Intent, Kind
from bot.locales import phrases as say
from bot.locales.languages import Step as Review
from bot.locales.phrases import Phrase
from bot.locales.voice import Voice
from bot.needs import Needs, Vocabulary
from bot.sessions.model import Session

# The same order on every card; people find them by place.
CONTROLS = (
    "back", "skip", "urgent", "leave", "cover", "services", "what_now", "language", "know",
)  # fmt: skip

# To the English of a card that nobody has checked, and back from it; no intents of the flows.
IN_ENGLISH, IN_HERS = "in_english", "in_hers"

# Where a sentence of its own helps more than the name of what gave way.
RUNGS: Mapping[str, Phrase] = {
    AREA: say.LADDER_AREA,
    "language": say.LADDER_LANGUAGE,
    "group": say.LADDER_GROUP,
    "kind": say.LADDER_KIND,
}
TIERS: Mapping[Tier, Phrase] = {
    Tier.NEIGHBOUR: say.BESIDE,
    Tier.REMOTE: say.BY_PHONE_OR_ONLINE,
    Tier.NATIONAL: say.EVERYWHERE,
}
MOST_DRAWN = 4096  # cards of questions that are kept
LINES_BESIDE = 2  # national lines under local services
BANDS: Mapping[str, Phrase] = {
    "near": say.BAND_NEAR,
    "close": say.BAND_SHORT_RIDE,
    "far": say.BAND_LONGER_RIDE,
    "away": say.BAND_FAR,
}


@dataclass(frozen=True, slots=True)
class Material:
    """What words are made from, the same for every card.

    `names` gives, by source of choices, what stands on each choice that comes from data; `left`
    how many questions are left, by where a talk stands. `drawn` keeps the cards of questions that
    are the same for everybody; nothing that was found for somebody or picked by her is in it.
    """

    plan: Plan
    vocabulary: Vocabulary
    services: Mapping[str, Service]
    councils: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    left: Mapping[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    drawn: dict[object, Card] = field(default_factory=dict, repr=False, compare=False)


def draw(
    material: Material,
    session: Session,
    voice: Voice,
    at: datetime,
    found: Found | None = None,
    needs: Needs | None = None,
    *,
    notice: Phrase | None = None,
    keeps: Phrase | None = None,
    hers: Voice | None = None,
) -> Card:
    """The card for where the session stands.

    `at` is aware; `found` belongs to a results step, `needs` to one that rests on them. On the
    first card in her language a machine-made translation says what it is. `hers` is the voice of
    her language where she wants to see this card in English, which is then `voice`.
    `notice` is a line to stand on top; `keeps` says, on the first cards, what cannot be wiped.
    """
    own = (
        found, notice, session.misses, session.said, session.picked, session.new_language,
        session.sound,
    )  # fmt: skip
    planned = material.plan.steps[session.at]
    if any(own) or hers or planned.source or planned.step.contacts or planned.step.shows:
        return _drawn(material, session, voice, at, found, needs, notice, keeps, hers)
    shown = keeps if _is_new(session) else None
    left = material.left.get((session.at, session.stack))
    located = is_located(material.plan, session)
    other = material.plan.for_other(session)
    key = (session.at, voice, shown, left, located, bool(session.trail or session.stack), other)
    card = material.drawn.get(key)
    if card is None:
        if len(material.drawn) >= MOST_DRAWN:
            material.drawn.clear()
        card = _drawn(material, session, voice, at, None, None, None, keeps, None)
        material.drawn[key] = replace(card, turn=0, nonce="")
    return replace(card, turn=session.turn, nonce=session.nonce)


def _is_new(session: Session) -> bool:
    return len(session.trail) < 2 and not session.stack


def _drawn(
    material: Material,
    session: Session,
    voice: Voice,
    at: datetime,
    found: Found | None,
    needs: Needs | None,
    notice: Phrase | None,
    keeps: Phrase | None,
    hers: Voice | None,
) -> Card:
    planned = material.plan.steps[session.at]
    plain, other = planned.step.plain, material.plan.for_other(session)
    said = [material.plan.steps[name] for name in session.said]
    # Harm prevented: a card that shall look like something else has nothing to hear.
    texts = [] if plain else [each.step.words(for_other=other) for each in (*said, planned)]
    recorded = listening.recordings(voice, texts)
    blocks: list[Block] = []
    if recorded:
        blocks += listening.warning(voice, session.sound)
    if not plain:
        # Under the cover nothing is said: any word about the chat would give it away.
        blocks += _notices(planned, session, voice, notice)
    for each in said:
        blocks += _words(material, each, voice, at, "say", other)
    blocks += _words(material, planned, voice, at, "ask", other)
    if left := material.left.get((session.at, session.stack)):
        words = voice.plural(say.LEFT, left) if left > 1 else voice(say.LAST_QUESTION)
        blocks.append(Paragraph(words, "progress"))
    if found is not None and needs is not None:
        blocks += _results(material, found, needs, voice, at)
    if planned.step.shows and needs is not None:
        blocks.append(_script(material, planned.step.shows.text, session, needs, voice))
    if keeps is not None and _is_new(session):
        blocks += tell(voice, keeps, "note")
    options = _options(material, planned, session, voice, other)
    controls = () if plain else _controls(material, planned, session, voice, hers)
    if recorded:
        controls = (*listening.controls(voice, session.sound), *controls)
    return Card(
        language=voice.language.code,
        direction="rtl" if voice.language.rtl else "ltr",
        blocks=tuple(blocks),
        options=options,
        controls=controls,
        many=planned.step.many is not None,
        hint="" if plain or not options else _hint(planned, voice),
        step=session.at,
        turn=session.turn,
        state="covered" if plain else "open",
        nonce=session.nonce,
        sounds=recorded if session.sound == listening.Sound.WANTED else (),
        labels=labels(voice),
        personal=found is not None
        or bool(session.picked)
        or _offers_hers(planned, material, session),
    )


def _offers_hers(planned: PlannedStep, material: Material, session: Session) -> bool:
    """Whether choices come from what she answered or was shown: nobody else has just these."""
    return material.plan.options(session) != planned.options({}, ())


# ---- above the question


def _notices(
    planned: PlannedStep, session: Session, voice: Voice, notice: Phrase | None
) -> list[Block]:
    notices: list[Block] = []
    # Harm prevented: words that no list knows may tell of danger. What to do then stands on top,
    # the first time and every time.
    if session.misses or notice is say.NOT_UNDERSTOOD:
        notices += tell(voice, say.NOT_UNDERSTOOD, "alert")
    if notice is not None and notice is not say.NOT_UNDERSTOOD:
        notices.append(Paragraph(voice(notice), "note"))
    if session.misses > 1:
        notices += tell(voice, say.RETRY_PERSON, "note")
    if session.misses:
        retry = planned.step.retry
        notices.append(Paragraph(voice(retry) if retry else voice(say.RETRY_NUMBER), "note"))
    if session.misses > 2 and planned.step.skippable:
        notices.append(Paragraph(voice(say.RETRY_SKIP), "note"))
    if _is_first_draft(session, voice):
        notices.append(Paragraph(voice(say.DRAFT_NOTICE), "note"))
    return notices


def _is_first_draft(session: Session, voice: Voice) -> bool:
    """Whether this is the first card in a language that no native speaker has read."""
    # English has come furthest, so there it is never said.
    return session.new_language and voice.language.step.rank < Review.NATIVE_REVIEWED.rank


def _words(
    material: Material,
    planned: PlannedStep,
    voice: Voice,
    at: datetime,
    tone: Literal["say", "ask"],
    other: bool,
) -> list[Block]:
    step, blocks = planned.step, list[Block]()
    if text := step.words(for_other=other):
        blocks += tell(voice, text, tone)
    if step.why:
        blocks.append(Paragraph(voice(step.why), "why"))
    found = (_contact(material, name.text, voice, at) for name in step.contacts)
    return [*blocks, *(contact for contact in found if contact)]


def _contact(material: Material, id: str, voice: Voice, at: datetime) -> Result | None:
    """An entry named by a flow: only its name and its ways, so that the card stays short.

    Its website is left out beside other ways: what she can press next must not be far below.
    Harm prevented: where the entry is missing or broken, the frozen number stands.
    """
    service = material.services.get(id)
    if service is None:
        return frozen_line(id, voice)
    told = describe(service, voice, at)
    website = voice(say.WEBSITE)
    ways = tuple(way for way in told.ways if way.label != website) or told.ways
    return replace(told, about="", lines=(), ways=ways)


def _script(material: Material, what: str, session: Session, needs: Needs, voice: Voice) -> Script:
    """What she can say: to practise with, or as a text to take away with the last services."""
    lines = rehearse(needs, material.vocabulary, voice)
    if what != "takeaway":
        return Script(lines)
    seen = (material.services[id] for id in session.shown if id in material.services)
    return take_away(lines, [one for one in seen if one.id not in needs.hidden], voice)


# ---- what was found


def _results(
    material: Material, found: Found, needs: Needs, voice: Voice, at: datetime
) -> list[Block]:
    blocks: list[Block] = []
    if found.crisis:
        blocks += tell(voice, say.DANGER_FIRST, "alert")
        blocks.append(_result(material, found.crisis, needs, voice, at))
    blocks += [Paragraph(line, "note") for line in _honest(material, found, needs, voice)]
    blocks += [_result(material, match, needs, voice, at) for match in found.matches]
    lines = found.national[:LINES_BESIDE] if found.matches else found.national
    if lines and found.matches:
        blocks.append(Paragraph(voice(say.LINES_EVERYWHERE), "note"))
    blocks += [_result(material, match, needs, voice, at) for match in lines]
    return blocks


def _honest(material: Material, found: Found, needs: Needs, voice: Voice) -> list[str]:
    """What she must know before she reads the list: what is missing, what gave way."""
    lines = []
    if found.outside:
        lines.append(voice(say.OUTSIDE_AREA))
    elif found.no_treatment:
        council = material.councils.get(needs.council or "")
        lines.append(
            voice(say.NO_SERVICE, council=council) if council else voice(say.NO_SERVICE_HERE)
        )
        lines.append(voice(say.NO_SERVICE_DO))
    lines += dict.fromkeys(_gave_way(material, step, voice) for step in found.relaxed)
    return lines


def _gave_way(material: Material, step: GaveWay, voice: Voice) -> str:
    need = material.vocabulary.needs.get(step.need or "")
    if need is not None and step.rung not in RUNGS:
        return voice(say.LADDER_NEED, need=voice(need.tag))
    return voice(RUNGS[step.rung or AREA])


def _result(material: Material, match: Match, needs: Needs, voice: Voice, at: datetime) -> Result:
    watched = "discreet" in needs.tags
    quiet = watched or "no_voice" in needs.must | needs.prefer
    extra = tuple(
        voice(phrase)
        for phrase in (TIERS.get(match.tier), BANDS.get(match.band or ""))
        if phrase is not None
    )
    whole = describe(
        match.service, voice, at, quiet=quiet, watched=watched, extra=extra, stale=match.stale
    )
    fits, lacks, asks = explain(match, needs, material.vocabulary, voice)
    untold = (each.words for each in asks.questions if not each.english) if asks else ()
    english = whole.english if voice.english is None else (*whole.english, *untold)
    return replace(whole, fits=fits, lacks=lacks, asks=asks, english=english)


# ---- below the question


def _options(
    material: Material, planned: PlannedStep, session: Session, voice: Voice, other: bool
) -> tuple[Option, ...]:
    texts = {choice.id: choice.words(for_other=other) for choice in planned.step.choices}
    names = {id: voice(text) for id, text in texts.items()}
    untold = {id for id, text in texts.items() if not voice.has(text)}
    if planned.step.choices_from:
        names |= material.names[planned.step.choices_from.text]
    tongues = planned.source is not None and planned.source.fills == "language"
    alone = {choice.id for choice in planned.step.choices if choice.alone}
    return tuple(
        Option(
            id,
            names[id],
            alone=id in alone,
            picked=id in session.picked,
            language=id if tongues else "en" if id in untold else "",
        )
        for id in material.plan.options(session)
        if id in names
    )


def _controls(
    material: Material, planned: PlannedStep, session: Session, voice: Voice, hers: Voice | None
) -> tuple[Control, ...]:
    # Nothing can be near before she has said where.
    located = is_located(material.plan, session)
    usual = tuple(
        Control(intent.id, voice(intent.label), "" if voice.has(intent.label) else "en")
        for name in CONTROLS
        if (intent := material.plan.intents.get(name))
        and _applies(intent, planned, session, located=located)
    )
    return (*_tongues(session, voice, hers), *usual)


def _tongues(session: Session, voice: Voice, hers: Voice | None) -> tuple[Control, ...]:
    """The way to the English of a card that nobody has checked, and from there back."""
    if hers is not None:
        return (Control(IN_HERS, hers(say.SEE_MINE), hers.language.code),)
    if _is_first_draft(session, voice):
        return (Control(IN_ENGLISH, voice(say.SEE_ENGLISH)),)
    return ()


def _applies(intent: Intent, planned: PlannedStep, session: Session, *, located: bool) -> bool:
    if intent.do == "skip":
        return planned.step.skippable and planned.step.kind is Kind.ASK
    if intent.do == "back":
        return bool(session.trail or session.stack)
    if intent.id == "services":
        return located and planned.step.kind is not Kind.RESULTS
    if intent.id == "what_now":
        return planned.step.kind is Kind.RESULTS  # what to do with services needs services
    return True


def _hint(planned: PlannedStep, voice: Voice) -> str:
    if planned.step.many:
        return voice(say.HINT_NUMBERS)
    return voice(say.HINT_NUMBER if planned.step.skippable else say.HINT_NUMBER_ONLY)
