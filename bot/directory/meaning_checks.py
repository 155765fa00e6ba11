"""Checks of meaning: facts that cannot both be true, and words that must not be promised."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

from bot.directory.findings import (
    Around,
    Finding,
    Findings,
    Rule,
    matching,
    shown_texts,
    where,
)
from bot.directory.model import Service

_LONGEST_SENTENCE = 30


def _file_name(service: Service, _: Around) -> Findings:
    name = PurePosixPath(service.path).stem
    if service.id != name:
        why = f"the id '{service.id}' is not the name of the file; write '{name}'"
        yield Finding(where(service, "id"), why)


def _ages(service: Service, _: Around) -> Findings:
    first, last = service.age_from, service.age_to
    if first is not None and last is not None and first > last:
        why = f"age.from {first} is above age.to {last}; swap them"
        yield Finding(where(service, "age.from"), why)


def _both(service: Service, _: Around) -> Findings:
    refused = {found.text: found for _key, found in matching(service, "not_for")}
    for key, found in matching(service, "welcomes", "specialist_in"):
        if found.text in refused:
            why = f"{key} and not_for both list '{found.text}'; keep one"
            yield Finding(refused[found.text].mark, why)


def _residential(service: Service, _: Around) -> Findings:
    keys = [key for key in service.stated if key.startswith("residential.")]
    if keys and not {"residential", "detox"} & set(service.kinds):
        why = "'residential' belongs only to an entry of kind residential or detox"
        yield Finding(where(service, keys[0]), why)


def _using_helpline(service: Service, _: Around) -> Findings:
    if service.has("accepts.using_now", "no") and "helpline" in service.kinds:
        why = "accepts.using_now is no, but this is a helpline; does it turn callers away?"
        yield Finding(where(service, "accepts.using_now"), why, "warning")


def _one_to_one(service: Service, _: Around) -> Findings:
    if service.has("worker.one_to_one", "always") and service.has("groups.needed"):
        why = "one_to_one is always, but groups.needed is yes; is a group really needed?"
        yield Finding(where(service, "groups.needed"), why, "warning")


def _confidential(service: Service, _: Around) -> Findings:
    # A promise without its limits breaks the day a child is at risk, and trust with it.
    if "sharing.stated" in service.facts:
        return
    for _key, found in shown_texts(service):
        if "confidential" in found.text.casefold():
            why = (
                "a text must not promise 'confidential' without saying what is shared; "
                "add sharing.say or take the word out"
            )
            yield Finding(found.mark, why)


def _long_sentence(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, "summary.en"):
        counts = [len(sentence.split()) for sentence in re.split(r"[.!?](?:\s|$)", found.text)]
        if max(counts) > _LONGEST_SENTENCE:
            why = f"summary.en has {max(counts)} words in one sentence; make it two"
            yield Finding(found.mark, why, "warning")


def _no_womens_session(service: Service, _: Around) -> Findings:
    key = "groups.women_only"
    said = service.stated.get(key)
    if not said or said[0].text != "yes" or not service.activities or service.has("who", "women"):
        return
    whats = {activity.what for activity in service.activities}
    if "women_only_group" not in whats and not service.has("sessions.women_only"):
        why = "groups.women_only is yes, but no session is women-only; add it, or its women_only"
        yield Finding(said[0].mark, why, "warning")


def _names_worker(service: Service, _: Around) -> Findings:
    # Workers leave, and a name may be the one that somebody looks for.
    own = set(re.findall(r"\w+", f"{service.name} {service.organisation} {service.discreet_name}"))
    for _key, found in matching(service, "summary.en", "referral.start.en"):
        named = _WORKER.search(found.text)
        if named and named[1] not in own:
            why = f"'{named[0]}' names a worker, and workers leave; write 'a worker' instead"
            yield Finding(found.mark, why, "warning")


_WORKER = re.compile(
    r"\b(?:[Aa]sk for|[Ss]peak to|[Tt]alk to|[Ss]ee|[Mm]eet|[Cc]ontact|(?:Mrs?|Ms|Miss|Dr)\.?)"
    r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)([A-Z][a-z]+)\b"
)


def _gone(service: Service, around: Around) -> Findings:
    texts = [found for _key, found in (*shown_texts(service), *matching(service, "id"))]
    for gone in around.gone:
        for found in texts:
            if any(_spelled(name).search(found.text) for name in gone.spellings):
                why = f"'{gone.name}' must not be shown: {gone.why}"
                yield Finding(found.mark, why)


@lru_cache(maxsize=64)
def _spelled(name: str) -> re.Pattern[str]:
    """A name however it is spaced, dotted, hyphenated or capitalised."""
    letters = r"[\W_]*".join(re.escape(char) for char in name if char.isalnum())
    return re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)


RULES = (
    Rule("id-not-file-name", "The id of an entry is not the name of its file.", _file_name),
    Rule("age-order", "The lowest age is above the highest.", _ages),
    Rule("welcomed-and-refused", "The same women are welcomed and refused.", _both),
    Rule("not-residential", "Residential facts where nobody stays the night.", _residential),
    Rule(
        "helpline-refuses",
        "A helpline that takes no woman who uses.",
        _using_helpline,
        shown_only=True,
    ),
    Rule(
        "group-needed",
        "One-to-one always, and yet a group is needed.",
        _one_to_one,
        shown_only=True,
    ),
    Rule("promises-confidential", "Confidential, without what is shared.", _confidential),
    Rule(
        "long-sentence", "A sentence of the summary is too long.", _long_sentence, shown_only=True
    ),
    Rule("no-womens-session", "A women's group that is at no time.", _no_womens_session),
    Rule(
        "names-worker", "The summary gives the name of a worker.", _names_worker, shown_only=True
    ),
    Rule("must-not-ship", "A name that must not be shown any more.", _gone),
)
