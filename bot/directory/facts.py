"""The facts of an entry: the stated ones, and those that follow from hours, contacts and sessions."""

from collections.abc import Callable, Collection, Mapping

from bot.directory.calls import answers, in_order
from bot.directory.model import WITHOUT_VOICE
from bot.directory.schedules import Window, covers
from bot.directory.shape import SHAPE, fact_name
from bot.directory.stated import Stated, pattern

_FACT_KINDS = {"choice", "choices", "languages", "date", "whole", "wholes"}
_GROUPS = {"women_only_group", "group", "sex_work_group", "family_group", "class"}


def work_out(stated: Stated) -> Mapping[str, frozenset[str]]:
    """Every fact by its dotted name.

    Blocks of a list lend theirs to the service: `place.step_free` holds the values of all places.
    A fact that follows from others stands above the same fact as stated; a check tells the editor
    when the two disagree.
    """
    found: dict[str, frozenset[str]] = {}
    for key, scalars in stated.values.items():
        shaped = pattern(key)
        if shaped in SHAPE and SHAPE[shaped].kind in _FACT_KINDS and scalars:
            name = fact_name(shaped)
            found[name] = found.get(name, frozenset()) | {scalar.text for scalar in scalars}
    found |= {name: frozenset({"yes"}) for name, holds in _FOLLOWS if holds(stated)}
    found |= _wait(stated) | _answered(stated)
    return {name: values for name, values in found.items() if values}


def _wait(stated: Stated) -> dict[str, frozenset[str]]:
    weeks = stated.whole("wait.first_appointment_weeks")
    return {} if weeks is None else {"wait.short": frozenset({"yes" if weeks <= 2 else "no"})}


def _answered(stated: Stated) -> dict[str, frozenset[str]]:
    """Whether somebody answers: by the test calls, else by what the contacts say of their test.

    One contact that was answered is enough; a test that failed beside it is no "no". A last call
    that failed once takes back what is said, and says nothing in its place.
    """
    contacts = [f"{key}." for key, _ in stated.each("contact")]
    tests = [(stated.text(f"{key}tested"), stated.text(f"{key}answered")) for key in contacts]
    good = [each for each in tests if each[1] == "yes"]
    called = [key for key, _ in stated.each("checks") if stated.text(f"{key}.how") == "test_call"]
    dated = [(stated.text(f"{key}.on"), stated.text(f"{key}.answered")) for key in called]
    if in_order(dated):
        said = answers(in_order([*(good or tests), *dated]))
        return {"contact.answered": frozenset({said} if said else ())}
    return {"contact.answered": frozenset({"yes"})} if good else {}


def _contact_types(stated: Stated) -> set[str | None]:
    return {stated.text(f"{key}.type") for key, _ in stated.each("contact")}


def _when(stated: Stated, name: str, key: str) -> tuple[str, ...]:
    lines = (stated.texts(f"{block}.{key}") or () for block, _ in stated.each(name))
    return tuple(line for group in lines for line in group)


def _open(stated: Stated) -> tuple[str, ...]:
    """The lines at which she can be there, or be heard where there is nowhere to go.

    A clinic whose telephone is answered until eight is not open in the evening.
    """
    lines = stated.texts("hours.open") or ()
    nowhere = not any(stated.each("places"))
    return lines + (_when(stated, "contact", "answers") if nowhere else ())


def _during(window: Window) -> Callable[[Stated], bool]:
    def holds(stated: Stated) -> bool:
        sessions = _when(stated, "sessions", "when")
        return covers(_open(stated), window) or covers(sessions, window, whole=True)

    return holds


def _sessions(stated: Stated, whats: Collection[str | None], key: str | None = None) -> bool:
    """Whether a session of such a kind is there, and says yes to `key` where one is given."""
    return any(
        stated.text(f"{block}.what") in whats and (key is None or stated.is_yes(f"{block}.{key}"))
        for block, _ in stated.each("sessions")
    )


_ALL_SESSIONS = frozenset(SHAPE["sessions[].what"].choices)

_FOLLOWS: tuple[tuple[str, Callable[[Stated], bool]], ...] = (
    ("times.evening", _during("evening")),
    ("times.night", _during("night")),
    ("times.weekend", _during("weekend")),
    (
        "times.school_hours",
        lambda it: it.is_yes("times.school_run") or _during("school_hours")(it),
    ),
    ("contact.no_voice", lambda it: bool(_contact_types(it) & WITHOUT_VOICE)),
    ("contact.phone", lambda it: "phone" in _contact_types(it)),
    (
        "groups.women_only",
        lambda it: _sessions(it, {"women_only_group"}) or _sessions(it, _GROUPS, "women_only"),
    ),
    ("children.creche", lambda it: _sessions(it, _ALL_SESSIONS, "creche")),
    ("ways.online_group", lambda it: _sessions(it, _GROUPS, "online")),
    (
        "ways.drop_in",
        lambda it: _sessions(it, {"drop_in"}) or "walk_in" in (it.texts("referral.how") or ()),
    ),
    ("ways.outreach", lambda it: _sessions(it, {"outreach"})),
    ("sharing.stated", lambda it: it.text("sharing.say.en") is not None),
    (
        "on_site.several",
        lambda it: (
            "womens_centre" in (it.texts("kind") or ()) or len(it.texts("on_site") or ()) > 1
        ),
    ),
)
