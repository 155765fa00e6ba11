"""Open Referral UK 3.0: only keys of the profile, and in words what it has no key for."""

from bot.directory.hsds.profile import uk_record
from bot.directory.hsds.standard import UK
from tests.directory.entries import entry
from tests.directory.hsds.foreign import exported


def record(**keys):
    return uk_record(exported([entry(**keys)])[0])


def test_nothing_is_left_that_the_profile_does_not_have(data):
    for each in exported(data.services):
        found = uk_record(each)
        assert set(found) <= UK["service"]
        for contact in found.get("contacts", []):
            assert set(contact) <= UK["contact"]


def test_numbers_and_ways_to_apply_are_in_the_description():
    found = record(
        contact='[{type: phone, number: 0121 303 0000}, {type: webchat, url: "https://example.org/c"}]',
        referral="{start: {en: Just ring.}}",
        languages="{spoken: [pa]}",
    )
    assert found["description"] == (
        "A quiet place to talk. Phone: 0121 303 0000. Web chat: https://example.org/c . "
        "Just ring. Languages: Punjabi."
    )


def test_the_record_given_stays_as_it_was():
    (one,) = exported([entry()])
    uk_record(one)
    assert one == exported([entry()])[0]
