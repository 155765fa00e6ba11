"""Gaps: for each need and each council, how many services there state yes, no, or nothing.

Nothing here knows of any woman: the numbers come from the entries alone, read through the bits
that the search itself asks. A service counts in each council that it serves; national lines, the
same for everybody, are counted apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.directory.asking import resolve
from bot.directory.blocks import Block
from bot.directory.columns import union
from bot.directory.index import Index
from bot.directory.languages import LANGUAGES
from bot.needs import HER_LANGUAGE, Need, Needs, Vocabulary


class Said(StrEnum):
    """What a cell comes to, in words."""

    YES = "stated"
    NO = "none states yes"  # and some say no
    UNKNOWN = "only unknown"  # nobody says yes or no
    EMPTY = "no service"  # nobody to ask


@dataclass(frozen=True, slots=True)
class Cell:
    """How many services say yes, say no and do not say.

    Services that would turn away a woman who asks for this are counted where they say so (`no`),
    and left out where they are for children only.
    """

    yes: int
    no: int
    silent: int

    @property
    def all(self) -> int:
        """Everybody who could be asked."""
        return self.yes + self.no + self.silent

    @property
    def said(self) -> Said:
        """What it comes to."""
        if self.yes:
            return Said.YES
        if self.no:
            return Said.NO
        return Said.UNKNOWN if self.silent else Said.EMPTY


@dataclass(frozen=True, slots=True)
class Gap:
    """One need, in every council of the area.

    A need about her language stands once for each language asked about; `language` is then its
    code, or None for a language that no entry names.
    """

    need: str
    words: str  # plain English: the tag on the card
    language: str | None
    cells: Mapping[str, Cell]  # by council, in the order of the area
    beside: Mapping[str, int]  # yes of services beside a council, or elsewhere but from afar
    national: Cell

    @property
    def councils_with_yes(self) -> int:
        """In how many councils at least one service states yes."""
        return sum(cell.yes > 0 for cell in self.cells.values())

    @property
    def stated_nowhere(self) -> bool:
        """Whether nobody at all states yes, national lines among them."""
        return not self.councils_with_yes and not self.national.yes


def gaps(
    index: Index, vocabulary: Vocabulary, councils: Iterable[str], languages: Sequence[str] = ()
) -> tuple[Gap, ...]:
    """Every need, worst first: stated nowhere, then in the fewest councils, then by the fewest.

    `councils` are ids; one that the index does not have is passed over. `languages` are the codes
    to ask about beside "another language". Needs that are even keep the order of the vocabulary.
    """
    here = [council for council in councils if council in index.own]
    found = [
        _gap(index, need, language, here)
        for need in vocabulary.needs.values()
        for language in _languages(need, languages)
    ]
    return tuple(sorted(found, key=_badness))


def over_all(
    index: Index, vocabulary: Vocabulary, councils: Iterable[str]
) -> Mapping[str, tuple[Cell, Cell]]:
    """By need: the services of these councils, each of them once, and the national ones.

    A need about her language is asked for one that no entry names. Councils that the index does
    not have are passed over.
    """
    here = tuple(council for council in councils if council in index.own)
    area, national = index.home(here), index.national
    return {
        need.id: (
            _count(index, need, None, area, area.counted),
            _count(index, need, None, national, national.counted),
        )
        for need in vocabulary.needs.values()
    }


def _badness(gap: Gap) -> tuple[bool, int, int, int]:
    total = sum(cell.yes for cell in gap.cells.values())
    return not gap.stated_nowhere, gap.councils_with_yes, total, gap.national.yes


def _languages(need: Need, languages: Sequence[str]) -> tuple[str | None, ...]:
    about = any(HER_LANGUAGE in clause.values for clause in need.met_by)
    return (*languages, None) if about else (None,)


def _gap(index: Index, need: Need, language: str | None, councils: Sequence[str]) -> Gap:
    def count(block: Block, rows: int) -> Cell:
        return _count(index, need, language, block, rows)

    around = {council: index.beside((council,)) for council in councils}
    home = {council: index.home((council,)) for council in councils}
    return Gap(
        need=need.id,
        words=_words(need, language),
        language=language,
        cells={council: count(block, block.counted) for council, block in home.items()},
        beside={
            council: count(found.around, found.around.counted).yes
            + count(index.remote, found.elsewhere).yes
            for council, found in around.items()
        },
        national=count(index.national, index.national.counted),
    )


def _words(need: Need, language: str | None) -> str:
    if not any(HER_LANGUAGE in clause.values for clause in need.met_by):
        return need.tag
    return f"{need.tag} ({LANGUAGES.get(language, language) if language else 'another one'})"


def _count(index: Index, need: Need, language: str | None, block: Block, rows: int) -> Cell:
    """The rows as a woman meets them who asks for this need and nothing else."""
    asked = resolve(Needs(prefer=frozenset({need.id}), language=language), index.legend)
    term = index.legend.terms(language)[need.id]
    # A service that says no to her is the answer that is counted; one for others is no answer.
    others = [bit for bit in asked.closed if bit != term.no]
    rows &= ~union([block.columns[bit] for bit in others])
    yes, no = rows & block.columns[term.yes], rows & block.columns[term.no]
    return Cell(yes.bit_count(), no.bit_count(), (rows & ~yes & ~no).bit_count())


def sentences(found: Sequence[Gap]) -> tuple[str, ...]:
    """What is true of all needs together; empty without needs."""
    if not found:
        return ()
    cells = [cell for gap in found for cell in gap.cells.values()]
    nowhere = [gap.words for gap in found if gap.stated_nowhere]
    everywhere = sum(gap.councils_with_yes == len(gap.cells) for gap in found)
    counted = {said: sum(cell.said is said for cell in cells) for said in Said}
    return (
        f"{len(nowhere)} of {len(found)} needs {_are(len(nowhere))} stated by no service at all, in the area or"
        f" nationally{': ' if nowhere else ''}{'; '.join(nowhere)}.",
        f"{everywhere} of {len(found)} needs {_are(everywhere)} stated by a service in every council.",
        f"Of {len(cells)} pairs of a need and a council, {counted[Said.YES]} have a service that"
        f" states yes; in {counted[Said.NO]} none states yes and some say no; in"
        f" {counted[Said.UNKNOWN]} nobody says either; in {counted[Said.EMPTY]} there is no"
        " service to ask.",
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def cautions() -> tuple[str, ...]:
    """What these numbers cannot tell, in sentences; to stand beside them wherever they stand."""
    return (
        "A gap is a gap in what the entries say. A service may offer what its entry does not say:"
        " ask the service.",
        "The numbers count services. They do not tell how many women a service can see, how long"
        " they wait or how good it is.",
        "A service is counted in every council that it serves, also where it is for one group of"
        " women, where one must live there, or where its entry is old.",
        "A council with few entries may have more services than the directory knows.",
        "Nothing about any woman is in these numbers. They come from the entries alone.",
    )


def open_and_helped(found: Iterable[Gap], council: str) -> tuple[int, int]:
    """How many needs no service of a council states, and for how many of these help is beside it."""
    beside = [gap.beside[council] for gap in found if not gap.cells[council].yes]
    return len(beside), sum(yes > 0 for yes in beside)
