"""Somebody who means harm edits a shipped entry: every one of these edits is refused.

Those under `BY_RULE` are refused even when the lock is signed again in the same edit; those under
`BY_LOCK` look like any honest change, and only the lock, which another person signs, stops them.
"""

from functools import cache

import pytest

from bot.directory.checks import check_directory, fit_to_show, read_do_not_ship
from bot.directory.contacts_lock import begun, compare, read_lock
from bot.directory.loader import load_service
from bot.documents import read
from tests.directory.entries import DIRECTORY, TODAY, shipped_places

NDAH, HAVEN, RAPE = "national-domestic-abuse-helpline", "haven-wolverhampton", "rape-crisis-247"
GILGAL, KIKIT, SAM, FRANK, SHOUT = "gilgal", "kikit", "samaritans", "frank", "shout"

NUMBER = '"0808 2000 247"'
CHAT = '"https://247sexualabusesupport.org.uk", answers'
MAIL = "jo@samaritans.org"
NOTE = "Help in British Sign Language is Monday to Friday, 10:00 to 18:00."
SUMMARY = "They can also help you look for a refuge."
LINE = "  - {type: website"
HIDDEN = "{id: refuge, address: hidden}"

# What is done; the entry; what stands there; what is put in its place; the rule that refuses it.
BY_RULE = (
    ("premium number", NDAH, NUMBER, '"0909 879 1234"', "costs-extra"),
    ("shared-cost number", NDAH, NUMBER, '"0844 800 0000"', "costs-extra"),
    ("0870 number", NDAH, NUMBER, '"0870 800 0000"', "costs-extra"),
    ("directory enquiries", NDAH, NUMBER, '"118 118"', "costs-extra"),
    ("personal number", NDAH, NUMBER, '"070 0000 0000"', "personal-number"),
    ("pager", NDAH, NUMBER, '"076 0000 0000"', "personal-number"),
    ("mobile number", NDAH, NUMBER, '"07384 466181"', "mobile-not-public"),
    ("mobile number from abroad", NDAH, NUMBER, '"+44 7384 466181"', "mobile-not-public"),
    ("number of a film, Birmingham", NDAH, NUMBER, '"0121 496 0123"', "made-up-number"),
    ("number of a film, free", NDAH, NUMBER, '"0808 157 0123"', "made-up-number"),
    ("number of a film, mobile", NDAH, NUMBER, '"07700 900123"', "made-up-number"),
    ("number of a film, London", NDAH, NUMBER, '"020 7946 0123"', "made-up-number"),
    ("number of a film, nowhere", NDAH, NUMBER, '"01632 960123"', "made-up-number"),
    ("number abroad", NDAH, NUMBER, '"+1 900 555 0100"', "phone-not-uk"),
    ("her own number is sent along", NDAH, NUMBER, '"1470 0808 2000 247"', "phone-not-uk"),
    ("all her calls are diverted", NDAH, NUMBER, '"*21*0808 2000 247#"', "phone-not-uk"),
    ("a second number behind a stroke", NDAH, NUMBER, '"0808 2000 247 / 111"', "two-numbers"),
    ("a second number behind 'or'", NDAH, NUMBER, '"0808 2000 247 or 111"', "two-numbers"),
    ("an extension", NDAH, NUMBER, '"0808 2000 247 ext 66"', "extension"),
    ("letter O for a nought", NDAH, NUMBER, '"O808 2000 247"', "phone-not-uk"),
    ("Arabic figures", NDAH, NUMBER, '"٠٨٠٨ 2000 247"', "not-ascii"),
    ("wide figures", NDAH, NUMBER, '"０808 2000 247"', "not-ascii"),
    ("zero-width space", NDAH, NUMBER, '"0808 2000\u200b 247"', "odd-character"),
    ("zero-width joiner", NDAH, NUMBER, '"0808 2000\u200d 247"', "not-ascii"),
    ("text to read from the right", NDAH, NUMBER, '"\u202e742 0002 8080"', "odd-character"),
    ("soft hyphen", NDAH, NUMBER, '"0808 2000\u00ad247"', "odd-character"),
    ("premium number behind the text relay", NDAH, NUMBER, '"18001 0909 123 4567"', "costs-extra"),
    ("another short number for texts", SHOUT, '"85258"', '"85285"', "short-number"),
    ("a short number that costs", FRANK, '"82111"', '"60000"', "short-number"),
    ("a word with a Cyrillic letter", SHOUT, "say: SHOUT", "say: SHОUT", "not-ascii"),
    ("Cyrillic letter in the host", HAVEN, "havenrefuge", "havеnrefuge", "not-ascii"),
    ("Greek letter in the host", HAVEN, "www.havenrefuge", "www.havenrefugε", "not-ascii"),
    ("wide full stop in the host", HAVEN, "havenrefuge.org.uk", "havenrefuge．org.uk", "not-ascii"),
    ("punycode", HAVEN, "havenrefuge.org", "xn--havnrefuge-76g.org", "trick-link"),
    ("another site behind a user name", HAVEN, "havenrefuge.org.uk", "a.org.uk@b.org", "not-a-link"),
    ("port", HAVEN, "havenrefuge.org.uk", "havenrefuge.org.uk:8443", "trick-link"),
    ("machine number", HAVEN, "www.havenrefuge.org.uk", "192.0.2.66", "trick-link"),
    ("machine number in base 16", HAVEN, "www.havenrefuge.org.uk", "0xc0.0x0", "trick-link"),
    ("machine number, new kind", HAVEN, "www.havenrefuge.org.uk", "[2001:db8::1]", "not-a-link"),
    ("http", HAVEN, "https://www.haven", "http://www.haven", "insecure-link"),
    ("script", HAVEN, "https://www.havenrefuge.org.uk", "javascript:alert(1)", "not-a-link"),
    ("data", HAVEN, "https://www.havenrefuge.org.uk", "data:text/html,x", "not-a-link"),
    ("no scheme", HAVEN, "https://www.havenrefuge", "//www.havenrefuge", "not-a-link"),
    ("shortener", RAPE, CHAT, '"https://bit.ly/quiet", answers', "hiding-link"),
    ("shortener under another name", RAPE, CHAT, '"https://a.t.co/q", answers', "hiding-link"),
    ("messenger", RAPE, CHAT, '"https://t.me/quiet", answers', "hiding-link"),
    ("page of links", RAPE, CHAT, '"https://linktr.ee/quiet", answers', "hiding-link"),
    ("redirecting parameter", RAPE, CHAT, CHAT.replace("uk", "uk/?next=//b.org"), "trick-link"),
    ("tracking parameter", RAPE, CHAT, CHAT.replace("uk", "uk?utm_source=a"), "trick-link"),
    ("fragment", RAPE, CHAT, CHAT.replace("uk", "uk/#@example.org"), "trick-link"),
    ("two strokes", RAPE, CHAT, CHAT.replace("uk", "uk//example.org/"), "trick-link"),
    ("way up", RAPE, CHAT, CHAT.replace("uk", "uk/../admin"), "trick-link"),
    ("way up, written with '%'", RAPE, CHAT, CHAT.replace("uk", "uk/%2e%2e/a"), "trick-link"),
    ("backslash", RAPE, CHAT, CHAT.replace("uk", r"uk\\example.org"), "trick-link"),
    ("another address in the path", RAPE, CHAT, CHAT.replace("uk", "uk/https:/b.org"), "trick-link"),
    ("two mailboxes", SAM, MAIL, f'"{MAIL},a@example.org"', "not-an-email"),
    ("a copy to somebody else", SAM, MAIL, f'"{MAIL}?cc=a@example.org"', "not-an-email"),
    ("Cyrillic letter in the mailbox", SAM, MAIL, "jo@sаmaritans.org", "not-ascii"),
    ("number in a note", NDAH, NOTE, "Ring 0808 157 0123 instead.", "number-in-text"),
    ("number in a note, dotted", NDAH, NOTE, "Ring 0.8.0.8.1.5.7.0.1.2.3", "number-in-text"),
    ("number in a note, in words", NDAH, NOTE, "Oh eight oh eight one five", "number-in-text"),
    ("number in a note, Arabic figures", NDAH, NOTE, "٠٨٠٨١٥٧٠١٢٣", "number-in-text"),
    ("short number in a note", SHOUT, "say: SHOUT", "note: Text 60000", "number-in-text"),
    ("number in a label", FRANK, '"82111"', '"82111", label: 0808 157 0123', "number-in-text"),
    ("number in the summary", NDAH, SUMMARY, "Now ring 0808 157 0123.", "number-in-text"),
    ("number in the name", GILGAL, "Gilgal Birmingham", "Gilgal 0808 157 0123", "number-in-text"),
    ("number in how it starts", GILGAL, "Ring to ask", "Ring +44 808 1570123", "number-in-text"),
    ("number where to walk in", KIKIT, "say_where: 153", "say_where: 0808 1570123", "number-in-text"),
    ("website moved into a note", NDAH, NOTE, "Now at dahelpline.example", "link-in-text"),
    ("shortener in the summary", NDAH, SUMMARY, "See bit.ly/quiet.", "link-in-text"),
    ("mailbox in a note", NDAH, NOTE, "Write to quiet@example.org", "link-in-text"),
    ("name in a messenger in a note", NDAH, NOTE, "Ask @quiet on Telegram", "link-in-text"),
    ("website in words", NDAH, NOTE, "Go to quiet dot org", "link-in-text"),
    ("Cyrillic letter in the name", GILGAL, "name: Gilgal", "name: Gilgаl", "lookalike-letter"),
    ("hidden character in the name", GILGAL, "name: Gilgal", "name: Gil\u2060gal", "odd-character"),
    ("street of a refuge, hidden", GILGAL, HIDDEN, HIDDEN.replace("}", ", street: 1 A St}"), "hidden-address"),
    ("postcode of a refuge", GILGAL, HIDDEN, "{id: refuge, address: area_only, postcode: B12 9AA}", "unsafe-address"),
    (
        "street of a refuge, said to be safe",
        GILGAL,
        HIDDEN,
        "{id: a, address: shown, address_confirmed_safe: yes, street: 1 Example Street}",
        "unsafe-address",
    ),
    ("street of a refuge in words", GILGAL, "Ring to ask for a room.", "Come to 12 Acacia Avenue.", "street-in-text"),
    ("postcode of a refuge in words", GILGAL, "Ring to ask for a room.", "Come to B12 9AA.", "postcode-in-text"),
    ("the id of another entry", HAVEN, f"id: {HAVEN}", f"id: {NDAH}", "id-not-file-name"),
    ("a key of another type", SHOUT, '"85258"', '"85258", url: "https://example.org"', "wrong-contact-key"),
)  # fmt: skip

