"""Spoofed hosts: forty addresses that look like a service's own, and what refuses each of them.

Those that no reader can tell from the true one are refused by a rule, also when the lock is signed
again. The others are honest names of somebody else: only the lock, which another person signs,
can stop them.
"""

import pytest

from tests.directory.test_hostile_edits import HAVEN, RAPE, edited, refused, shipped_lock

SITE, CHAT = "www.havenrefuge.org.uk", "247sexualabusesupport.org.uk"
LOCK = "contact-not-locked"

# What is done; the entry; the true host; what stands in its place; what refuses it.
SPOOFS = (
    ("Cyrillic e", HAVEN, SITE, "www.havenr\u0435fuge.org.uk", "not-ascii"),
    ("Cyrillic a", HAVEN, SITE, "www.h\u0430venrefuge.org.uk", "not-ascii"),
    ("Cyrillic o in the ending", HAVEN, SITE, "www.havenrefuge.\u043erg.uk", "not-ascii"),
    ("Greek v", HAVEN, SITE, "www.ha\u03bdenrefuge.org.uk", "not-ascii"),
    ("Armenian u", HAVEN, SITE, "www.havenref\u057dge.org.uk", "not-ascii"),
    ("Cherokee letter", HAVEN, SITE, "www.\u13bbavenrefuge.org.uk", "not-ascii"),
    ("wide letter", HAVEN, SITE, "www.\uff48avenrefuge.org.uk", "not-ascii"),
    ("mathematical letter", HAVEN, SITE, "www.\U0001d421avenrefuge.org.uk", "not-ascii"),
    ("dotless i", RAPE, CHAT, "247sexualabusesupport.org.uk/\u0131", "not-ascii"),
    ("letter with a dot below", HAVEN, SITE, "www.havenrefug\u1eb9.org.uk", "not-ascii"),
    ("combining mark", HAVEN, SITE, "www.havenrefuge\u0323.org.uk", "not-ascii"),
    ("long s", RAPE, CHAT, "247\u017fexualabusesupport.org.uk", "not-ascii"),
    ("Kelvin sign", HAVEN, SITE, "www.havenrefuge.org.u\u212a", "not-ascii"),
    ("ligature", HAVEN, SITE, "www.havenre\ufb01uge.org.uk", "not-ascii"),
    ("wide full stop", HAVEN, SITE, "www.havenrefuge\uff0eorg.uk", "not-ascii"),
    ("ideographic full stop", HAVEN, SITE, "www.havenrefuge\u3002org.uk", "not-ascii"),
    ("dot leader", HAVEN, SITE, "www.havenrefuge\u2024org.uk", "not-ascii"),
    ("slash that is none", HAVEN, SITE, "www.havenrefuge.org.uk\u2044b.org", "not-ascii"),
    ("division slash", HAVEN, SITE, "www.havenrefuge.org.uk\u2215b.org", "not-ascii"),
    ("non-breaking hyphen", HAVEN, SITE, "www.haven\u2011refuge.org.uk", "not-ascii"),
    ("zero-width space", HAVEN, SITE, "www.haven\u200brefuge.org.uk", "odd-character"),
    ("zero-width joiner", HAVEN, SITE, "www.haven\u200drefuge.org.uk", "not-ascii"),
    ("word joiner", HAVEN, SITE, "www.haven\u2060refuge.org.uk", "odd-character"),
    ("soft hyphen", HAVEN, SITE, "www.haven\u00adrefuge.org.uk", "odd-character"),
    ("read from the right", HAVEN, SITE, "\u202eku.gro.egufernevah.www", "odd-character"),
    ("punycode", HAVEN, SITE, "www.xn--havnrefuge-76g.org.uk", "trick-link"),
    ("punycode under a name", HAVEN, SITE, "xn--80ak6aa92e.havenrefuge.org.uk", "trick-link"),
    ("user name", HAVEN, SITE, "www.havenrefuge.org.uk@b.org", "not-a-link"),
    ("user name and password", HAVEN, SITE, "www.havenrefuge.org.uk:x@b.org", "not-a-link"),
    ("port", HAVEN, SITE, "www.havenrefuge.org.uk:8443", "trick-link"),
    ("backslash", RAPE, CHAT, r"247sexualabusesupport.org.uk\\.b.org", "trick-link"),
    ("hyphen at the end", HAVEN, SITE, "www.havenrefuge-.org.uk", "trick-link"),
    ("number of a machine as one figure", HAVEN, SITE, "3221226050", "not-a-link"),
    ("number of a machine, base 8", HAVEN, SITE, "0300.0.02.0102", "trick-link"),
    ("redirect of another site", HAVEN, SITE, "www.google.com/url?q=b.org", "hiding-link"),
    ("rn for m, or here q for g", HAVEN, SITE, "www.havenrefuqe.org.uk", LOCK),
    ("figure 1 for l, or here 0 for o", HAVEN, SITE, "www.havenrefuge.0rg.uk", LOCK),
    ("under another name", HAVEN, SITE, "www.havenrefuge.org.uk.example.org", LOCK),
    ("hyphen for a dot", HAVEN, SITE, "www-havenrefuge.org.uk", LOCK),
    ("another ending", HAVEN, SITE, "www.havenrefuge.org", LOCK),
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "id", "old", "new", "rule"), SPOOFS, ids=[spoof[0] for spoof in SPOOFS]
)
def test_threat_13_a_spoofed_host_is_refused(what, id, old, new, rule):
    text = edited(id, old, new)
    assert rule in refused(id, text, shipped_lock())
    # Signing the lock again helps only him whose name is an honest one.
    assert (refused(id, text) == set()) is (rule == LOCK)


def test_threat_13_there_are_forty_spoofs_and_no_two_are_the_same():
    assert len({spoof[3] for spoof in SPOOFS}) == len(SPOOFS) == 40
