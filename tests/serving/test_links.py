"""Links: each opens the talk as the worker's file says, and counts only while it is active."""

from datetime import date

import pytest

from bot.conversation.messages import Start
from bot.counting.periods import DAY
from bot.exceptions import SettingsError
from bot.serving.links import KnownLinks

ACTIVE, REVOKED, ENDED, TEST = "23456789", "3456789a", "456789ab", "0456789a"
OTHER_TEST = "056789ab"  # in no file of this server's
FILE = f"""
web: https://example.org
links:
  - code: "{ACTIVE}"
    made: 2026-11-01
    language: ur
    council: walsall
    venue: "Library"
    expires: 2026-12-31
  - code: "{REVOKED}"
    made: 2026-11-01
    language: pl
    revoked: 2026-11-02
  - code: "{ENDED}"
    made: 2026-10-01
    council: dudley
    expires: 2026-10-31
  - code: "{TEST}"
    made: 2026-11-01
    language: hu
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text(FILE)
    return path


@pytest.fixture
def known(path):
    return KnownLinks(path, lambda: date(2026, 11, 20))


@pytest.mark.parametrize(
    ("code", "start"),
    [
        (ACTIVE, Start("ur", "walsall", link=ACTIVE)),
        (REVOKED, Start("pl", link=REVOKED)),
        (ENDED, Start(None, "dudley", link=ENDED)),
        ("zzzzzzzz", Start()),
        (TEST, Start("hu", link=TEST)),
        (OTHER_TEST, Start(link=OTHER_TEST)),
    ],
)
def test_a_link_opens_the_talk_as_its_file_says(known, code, start):
    assert known.start(code) == start


def test_only_a_link_that_is_active_counts(known):
    assert known.codes() == [ACTIVE]
    assert known.counts(ACTIVE)
    assert not any(map(known.counts, (REVOKED, ENDED, "zzzzzzzz", TEST, OTHER_TEST)))


def test_a_link_counts_until_its_last_day(path):
    day = date(2026, 12, 31)
    known = KnownLinks(path, lambda: day)
    assert known.counts(ACTIVE)
    day = date(2027, 1, 1)
    assert not known.counts(ACTIVE)


def test_a_code_has_a_row_on_its_last_day_and_on_the_next_which_writes_it(path):
    last = date(2026, 12, 31)
    days = [last, last + DAY, last + 2 * DAY]
    coming = iter([last, *days])  # one to begin with, and one for each look at all codes
    known = KnownLinks(path, lambda: next(coming))
    assert known.counts(ACTIVE)
    assert [known.codes() for _ in days] == [[ACTIVE], [ACTIVE], []]


def test_without_a_file_every_code_is_a_plain_start():
    known = KnownLinks(None, lambda: date(2026, 11, 20))
    assert known.start(ACTIVE) == Start()
    assert known.codes() == []
    assert known.read_again()


def test_a_file_that_cannot_be_read_stops_the_start_in_one_sentence(tmp_path):
    with pytest.raises(SettingsError, match=r"^LINNET_LINKS cannot be read"):
        KnownLinks(tmp_path / "none.yaml", lambda: date(2026, 11, 20))


def test_a_file_without_a_link_is_no_mistake(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text("web: https://example.org\n")
    assert KnownLinks(path, lambda: date(2026, 11, 20)).codes() == []


def test_what_was_good_stays_when_the_file_is_broken_later(known, path):
    path.write_text("links: [")
    assert not known.read_again()
    assert known.start(ACTIVE).language == "ur"
    path.write_text(FILE.replace("language: ur", "language: pa"))
    assert known.read_again()
    assert known.start(ACTIVE).language == "pa"


def test_one_link_with_a_mistake_is_left_out_which_the_log_says_and_the_rest_stays(path, caplog):
    path.write_text(FILE + '  - code: "x"\n    made: 2026-11-01\n')
    assert KnownLinks(path, lambda: date(2026, 11, 20)).codes() == [ACTIVE]
    assert caplog.messages == ["links-left-out 1"]


def test_of_a_file_without_a_mistake_the_log_says_nothing(known, caplog):
    assert known.read_again()
    assert caplog.messages == []
