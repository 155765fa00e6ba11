"""The entry format as one table: every key, what it may hold, and the facts that needs may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.directory.languages import LANGUAGES

Kind = Literal[
    "text",  # one line of words
    "texts",  # a list of lines
    "words",  # a block: language code → words, English always there
    "choice",  # one word of `choices`
    "choices",  # a list of words of `choices`
    "languages",  # a list of language codes, or of the words in `choices`
    "date",  # YYYY, YYYY-MM or YYYY-MM-DD
    "whole",  # a whole number, 0 to 999
    "wholes",  # a list of whole numbers
    "lines",  # hours lines: Mo-Fr 09:00-17:00
    "lines_or_choice",  # a word of `choices`, or hours lines
    "days",  # days or ranges of days: 2026-12-24..2027-01-02
]


@dataclass(frozen=True, slots=True)
class Value:
    """What one key may hold; `choices` is the closed list, where there is one."""

    kind: Kind
    choices: tuple[str, ...] = ()


def _one(*choices: str) -> Value:
    return Value("choice", choices)


def _some(*choices: str) -> Value:
    return Value("choices", choices)


TEXT, TEXTS, WORDS, DATE, WHOLE, WHOLES, LINES, DAYS = (
    Value("text"),
    Value("texts"),
    Value("words"),
    Value("date"),
    Value("whole"),
    Value("wholes"),
    Value("lines"),
    Value("days"),
)
YES_NO = _one("yes", "no")
ASKED = _one("yes", "on_request", "no")
WORKER = _one("guaranteed", "on_request", "no")
ALWAYS = _one("always", "on_request", "no")
HOLIDAYS = Value("lines_or_choice", ("closed", "as_usual"))
SPOKEN = Value("languages")
INTERPRETED = Value("languages", ("any_by_phone",))

# Facts that are checked together; `freshness.py` says how soon each grows old.
GROUPS = ("contact", "access", "wait", "building", "summary")

KINDS = (
    *("treatment", "support", "helpline", "womens_centre", "domestic_abuse", "refuge"),
    *("honour_based_abuse", "sexual_violence", "sex_work", "exploitation", "mental_health"),
    *("emotional_support", "pregnancy", "family", "children", "parents_rights", "housing"),
    *("homelessness", "prison_leavers", "mutual_aid", "detox", "residential", "by_and_for"),
    *("migrants", "legal", "lgbt", "information", "emergency", "health", "young_people"),
)

# Who a service says it welcomes, knows well, or does not take.
SITUATIONS = (
    *("prison_history", "prison_release", "hospital_discharge", "sex_work", "no_recourse"),
    *("asylum", "modern_slavery", "gypsy_roma_traveller", "lgbtq", "trans_women", "pregnant"),
    *("court_ordered", "child_removed", "under_18", "homeless", "forced_marriage"),
    "complex_needs",
)

COMMUNITIES = (
    *("south_asian", "black", "african", "caribbean", "chinese", "middle_eastern"),
    *("eastern_european", "polish", "roma", "gypsy_roma_traveller", "latin_american"),
    *("jewish", "muslim", "sikh", "hindu", "christian", "migrant", "minoritised", "lgbtq"),
    *("women_in_prison", "sex_workers", "deaf", "disabled"),
)

PROFESSIONALS = ("gp", "midwife", "probation", "police", "social_care", "any_professional")

# The key of a contact that holds its number, link or words, by type; the first is preferred.
CONTACT_VALUES: Mapping[str, tuple[str, ...]] = {
    "phone": ("number",),
    "text": ("number",),
    "whatsapp": ("number",),
    "relay": ("number", "url"),
    "webchat": ("url",),
    "callback": ("url",),
    "website": ("url",),
    "email": ("address",),
    "walk_in": ("say_where",),
}

# `name[]` is a list of blocks. A key that is not here is refused, with the nearest one that is.
SHAPE: Mapping[str, Value] = {
    "schema": _one("1"),
    "id": TEXT,
    "name": TEXT,
    "discreet_name": TEXT,
    "organisation.name": TEXT,
    "organisation.charity_number": TEXT,
    "organisation.website": TEXT,
    "status": _one("draft", "active", "paused", "closed"),
    "paused.until": DATE,
    "paused.say": WORDS,
    "closed.on": DATE,
    "closed.why": TEXT,
    "do_not_list": YES_NO,
    "kind": _some(*KINDS),
    "helps_with": _some("alcohol", "drugs", "someone_else"),
    "who": _one(
        *("women", "everyone", "sex_workers", "lgbt", "young_people", "parents", "minoritised")
    ),
    "summary": WORDS,
    "verified.on": DATE,
    "verified.by": _one("editor", "service", "outreach"),
    "verified.how": _one("web_page", "phone", "visit", "email"),
    "verified.fields": _some(*GROUPS),
    "checks[].on": DATE,
    "checks[].by": _one("editor", "service", "outreach"),
    "checks[].how": _one("web_page", "phone", "visit", "email", "test_call"),
    "checks[].groups": _some(*GROUPS),
    "checks[].answered": YES_NO,
    "area.councils": TEXTS,
    "area.national": YES_NO,
    "area.nations": _some("england", "scotland", "wales", "uk"),
    "area.must_live_there": YES_NO,
    "places[].id": TEXT,
    "places[].name": TEXT,
    "places[].address": _one("shown", "area_only", "hidden"),
    "places[].address_confirmed_safe": YES_NO,
    "places[].street": TEXT,
    "places[].town": TEXT,
    "places[].postcode": TEXT,
    "places[].building": _one(
        *("shared", "own", "womens_centre", "gp", "childrens_centre", "library")
    ),
    "places[].sign": _one("discreet", "names_drugs_or_alcohol"),
    "places[].men": _one("never", "other_times", "same_time"),
    "places[].women_only_space": YES_NO,
    "places[].entrance_for_women": YES_NO,
    "places[].step_free": YES_NO,
    "places[].lift": _one("yes", "no", "not_needed"),
    "places[].pram": YES_NO,
    "places[].baby_change": YES_NO,
    "places[].toilet_accessible": YES_NO,
    "places[].travel": WORDS,
    "ways.in_person": ASKED,
    "ways.phone": ASKED,
    "ways.video": ASKED,
    "ways.text": ASKED,
    "ways.home_visit": ASKED,
    "ways.online_group": ASKED,
    "ways.remote": ASKED,
    "ways.drop_in": ASKED,
    "ways.outreach": YES_NO,
    "contact[].type": _one(*CONTACT_VALUES),
    "contact[].number": TEXT,
    "contact[].public_mobile": YES_NO,  # published as a number of the service
    "contact[].url": TEXT,
    "contact[].address": TEXT,
    "contact[].say_where": TEXT,
    "contact[].label": TEXT,
    "contact[].say": TEXT,
    "contact[].cost": _one("free", "standard"),
    "contact[].answers": LINES,
    "contact[].languages": SPOKEN,
    "contact[].anonymous": YES_NO,
    "contact[].voicemail": _one("yes", "no", "ask_first"),
    "contact[].withheld_number": YES_NO,
    "contact[].safe_time_asked": YES_NO,
    "contact[].tested": DATE,
    "contact[].answered": YES_NO,
    "contact[].note": TEXT,
    "hours.open": LINES,
    "hours.bank_holidays": HOLIDAYS,
    "hours.school_holidays": HOLIDAYS,
    "hours.holiday_dropin": YES_NO,
    "hours.closed_on": DAYS,
    "sessions[].what": _one(
        *("women_only_group", "group", "drop_in", "sex_work_group", "outreach", "clinic"),
        *("family_group", "class"),
    ),
    "sessions[].name": TEXT,
    "sessions[].when": LINES,
    "sessions[].where": TEXT,
    "sessions[].women_only": YES_NO,
    "sessions[].term_only": YES_NO,
    "sessions[].creche": YES_NO,
    "sessions[].online": YES_NO,
    "worker.female": WORKER,
    "worker.male": WORKER,
    "worker.gender_choice": YES_NO,
    "worker.own_community": ALWAYS,
    "worker.other_community": ALWAYS,
    "worker.lived_experience": ALWAYS,
    "worker.one_to_one": ALWAYS,
    "worker.contact": _one("weekly", "fortnightly", "monthly"),
    "worker.sees_you_alone": YES_NO,
    "worker.tea_first": YES_NO,
    "groups.women_only": YES_NO,
    "groups.needed": YES_NO,
    "times.school_run": YES_NO,
    "times.evening": YES_NO,
    "times.night": YES_NO,
    "times.weekend": YES_NO,
    "children.welcome": _one("any", "under_5", "no"),
    "children.creche": YES_NO,
    "children.childcare_paid": YES_NO,
    "children.stay_overnight": YES_NO,
    "languages.spoken": SPOKEN,
    "languages.interpreter": INTERPRETED,
    "languages.interpreter_female": ASKED,
    "languages.interpreter_outside_community": ASKED,
    "languages.written": SPOKEN,
    "languages.bsl": ASKED,
    "languages.multilingual": YES_NO,
    "practice.trauma_informed": YES_NO,
    "practice.domestic_abuse_trained": YES_NO,
    "practice.sexual_violence_trained": YES_NO,
    "practice.emdr": YES_NO,
    "practice.safety_planning": YES_NO,
    "by_and_for": _some(*COMMUNITIES),
    "welcomes": _some(*SITUATIONS),
    "specialist_in": _some(*SITUATIONS),
    "not_for": _some(*SITUATIONS, "men"),
    "accepts.using_now": YES_NO,
    "accepts.drinking_now": YES_NO,
    "accepts.on_script": YES_NO,
    "accepts.binge_or_not_dependent": YES_NO,
    "accepts.mental_health": YES_NO,
    "age.from": WHOLE,
    "age.to": WHOLE,
    "pregnancy.priority": YES_NO,
    "pregnancy.midwife_on_site": _one("yes", "no", "weekly", "fortnightly", "monthly"),
    "pregnancy.group": YES_NO,
    "on_site": _some(
        *("midwife", "sexual_health", "citizens_advice", "housing", "debt", "benefits", "work"),
        *("legal", "counselling", "family_law", "baby_bank", "showers", "food"),
    ),
    "medical.script": _one("yes", "refers", "no"),
    "medical.alcohol_detox": _one("yes", "refers", "no"),
    "medical.needle_exchange": YES_NO,
    "medical.needle_exchange_by_post": YES_NO,
    "medical.naloxone": YES_NO,
    "residential.detox_first": YES_NO,
    "residential.weeks": WHOLES,
    "residential.women_only_house": YES_NO,
    "residential.children_stay": YES_NO,
    "residential.family_visits": YES_NO,
    "residential.funding": _one("council", "private", "both"),
    "family_support": YES_NO,
    "young_people": YES_NO,
    "referral.self": YES_NO,
    "referral.how": _some("phone", "text", "walk_in", "web_form", "email", "webchat"),
    "referral.others": _some(*PROFESSIONALS),
    "referral.gp_needed": YES_NO,
    "referral.anonymous_first": YES_NO,
    "referral.start": WORDS,
    "wait.first_reply_days": WHOLE,
    "wait.first_appointment_weeks": WHOLE,
    "wait.as_of": DATE,
    "wait.support_while_waiting": YES_NO,
    "missed.policy": _one("flexible", "strict"),
    "missed.say": WORDS,
    "ends.after": _one("none", "weeks", "licence_end"),
    "sharing.say": WORDS,
    "cost.free": YES_NO,
    "commissioned_until": DATE,
    "confidence": _one("high", "medium", "low"),
    "check_first": _some("contact", "hours", "phone", "entry"),
    "sources[].where": TEXT,
    "sources[].seen": DATE,
    "sources[].gives": TEXT,
    "notes": TEXTS,
    "changes[].on": DATE,
    "changes[].by": TEXT,
    "changes[].what": TEXT,
}

# What an entry cannot do without, and why. Inside a list of blocks it holds for each block.
REQUIRED: Mapping[str, str] = {
    "schema": "write 'schema: 1'",
    "id": "write the name of the file without '.yaml'",
    "name": "write the name the service goes by",
    "status": "write draft, active, paused or closed",
    "kind": "say what the service is",
    "summary": "say in a sentence what a woman can get there",
    "verified": "say who checked this entry, and how",
    "verified.by": "say who checked this entry",
    "verified.how": "say how this entry was checked",
    "area": "say which councils the service is for",
    "contact": "say how a woman can reach the service",
    "contact[].type": "say what kind of contact this is",
    "places[].id": "give each place a short name of its own",
    "places[].address": "say whether the address may be shown",
    "sessions[].what": "say what kind of session this is",
    "checks[].on": "say on which day this was checked",
    "checks[].by": "say who checked it",
    "checks[].how": "say how it was checked",
    "sources[].where": "say where the facts come from",
    "sources[].gives": "say which facts come from there",
}

# A list of blocks lends its facts to the whole service under this name.
_FACT_NAMES = {
    "places[]": "place", "contact[]": "contact", "sessions[]": "sessions", "checks[]": "checks",
}  # fmt: skip

# Facts that follow from others; `facts.py` works them out. `yes` is the only thing they can say,
# unless an entry states them itself: hours that do not reach the evening are not a "no".
WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "times.school_hours": ("yes", "no"),
    "contact.no_voice": ("yes",),
    "contact.phone": ("yes",),
    "sharing.stated": ("yes",),
    "wait.short": ("yes", "no"),
    "on_site.several": ("yes",),
}


def fact_name(key: str) -> str:
    """The name under which the value of a key is a fact: `places[].sign` → `place.sign`."""
    first, dot, rest = key.partition(".")
    return f"{_FACT_NAMES.get(first, first)}{dot}{rest}"


def _allowed(value: Value) -> tuple[str, ...]:
    return (*LANGUAGES, *value.choices) if value.kind == "languages" else value.choices


# Every fact a need may be met by, with the values it can have.
FACTS: Mapping[str, tuple[str, ...]] = {
    **{
        fact_name(key): _allowed(value)
        for key, value in SHAPE.items()
        if value.kind in {"choice", "choices", "languages"} and key not in {"schema", "status"}
    },
    **WORKED_OUT,
}
