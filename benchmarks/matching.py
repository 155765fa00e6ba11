"""What a search costs: milliseconds a match, microseconds a service to build, megabytes to hold.

    python -m benchmarks.matching

A made-up directory from a fixed seed, with the needs and hours rules that ship. Each question
asks twelve needs, three of them musts. The plain loop over sets, which does the same ranking, is
run on the same questions and must give the same services. Nothing is asserted about time.
"""

import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.plain_matching import plain_match, prepare
from bot.directory.index import build
from bot.directory.matching import match
from bot.directory.model import Contact, Hours, Place, Service, Status, Verified
from bot.directory.places import Council, Outcode, Places
from bot.documents import read_file
from bot.needs import HER_LANGUAGE, Needs, Vocabulary, load_vocabulary
from bot.problems import Mark

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
NEEDS_FILE = Path(__file__).parents[1] / "directory" / "needs.yaml"
QUESTIONS = 200
NATIONAL = 30
MARK = Mark()

KINDS = (
    *("treatment", "treatment", "support", "womens_centre", "domestic_abuse", "mental_health"),
    *("housing", "by_and_for", "sex_work", "family"),
)
HOURS = (
    *("Mo-Fr 09:00-17:00", "Mo-Fr 09:30-16:30", "Mo-Th 10:00-15:00", "Tu,Th 09:00-20:00"),
    *("Mo-Sa 08:00-18:00", "We 12:00-20:00", "Mo-Su 10:00-22:00", "Fr-Sa 21:00-05:00"),
)
WHO = ("everyone", "everyone", "women", "lgbt", "sex_workers", "young_people")
LANGUAGES = ("ar", "bn", "gu", "pa", "pl", "ps", "ro", "so", "ti", "uk", "ur", "zh")


def vocabulary() -> Vocabulary:
    """The one that ships."""
    return load_vocabulary(read_file(NEEDS_FILE, "directory/needs.yaml")[0])[0]


