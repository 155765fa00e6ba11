"""Sources and parsers: where choices that are not in a flow come from, by the names flows use."""

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.conversation.plan import Answers, Parser, Source
from bot.directory.model import Service
from bot.directory.places import Places, outward

# What `check` must know before anything is loaded.
SOURCES = frozenset({
    "languages", "councils", "councils_of_area", "services_near", "services_shown",
})  # fmt: skip
PARSERS = frozenset({"uk_outcode"})


def sources(
    languages: Sequence[str],
    places: Places,
    near: Callable[[str], Sequence[Service]],
    services: Collection[str],
) -> Mapping[str, Source]:
    """The sources by name. `near` gives the services of a council, `services` are the ids of all."""
    councils = tuple(places.councils)

    def of_area(answers: Answers, _shown: tuple[str, ...]) -> Sequence[str]:
        _, outcode = area(answers, places)
        return places.councils_of(outcode) if outcode else ()

    def to_hide(answers: Answers, shown: tuple[str, ...]) -> Sequence[str]:
        """What she was just shown, wherever it is, then the rest of her own council."""
        council, outcode = area(answers, places)
        here = council or next(iter(places.councils_of(outcode or "")), None)
        own = (service.id for service in near(here)) if here else ()
        return tuple(dict.fromkeys((*shown, *own)))

    def to_report(answers: Answers, shown: tuple[str, ...]) -> Sequence[str]:
        """What she was just shown; where that is no choice, the rest of her own council too."""
        return shown if len(shown) > 1 else to_hide(answers, shown)

    return {
        "languages": Source(lambda *_: languages, "language"),
        "councils": Source(lambda *_: councils, "council"),
        "councils_of_area": Source(of_area, "council"),
        "services_near": Source(to_hide, "hidden", services.__contains__),
        "services_shown": Source(to_report, "reported"),
    }


def parsers() -> Mapping[str, Parser]:
    """The parsers by name."""
    return {"uk_outcode": Parser(outward, "outcode")}


def area(answers: Answers, places: Places) -> tuple[str | None, str | None]:
    """The council and the outward code among the answers, whichever were given.

    Choice ids are small letters and outward codes are capitals, so neither can be the other.
    """
    council = outcode = None
    for answer in answers.values():
        if isinstance(answer, str) and answer in places.councils:
            council = answer
        elif isinstance(answer, str) and answer[:1].isupper():
            outcode = answer
    return council, outcode
