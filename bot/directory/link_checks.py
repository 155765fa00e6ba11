"""Checks of links and e-mail addresses: each leads where it says, and tells nobody on the way."""

import re
from collections.abc import Iterator

from bot.directory.findings import Around, Finding, Findings, Rule, matching
from bot.directory.model import Service
from bot.documents import Scalar

_LINKS = ("contact[].url", "organisation.website")

_LINK = re.compile(
    r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<port>:\d+)?(?P<rest>(?:[/?#\\]\S*)?)",
    re.IGNORECASE | re.ASCII,
)
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._+'-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.I | re.A)

# Anybody can make one of these lead anywhere, and change it the day after it was checked.
_HIDING = frozenset(
    {
        *("bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd"),
        *("buff.ly", "cutt.ly", "rb.gy", "rebrand.ly", "shorturl.at", "tiny.cc", "s.id", "t.ly"),
        *("lnkd.in", "fb.me", "youtu.be", "amzn.to", "trib.al", "shorte.st", "adf.ly", "bl.ink"),
        *("linktr.ee", "forms.gle", "qrco.de", "qr.ae", "snip.ly", "clck.ru", "u.to", "x.co"),
        *("t.me", "wa.me", "m.me", "l.facebook.com", "lm.facebook.com", "l.instagram.com"),
        *("translate.goog", "cdn.ampproject.org", "web.archive.org"),
    }
)
# These pass on to other sites; what stands under them, as sites.google.com, may be a service's own.
_PASSING = frozenset({"google.com", "google.co.uk", "bing.com"})

# The first that fits is said. Each is tried on what stands behind the host.
_REST = (
    (re.compile(r"\\"), "has a backslash"),
    (re.compile(r"%"), "has signs written with '%'"),
    (re.compile(r"\?"), "has a '?' and what follows it"),
    (re.compile(r"#"), "has a '#' and what follows it"),
    (re.compile(r"//"), "has '//' twice"),
    (re.compile(r"/\.{1,2}(?:/|\Z)"), "has dots for a folder"),
    (re.compile(r"https?:|www\.", re.IGNORECASE), "has another address in it"),
    (re.compile(r"[^\w/.~-]", re.ASCII), "has a sign that links of services do not need"),
)
_FREE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|mail|proton"
    r"|protonmail|zoho|btinternet|sky|talktalk|virginmedia)\.(?:com|co\.uk|net|me|org)\Z",
    re.IGNORECASE,
)


def _ascii(service: Service, *patterns: str) -> Iterator[Scalar]:
    """The values that `not-ascii` has nothing against."""
    for _key, found in matching(service, *patterns):
        if found.text.isascii():
            yield found


def _insecure_link(service: Service, _: Around) -> Findings:
    # On a watched network an http link shows every page she opens.
    for found in _ascii(service, *_LINKS):
        if found.text.lower().startswith("http://"):
            yield Finding(found.mark, "this link starts with http; use https")


def _not_a_link(service: Service, _: Around) -> Findings:
    for found in _ascii(service, *_LINKS):
        if not _LINK.fullmatch(found.text):
            why = f"'{found.text}' is not a link; write it in full, as https://example.org/help"
            yield Finding(found.mark, why)


def _trick_link(service: Service, _: Around) -> Findings:
    for found in _ascii(service, *_LINKS):
        parts = _LINK.fullmatch(found.text)
        if parts and (trick := _trick(parts)):
            why = f"this link {trick}; write the plain address of the page, or of the front page"
            yield Finding(found.mark, why)


def _trick(parts: re.Match[str]) -> str | None:
    """What is wrong with a link, or None."""
    labels = parts["host"].lower().split(".")
    if not re.fullmatch(r"[a-z]{2,}", labels[-1]):
        return "has a bare machine number for a name"
    if any(label.startswith(("xn--", "-")) or label.endswith("-") for label in labels):
        return "has letters of another alphabet hidden in its name"
    if parts["port"]:
        return "has a ':' and a number behind its name"
    return next((why for shape, why in _REST if shape.search(parts["rest"])), None)


def _hiding_link(service: Service, _: Around) -> Findings:
    for found in _ascii(service, *_LINKS):
        parts = _LINK.fullmatch(found.text)
        if parts and (host := _hides(parts["host"].lower())):
            why = f"links of {host} do not show where they lead; write the service's own address"
            yield Finding(found.mark, why)


def _hides(host: str) -> str | None:
    """The name on the list that a host is, or stands under."""
    labels = host.split(".")
    ends = (".".join(labels[start:]) for start in range(len(labels)))
    own = host.removeprefix("www.")
    return own if own in _PASSING else next((end for end in ends if end in _HIDING), None)


def _not_an_email(service: Service, _: Around) -> Findings:
    for found in _ascii(service, "contact[].address"):
        if not _EMAIL.fullmatch(found.text) or ".." in found.text:
            yield Finding(found.mark, f"'{found.text}' is not an e-mail address")


def _free_mail(service: Service, _: Around) -> Findings:
    for found in _ascii(service, "contact[].address"):
        if _FREE_MAIL.search(found.text):
            why = "this mailbox may be one person's own; give one with the name of the service"
            yield Finding(found.mark, why, "warning")


RULES = (
    Rule(
        "insecure-link", "A link she may open starts with http.", _insecure_link, shown_only=True
    ),
    Rule("not-a-link", "A link is not written in full.", _not_a_link),
    Rule("trick-link", "A link has more in it than the name of a page.", _trick_link),
    Rule("hiding-link", "A link does not show where it leads.", _hiding_link),
    Rule("not-an-email", "An e-mail address has not the shape of one.", _not_an_email),
    Rule("free-mail", "A mailbox is perhaps one person's own.", _free_mail),
)