BY_LOCK = (
    ("two figures swapped", NDAH, NUMBER, '"0808 2000 274"'),
    ("one figure changed", HAVEN, "08000 194 400", "08000 194 401"),
    ("a local number instead", NDAH, NUMBER, '"0121 303 0000"'),
    ("an emergency number instead", HAVEN, "08000 194 400", "111"),
    ("a mobile number said to be public", NDAH, NUMBER, '"07384 466181"\n    public_mobile: yes'),
    ("a line that is for texts", NDAH, "- type: phone\n", "- type: whatsapp\n"),
    ("another word to text", SHOUT, "say: SHOUT", "say: QUIET"),
    ("the word to text is gone", SHOUT, "say: SHOUT, ", ""),
    ("another short number", SHOUT, '"85258"', '"82111"'),
    ("another number behind the text relay", "family-rights-group", "18001 0808 801 0366", "18001 111"),
    ("another number for textphones", "emergency-999", '"18000"', '"111"'),
    ("another site", HAVEN, "www.havenrefuge.org.uk", "www.havenrefuge.org"),
    ("a site that looks like it", HAVEN, "havenrefuge", "havenrefuqe"),
    ("a site under another", HAVEN, "havenrefuge.org.uk", "havenrefuge.org.uk.example.org"),
    ("another page of the site", RAPE, CHAT, CHAT.replace("uk", "uk/chat2")),
    ("the link of a call back", NDAH, "  - type: callback\n    url: https://www.national", "  - type: callback\n    url: https://national"),
    ("another mailbox", SAM, MAIL, "jo@samaritans.example.org"),
    ("one more number", SAM, "  - {type: email", "  - {type: phone, number: 0121 303 0000}\n  - {type: email"),
    ("one more link", HAVEN, LINE, "  - {type: webchat, url: https://example.org}\n" + LINE),
    ("the chat is gone", RAPE, '  - {type: webchat, url: ' + CHAT + ': ["24/7"]}\n', ""),
    ("the number is gone", GILGAL, '  - {type: phone, number: "0800 008 6622", answers: ["24/7"]}\n', ""),
    ("another house", KIKIT, "street: 153", "street: 135"),
    ("another postcode", KIKIT, "B11 1RD", "B11 1RE"),
    ("another house to walk in", KIKIT, "say_where: 153", "say_where: 351"),
    ("a website of the organisation", NDAH, "{name: Refuge}", "{name: Refuge, website: https://example.org}"),
    ("a hidden place with a town", GILGAL, HIDDEN, "{id: refuge, address: hidden, town: Dudley}"),
    ("a place where there was none", HAVEN, "contact:\n", "places: [{id: a, address: area_only, town: Dudley}]\ncontact:\n"),
)  # fmt: skip