def places(councils: int) -> Places:
    """Councils in a ring, each beside the two on either side, with twenty outcodes each."""
    ids = [f"c{number}" for number in range(councils)]
    outcodes = {}
    for number in range(councils):
        for step in range(20):
            code = f"X{number}Z{step}"
            at = (52 + number % 17 / 10 + step / 80, -2 + number // 17 / 5 + step % 5 / 50)
            outcodes[code] = Outcode(code, *at, ((f"d{number}", 100),))
    near = [
        tuple(ids[(number + step) % councils] for step in (-2, -1, 1, 2))
        for number in range(councils)
    ]
    found = [
        Council(id, id, (f"d{number}",), (), near[number], MARK) for number, id in enumerate(ids)
    ]
    return Places({council.id: council for council in found}, outcodes)


def directory(count: int, councils: int, words: Vocabulary) -> tuple[Service, ...]:
    """Services of which each states about half of all facts."""
    chance = random.Random(count)
    return (
        *(_local(f"s{number}", chance, councils, words) for number in range(count - NATIONAL)),
        *(_national(f"n{number}", chance, words) for number in range(NATIONAL)),
    )


def _local(id: str, chance: random.Random, councils: int, words: Vocabulary) -> Service:
    home = chance.randrange(councils)
    served = {home, (home + 1) % councils} if chance.random() < 0.2 else {home}
    outcode = f"X{home}Z{chance.randrange(20)}"
    who = {"who": frozenset({chance.choice(WHO)})} if chance.random() < 0.6 else {}
    return replace(
        _national(id, chance, words),
        kinds=(kind := chance.choice(KINDS),),
        status=Status.DRAFT if chance.random() < 0.05 else Status.ACTIVE,
        councils=tuple(f"c{number}" for number in sorted(served)),
        facts={**_facts(chance, words, 0.3), **who, "kind": frozenset({kind})},
        national=False,
        must_live_there=chance.random() < 0.2,
        places=(Place("main", "shown", MARK, postcode=f"{outcode} {chance.randrange(10)}AA"),),
        hours=Hours(open=chance.choice([None, (chance.choice(HOURS), chance.choice(HOURS))])),
    )


def _national(id: str, chance: random.Random, words: Vocabulary) -> Service:
    answers = chance.choice([None, ("24/7",), (chance.choice(HOURS),)])
    verified = chance.choice([None, "2026-03", "2026-09-01", "2026", "2024", "2025-02-11"])
    return Service(
        id=id,
        path="",
        name=id,
        status=Status.ACTIVE,
        kinds=("helpline",),
        summary={"en": id},
        verified=Verified(verified, "editor", "web_page"),
        councils=(),
        contacts=(Contact("phone", "0", MARK, answers=answers),),
        facts={**_open_to_all(_facts(chance, words, 0.15)), "kind": frozenset({"helpline"})},
        mark=MARK,
        national=True,
    )


def _facts(
    chance: random.Random, words: Vocabulary, yes_share: float
) -> dict[str, frozenset[str]]:
    """So many facts say yes, 25 in 100 of the others no, the rest nothing."""
    facts: dict[str, frozenset[str]] = {}
    for need in words.needs.values():
        dice, yes, no = chance.random(), need.met_by[0], need.ruled_out_by[:1]
        if HER_LANGUAGE in yes.values:
            facts[yes.fact] = frozenset(chance.sample(LANGUAGES, 2))
        elif yes.fact not in {"kind", "who"} and dice < yes_share:
            facts[yes.fact] = frozenset({min(yes.values)})
        elif no and no[0].fact not in {"kind", "who"} and yes_share <= dice < yes_share + 0.25:
            facts[no[0].fact] = frozenset({min(no[0].values)})
    return facts


def _open_to_all(facts: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    closing = ("not_for", "accepts", "by_and_for")
    return {fact: values for fact, values in facts.items() if not fact.startswith(closing)}


def questions(words: Vocabulary, area: Places, asked: int) -> list[Needs]:
    """What made-up women ask: `asked` needs each, a quarter of them musts."""
    chance = random.Random(asked)
    councils, outcodes = list(area.councils), list(area.outcodes)
    found = []
    for _ in range(QUESTIONS):
        ids = chance.sample(list(words.needs), asked)
        council = chance.choice(councils)
        near = [code for code in outcodes if code.startswith(f"X{council[1:]}Z")]
        found.append(
            Needs(
                must=frozenset(ids[: asked // 4]),
                prefer=frozenset(ids[asked // 4 :]),
                council=council,
                outcode=chance.choice([*near, None]),
                language=chance.choice(LANGUAGES),
            )
        )
    return found


def milliseconds(
    ask: Callable[[Needs, datetime], object], asked: Sequence[Needs], times: int
) -> list[float]:
    """How long each question took, the best of so many times, each at a minute of its own.

    The best, because what others do on the machine can only make it slower.
    """
    found = []
    for number, needs in enumerate(asked):
        took = []
        for time_of_day in range(times):
            at = AT + timedelta(minutes=number + len(asked) * time_of_day)
            start = time.perf_counter()
            ask(needs, at)
            took.append((time.perf_counter() - start) * 1000)
        found.append(min(took))
    return found


def measure(count: int, councils: int, asked: int, plainly: int) -> None:
    """Print one line for a directory; `plainly` questions also go through the plain loop."""
    words, area = vocabulary(), places(councils)
    services = directory(count, councils, words)
    builds = []
    for _ in range(3):
        start = time.perf_counter()
        build(services, words, area, TODAY)
        builds.append((time.perf_counter() - start) / count * 1e6)
    index = build(services, words, area, TODAY)
    women = questions(words, area, asked)
    cold = milliseconds(lambda needs, at: match(needs, index, at), women, 1)
    took = milliseconds(lambda needs, at: match(needs, index, at), women, 5)
    wider = statistics.mean(bool(match(needs, index, AT).relaxed) for needs in women)
    plain = prepare(services, words, area, TODAY)
    loop = milliseconds(lambda needs, at: plain_match(needs, plain, at), women[:plainly], 1)
    for needs in women[:plainly]:
        same = [each.service.id for each in match(needs, index, AT).matches]
        assert same == plain_match(needs, plain, AT), needs
    print(
        f"{count:>7,} services {councils:>3} councils {asked:>2} needs: "
        f"median {statistics.median(took):.3f} ms (95 in 100 under {quantile(took):.3f}, "
        f"on a new index {statistics.median(cold):.3f}), wider in {wider:.0%}; "
        f"plain loop {statistics.median(loop):.1f} ms, "
        f"{statistics.median(loop) / statistics.median(took):,.0f} times as long; "
        f"index {min(builds):.1f} µs a service"
    )


def remember(count: int, councils: int) -> None:
    """Print what an index holds beside the services themselves, before and after it is asked."""
    words, area = vocabulary(), places(councils)
    services = directory(count, councils, words)
    women = questions(words, area, 12)
    tracemalloc.start()
    index = build(services, words, area, TODAY)
    gc.collect()
    fresh = tracemalloc.get_traced_memory()[0] / 1e6
    for needs in women:
        match(needs, index, AT)
    gc.collect()
    asked = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    print(
        f"{count:>7,} services {councils:>3} councils: the index holds {fresh:.1f} MB, "
        f"and {asked:.1f} MB after {len(women)} questions, beside the services themselves"
    )


def quantile(took: Sequence[float]) -> float:
    """The time that 95 in 100 stay under."""
    return statistics.quantiles(took, n=20)[-1]


def main() -> None:
    """Measure and print."""
    for size, all_councils, slowly in ((100, 14, 50), (2_000, 14, 20), (10_000, 14, 5)):
        for needs_asked in (12, 3, 0):
            measure(size, all_councils, needs_asked, slowly)
    measure(100_000, 300, 12, 2)
    for size, all_councils in ((10_000, 14), (100_000, 300)):
        remember(size, all_councils)


if __name__ == "__main__":
    main()
