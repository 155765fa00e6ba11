"""What stands in the files and must never reach a card: hidden places, notes, sources, drafts.

Every entry is given forbidden words of its own, at every place that she must not see; then every
kind of card is drawn as the terminal shows it, with every entry on it.
"""

from dataclasses import replace
from itertools import cycle, islice

import pytest

from bot.channels.terminal import as_text
from bot.conversation.messages import Result
from bot.conversation.wording import draw
from bot.directory.checks import fit_to_show
from bot.directory.index import build, may_be_shown
from bot.directory.matching import match
from bot.directory.model import Place, Source, Status
from bot.documents import Scalar
from bot.flows.graph import asked_again, reads_after
from bot.needs import Needs
from bot.problems import Mark
from bot.simulator import Ahead, walk
from tests.talk import Talk
from tests.test_simulator import SAMPLES, SOURCE_READS

MARK = Mark()
CANARY = "zqx"  # in no word of any language that ships
EVERYBODY = 500  # more than there are entries
LANGUAGES = ("en", "ur", "pl")
UNSHOWN = (Status.DRAFT, Status.PAUSED, Status.CLOSED)


def forbidding(service):
    """The entry with a forbidden word at every place that a card must not show."""
    hidden = Place(
        "hidden", "hidden", MARK, name=f"{CANARY} House", street=f"1 {CANARY} Street",
        town=f"{CANARY}ton", postcode="ZZ99 9ZX",
    )  # fmt: skip
    secret = {
        key: (Scalar(word := f"{CANARY} {key}", MARK, word, plain=True),)
        for key in ("confidence", "organisation.charity_number", "notes", "sources[0].where")
    }
    return replace(
        service,
        places=(hidden, *service.places),
        notes=(f"{CANARY} note",),
        sources=(Source(f"{CANARY} source", "2026-01", f"{CANARY} gives"),),
        stated={**service.stated, **secret},
    )


def unshown(services):
    """Each shown entry once more, under a forbidden name, as draft, paused or closed."""
    return [
        replace(
            service, id=f"{CANARY}-{service.id}", name=f"{CANARY} {service.name}", status=status
        )
        for service, status in zip(services, islice(cycle(UNSHOWN), len(services)), strict=True)
    ]


@pytest.fixture(scope="module")
def canaries(world, data, moment):
    """The world that ships, with a forbidden word at every place where one may stand."""
    known = [forbidding(service) for service in world.material.services.values()]
    services = fit_to_show([*known, *unshown(known)], ())
    index = build(
        [*known, *unshown(known)], data.vocabulary, data.places, moment.date(), data.schools
    )
    material = replace(
        world.material, services={each.id: each for each in services}, drawn={}
    )  # fmt: skip
    return replace(world, material=material, index=index)


@pytest.fixture(scope="module")
def forbidden(world, data):
    """All that no card may say, in small letters."""
    shown = {each.name.casefold() for each in world.material.services.values()}
    names = {each.name.casefold() for each in data.services if each.status in UNSHOWN}
    gone = {name.casefold() for each in data.gone for name in each.spellings}
    real = {name for name in names if not any(name in other for other in shown)}
    assert len(real) > 30
    return frozenset({CANARY, "zz99", "9zx", *real, *gone})


def words_of(card):
    """The card as the terminal shows it, on one line: a name may go over the end of one."""
    return " ".join(as_text(card).split())


def said(card, forbidden):
    text = words_of(card).casefold()
    return [word for word in forbidden if word in text]


@pytest.fixture(scope="module")
def places(canaries, data):
    """Every kind of card once: what stands after a move, with each way of asking."""
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    found = {}
    for stride in walk(canaries.material.plan, ahead, SAMPLES):
        session = stride.after.session
        if session is not None:
            key = (session.at, session.said, session.misses > 0, stride.after.needs)
            found.setdefault(key, (session, stride.after.needs))
    return tuple(found.values())