EDITS = [*(edit[:4] for edit in BY_RULE), *BY_LOCK]


@cache
def shipped(id):
    (path,) = (DIRECTORY / "services").rglob(f"{id}.yaml")
    return f"directory/services/{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")


@cache
def shipped_lock():
    return read_lock(DIRECTORY, "directory")[0]


def refused(id, text, lock=None):
    """The rules that refuse the text as this entry; with `lock` None it is signed again."""
    path, _ = shipped(id)
    document, problems = read(text.encode(), path)
    service, found = load_service(document)
    services = [service] if service else []
    problems += found
    problems += check_directory(
        services, shipped_places(), TODAY, read_do_not_ship(DIRECTORY, "d")[0]
    )
    own = [line for line in (begun(services) if lock is None else lock) if line.entry == id]
    problems += compare(own, services, "directory", {id})
    errors = {one.rule for one in problems if one.path == path and one.level == "error"}
    assert bool(errors) is (fit_to_show(services, problems) == ())
    return errors


def edited(id, old, new):
    _, text = shipped(id)
    assert old in text, "the entry has changed; change the edit too"
    assert old != new
    return text.replace(old, new, 1)


@pytest.mark.parametrize("id", sorted({edit[1] for edit in EDITS}))
def test_the_entries_are_fine_before_they_are_edited(id):
    assert refused(id, shipped(id)[1], shipped_lock()) == set()


@pytest.mark.parametrize(("what", "id", "old", "new"), EDITS, ids=[edit[0] for edit in EDITS])
def test_threat_05_a_hostile_edit_is_refused(what, id, old, new):
    assert refused(id, edited(id, old, new), shipped_lock())


@pytest.mark.parametrize(
    ("what", "id", "old", "new", "rule"), BY_RULE, ids=[edit[0] for edit in BY_RULE]
)
def test_signing_the_lock_again_does_not_help(what, id, old, new, rule):
    assert rule in refused(id, edited(id, old, new))


@pytest.mark.parametrize(("what", "id", "old", "new"), BY_LOCK, ids=[edit[0] for edit in BY_LOCK])
def test_only_the_lock_stops_what_looks_honest(what, id, old, new):
    locked = {"contact-not-locked", "contact-gone"}
    assert refused(id, edited(id, old, new)) == set()
    assert refused(id, edited(id, old, new), shipped_lock()) <= locked


def test_the_edits_are_many_and_all_different():
    assert len({edit[1:] for edit in EDITS}) == len({edit[0] for edit in EDITS}) == len(EDITS)
    assert len(EDITS) >= 100
