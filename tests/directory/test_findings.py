from bot.directory.findings import Rule, matching, rules_of, shown_texts, where
from bot.problems import Mark
from tests.directory.entries import entry

QUIET = Rule("quiet", "Nothing is wrong.", lambda service, around: (), shown_only=True)
STRICT = Rule("strict", "Nothing is wrong either.", lambda service, around: ())


def test_some_rules_hold_only_for_what_is_shown():
    draft, active = entry(status="draft"), entry()
    assert [QUIET.applies(draft), QUIET.applies(active)] == [False, True]
    assert [STRICT.applies(draft), STRICT.applies(active)] == [True, True]


def test_a_key_that_is_not_there_is_pointed_at_where_the_entry_starts():
    service = entry()
    assert where(service, "name") == Mark(3, 7)
    assert where(service, "age.from") == service.mark


def test_values_are_found_by_the_pattern_of_their_key():
    service = entry(area="{councils: [dudley, sandwell]}")
    found = [(key, scalar.text) for key, scalar in matching(service, "area.councils")]
    assert found == [("area.councils", "dudley"), ("area.councils", "sandwell")]


def test_notes_and_sources_are_not_shown_to_her():
    service = entry(notes="[Doubt.]", sources="[{where: A list, gives: hours}]")
    assert [scalar.text for _, scalar in shown_texts(service)] == [
        "A Centre",
        "A quiet place to talk.",
    ]


def test_words_in_every_language_are_shown_to_her():
    service = entry(
        sharing="{say: {en: First you., pl: Najpierw ty.}}", paused="{say: {en: Soon.}}"
    )
    texts = {scalar.text for _, scalar in shown_texts(service)}
    assert {"First you.", "Najpierw ty.", "Soon."} <= texts


def test_a_table_of_rules_says_what_they_mean():
    assert rules_of((QUIET,), (STRICT,)) == {
        "quiet": "Nothing is wrong.",
        "strict": "Nothing is wrong either.",
    }
