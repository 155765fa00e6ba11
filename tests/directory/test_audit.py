"""The audit of entries against the four standards: true sentences, and silence is never a no."""

from dataclasses import replace

import pytest

from bot.directory.audit import (
    TITLES,
    asked,
    audit,
    cautions,
    counts,
    in_words,
    sentences,
    tally,
    verdict,
)
from bot.directory.freshness import Age
from bot.directory.index import may_be_shown
from bot.directory.standards import Meets, Standard, parts_of, standards_of
from tests.directory.entries import TODAY, entry
from tests.directory.test_standards import WHOLE


def audited(*entries):
    return audit(entries, TODAY)


def test_entries_come_by_name_with_a_verdict_for_each_standard():
    found = audited(*(replace(entry(), id=name, name=name) for name in ("b", "A", "c")))
    assert [each.service.name for each in found] == ["A", "b", "c"]
    assert all(tuple(v.standard for v in each.verdicts) == tuple(Standard) for each in found)


def test_what_is_missing_is_told_apart_by_no_and_by_silence():
    place = WHOLE.replace("step_free: yes", "step_free: no").replace("pram: yes, ", "")
    found = verdict(entry(places=place), Standard.PLACE)
    assert (found.meets, found.lacks, found.silent) == (
        Meets.PARTLY, ("step-free",), ("room for a pram",),
    )  # fmt: skip
    assert in_words(found) == "says no: step-free; does not say: room for a pram"


def test_an_entry_that_says_nothing_is_told_in_short_or_whole():
    found = verdict(entry(), Standard.PLACE)
    assert in_words(found) == "does not say any of it"
    assert in_words(found, whole=True).count(";") == 5
    assert in_words(verdict(entry(), Standard.WORKER)) == "does not say"


def test_nothing_is_missing_from_what_is_met():
    evening = entry(hours="{open: [Tu 17:00-20:00]}")
    assert in_words(verdict(evening, Standard.TIMES)) == ""
    assert verdict(evening, Standard.TIMES).silent


def test_the_sentences_count_yes_no_and_silence():
    women, men = entry(worker="{female: guaranteed}"), entry(worker="{female: no}")
    said = sentences(audited(women, men, entry()))
    assert (
        "1c, a woman as key worker: 1 of 3 services states it, 1 says no, 1 does not say." in said
    )
    assert "0 of 3 services state: step-free (0 say no, 3 do not say)." in said


def test_of_a_place_part_of_it_is_told_too():
    first = sentences(audited(entry(places=WHOLE), entry(places=WHOLE.replace("pram: yes, ", ""))))
    assert first[0].endswith("1 of 2 services states all of it, 1 part of it, 0 state none of it.")
    assert not any("step-free" in said for said in first)


def test_who_says_no_to_one_part_alone_is_not_said_to_keep_silent():
    mixed = entry(places="[{id: main, address: area_only, town: X, men: same_time}]")
    first = sentences(audited(mixed, entry()))
    assert first[0].endswith("0 of 2 services state all of it, 0 part of it, 2 state none of it.")
    assert any("her own way in (1 says no, 1 does not say)" in said for said in first)


def test_without_entries_nothing_is_said():
    assert (sentences(()), counts(()), asked((), Standard.PLACE)) == ((), (), ())


def test_every_entry_counts_once_in_each_line():
    found = audited(entry(), entry(places=WHOLE), entry(groups="{women_only: no}"))
    assert all(each.yes + each.no + each.silent == 3 for each in counts(found))
    assert all(sum(tally(found, standard).values()) == 3 for standard in Standard)


@pytest.mark.parametrize(
    ("verified", "age"),
    [("{on: 2026-11-20, by: service, how: phone}", Age.FRESH), ("{by: editor, how: web_page}", Age.NO_DATE)],
)  # fmt: skip
def test_the_age_of_an_entry_is_that_of_the_group_furthest_behind(verified, age):
    assert audited(entry(verified=verified))[0].age is age


def test_an_entry_that_states_nothing_has_no_date():
    assert audited(replace(entry(), stated={}))[0].age is Age.NO_DATE


def test_the_cautions_count_how_entries_were_checked():
    phone = entry(verified="{on: 2026-11-20, by: service, how: phone}")
    said = " ".join(cautions(audited(phone, entry())))
    assert "1 of 2 entries were last checked on a web page only, and 1 by telephone" in said
    assert "2 of 2 entries name no place" in said


def test_the_shipped_numbers_are_those_of_a_plain_loop(data):
    shown = [service for service in data.services if may_be_shown(service)]
    found = audit(shown, TODAY)
    for standard in Standard:
        plain = [standards_of(service)[standard] for service in shown]
        assert tally(found, standard) == {each: plain.count(each) for each in Meets}
    for each in counts(found):
        said = [dict(parts_of(service, each.standard))[each.words] for service in shown]
        assert (each.yes, each.no, each.silent) == (
            said.count(True), said.count(False), said.count(None),
        )  # fmt: skip


def test_every_standard_has_a_title():
    assert set(TITLES) == set(Standard)