def cards(world, voice, places, moment):
    for session, needs in places:
        found = match(needs, world.index, moment, EVERYBODY) if needs else None
        yield draw(world.material, session, voice, moment, found, needs)


@pytest.mark.slow
def test_threat_06_no_card_of_any_path_says_what_is_forbidden(canaries, places, moment, forbidden):
    drawn, results = 0, set()
    for card in cards(canaries, canaries.catalogues.voice("en"), places, moment):
        assert said(card, forbidden) == [], card.step
        drawn += 1
        results |= {block.name for block in card.blocks if isinstance(block, Result)}
    assert drawn > 500
    assert len(results) > 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_says_what_is_forbidden_wherever_she_lives(
    canaries, places, data, moment, language, forbidden
):
    """Every entry that a search can show stands on one of these cards, so none is passed over."""
    voice, results = canaries.catalogues.voice(language), set()
    asking = {session.at: (session, needs) for session, needs in places if needs}
    wide = [
        (session, Needs(prefer=frozenset(asked), council=council, language=language))
        for session, _ in asking.values()
        for council in data.places.councils
        for asked in ((), ("young_person",))  # some are for young people alone
    ]
    for card in cards(canaries, voice, wide, moment):
        assert said(card, forbidden) == [], card.step
        text = words_of(card)
        results |= {one.id for one in canaries.material.services.values() if one.name in text}
    everywhere = {one.id for one in canaries.material.services.values() if may_be_shown(one)}
    national = {one.id for one in canaries.material.services.values() if one.national}
    assert everywhere - national <= results
    assert len(results & national) >= 2


def test_every_national_line_says_nothing_forbidden(canaries, moment, forbidden, places):
    """National lines share one place on the card; here each has it for itself."""
    session, needs = next((session, needs) for session, needs in places if needs)
    voice = canaries.catalogues.voice("en")
    found = match(needs, canaries.index, moment, EVERYBODY)
    lines = [row.service for row in canaries.index.national.rows]
    assert len(lines) > 20
    for line in lines:
        one = replace(found.national[0], service=line)
        card = draw(
            canaries.material, session, voice, moment, replace(found, matches=(one,)), needs
        )
        assert line.name in words_of(card)
        assert said(card, forbidden) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_talk_in_the_terminal_says_nothing_forbidden(
    canaries, moment, language, forbidden
):
    talk = Talk(canaries, moment, language)
    seen = set()
    for line in ("1", "1", "birmingham", *["1"] * 12, "2", "urgent", "back", "know", "1", "leave"):
        assert said(talk.card, forbidden) == [], talk.card.step
        seen.add(talk.card.step)
        if talk.card.ended:
            break
        talk.type(line)
    assert said(talk.card, forbidden) == []
    assert len(seen) > 8


def test_the_words_are_really_there(canaries, forbidden):
    """A test that looks for what is nowhere would always pass."""
    one = next(iter(canaries.material.services.values()))
    assert CANARY in f"{one.places[0].street} {one.notes} {one.sources}"
    assert CANARY in one.stated["organisation.charity_number"][0].text
    assert not any(each.id.startswith(CANARY) for each in canaries.material.services.values())
    assert "ask for ani" in forbidden


def test_a_leak_would_be_seen(canaries, places, moment, forbidden):
    """A place that stops being hidden is found on the very next card."""
    shown = {
        each.id: replace(each, places=(replace(each.places[0], address="shown"),))
        for each in canaries.material.services.values()
    }
    session, needs = next((session, needs) for session, needs in places if needs)
    found = match(needs, canaries.index, moment, 3)
    told = replace(found.national[0], service=shown[found.national[0].service.id])
    card = draw(
        canaries.material, session, canaries.catalogues.voice("en"), moment,
        replace(found, national=(told,), matches=(told,)), needs,
    )  # fmt: skip
    assert CANARY in said(card, forbidden)
