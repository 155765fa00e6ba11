"""The interview: fifteen questions for a new entry, and what each answer states."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.directory.drafting import listed, quoted
from bot.directory.places import Places
from bot.directory.shape import SHAPE
from bot.exceptions import LinnetError
from bot.problems import did_you_mean

NATIONAL = "national"
Stated = Mapping[str, str]  # YAML values by key of the shape


class UnfitError(LinnetError):
    """An answer that cannot be used; the words say what to write instead."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `read` turns an answer (one line, not empty) into what it states.

    `read` raises UnfitError. `needed`: without an answer there is no entry. `choices` are shown;
    with `many` several of them may be named, with commas between.
    """

    words: str
    read: Callable[[str], Stated]
    choices: tuple[str, ...] = ()
    needed: bool = False
    many: bool = False


def asks(places: Places, today: date) -> tuple[Ask, ...]:
    """All questions in their order; councils are named as `places` has them."""

    def councils(answer: str) -> Stated:
        return _councils(answer, places)

    def checked(answer: str) -> Stated:
        return _checked(answer, today)

    known = (*(council.name for council in places), NATIONAL)
    return (
        Ask("What is the service called?", _as_text("name"), needed=True),
        Ask(
            "What kind of service is it? You can name several.",
            _some("kind"),
            _of("kind"),
            many=True,
        ),
        Ask("In one or two short sentences: what can a woman get there?", _summary),
        Ask("Which councils is it for?", councils, known, needed=True, many=True),
        Ask("One way to reach it: a number, a web address or an e-mail address.", _contact),
        Ask("When does someone answer there? Like Mo-Fr 09:00-17:00; Sa 10:00-12:00", _answers),
        Ask("Who is it for?", _one("who"), _of("who")),
        Ask("Does a sign outside say drugs, alcohol or addiction?", _sign, ("yes", "no")),
        Ask("Can a woman get in without steps?", _place("step_free"), ("yes", "no")),
        Ask("Are there groups for women only?", _one("groups.women_only"), ("yes", "no")),
        Ask("Can she have a woman as her worker?", _one("worker.female"), _of("worker.female")),
        Ask("At which of these times can she come?", _times, _TIMES, many=True),
        Ask("Can someone look after her child there?", _one("children.creche"), ("yes", "no")),
        Ask("Do they see women who still use drugs?", _one("accepts.using_now"), ("yes", "no")),
        Ask(
            "Who has just checked these answers, and how? A role and a way: service phone",
            checked,
            (*_of("verified.by"), *_of("verified.how")),
            many=True,
        ),
    )


def whole(answers: Iterable[Stated], id: str) -> Stated:
    """Everything that the answers state, with what an entry cannot do without.

    Without a word of who checked, no day is written: nobody has said when.
    """
    found: dict[str, str] = {
        "schema": "1",
        "id": id,
        "status": "draft",
        "kind": "[]",
        "summary": "{en: Not written yet.}",
        "verified.by": "editor",
        "verified.how": "web_page",
        "contact": "[]",
    }
    for answer in answers:
        found |= answer
    # Hours of a contact say nothing without the contact.
    if "contact[].type" in found:
        del found["contact"]
    else:
        found.pop("contact[].answers", None)
    if not found.keys() & {"area.councils", "area.national"}:
        found["area.national"] = "no"  # only until that question is answered
    return found


def id_of(name: str) -> str:
    """The id for a name: `St Anne's Hub` → `st-annes-hub`; empty where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).replace("'", "").replace("\u2019", "")
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))


# ---- what an answer states


def _of(key: str) -> tuple[str, ...]:
    return SHAPE[key].choices


def _as_text(key: str) -> Callable[[str], Stated]:
    return lambda answer: {key: quoted(answer)}


def _summary(answer: str) -> Stated:
    return {"summary": f"{{en: {quoted(answer)}}}"}


def _word(answer: str, choices: Iterable[str]) -> str:
    known = tuple(choices)
    word = answer.strip().lower().replace(" ", "_")
    word = {"y": "yes", "n": "no"}.get(word, word)
    if word not in known:
        near = did_you_mean(word, known) or f"; choose from: {', '.join(known)}"
        raise UnfitError(f"'{answer.strip()}' is not one of the words{near}")
    return word


def _words(answer: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))


def _one(key: str) -> Callable[[str], Stated]:
    return lambda answer: {key: _word(answer, _of(key))}


def _some(key: str) -> Callable[[str], Stated]:
    return lambda answer: {key: listed(_word(word, _of(key)) for word in _words(answer))}


def _councils(answer: str, places: Places) -> Stated:
    names = {council.name.lower(): council.id for council in places} | {
        id: id for id in places.councils
    }
    found = []
    for word in _words(answer):
        if word.lower() == NATIONAL:
            return {"area.national": "yes"}
        if word.lower() not in names:
            near = did_you_mean(word.lower(), names) or "; write the names with commas between"
            raise UnfitError(f"'{word}' is not a council that we know{near}")
        found.append(names[word.lower()])
    if not found:
        raise UnfitError("write the names of councils with commas between")
    return {"area.councils": listed(found)}


def _contact(answer: str) -> Stated:
    text = answer.strip()
    if re.fullmatch(r"[+0-9() .-]{3,}", text):
        return {"contact[].type": "phone", "contact[].number": quoted(text)}
    if re.fullmatch(r"[^\s@]+@[^\s@]+", text):
        return {"contact[].type": "email", "contact[].address": quoted(text)}
    if "." in text and " " not in text:
        link = text if "://" in text else f"https://{text}"
        return {"contact[].type": "website", "contact[].url": quoted(link)}
    raise UnfitError("write one number, one web address or one e-mail address and nothing else")


def _answers(answer: str) -> Stated:
    lines = [part.strip() for part in answer.split(";") if part.strip()]
    return {"contact[].answers": listed(map(quoted, lines))}


def _place(name: str) -> Callable[[str], Stated]:
    # Where it is was not asked, so nothing of it may be shown.
    return lambda answer: {
        "places[].id": "main",
        "places[].address": "hidden",
        f"places[].{name}": _word(answer, ("yes", "no")),
    }


def _sign(answer: str) -> Stated:
    says = _word(answer, ("yes", "no"))
    sign = "names_drugs_or_alcohol" if says == "yes" else "discreet"
    return {"places[].id": "main", "places[].address": "hidden", "places[].sign": sign}


_TIMES = ("evening", "night", "weekend", "school_run")


def _times(answer: str) -> Stated:
    return {f"times.{_word(word, _TIMES)}": "yes" for word in _words(answer)}


def _checked(answer: str, today: date) -> Stated:
    roles, ways = _of("verified.by"), _of("verified.how")
    words = [_word(word, (*roles, *ways)) for word in answer.replace(",", " ").split()]
    if [word in roles for word in sorted(words, key=ways.__contains__)] != [True, False]:
        raise UnfitError("write one role and one way, for example: service phone")
    role, way = sorted(words, key=ways.__contains__)
    return {"verified.on": today.isoformat(), "verified.by": role, "verified.how": way}
