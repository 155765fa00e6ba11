"""What a text may show, and what typing a word means."""

from tests.flows.examples import COMPANIONS, checked, loaded

URGENT = (COMPANIONS / "urgent.yaml").read_text(encoding="utf-8")


def said(
    steps: str, words: str = "stop | leave", label: str = "Leave", first: str = ""
) -> list[tuple[int, str]]:
    flows = loaded(
        f"flow: welcome\n{first}everywhere:\n"
        f'  leave: {{label: {label}, words: "{words}", end: left}}\n'
        "  urgent: {label: Urgent, words: help, call: urgent}\n"
        f"steps:\n{steps}  bye: {{end: done}}\n",
        URGENT,
    )
    return [(problem.line, problem.rule) for problem in checked(flows)]


def test_a_known_slot_may_stand_in_a_text():
    assert said("  a: {say: 'Near $council, for $5 or US$.'}\n") == []


def test_a_slot_is_looked_for_in_every_kind_of_text():
    steps = "  a:\n    ask: $a\n    why: $a\n    retry: $a\n    choices:\n"
    steps += "      b:\n        label: $a\n        also: $a\n"
    found = said(steps, label="$a")
    assert [line for line, rule in found if rule == "unknown-slot"] == [3, 7, 8, 9, 12, 13]


def test_the_words_for_someone_else_are_looked_at_too():
    steps = "  a:\n    ask: A?\n    for_other: $a\n    choices:\n"
    steps += (
        "      b:\n        label: B\n        for_other: $a\n      c: {label: C, for_other: stop}\n"
    )
    found = said(f"{steps}", first="for_other: a == b\n")
    assert found == [(9, "unknown-slot"), (13, "unknown-slot"), (14, "word-clash")]


def test_a_slot_with_capitals_or_braces_is_a_slot():
    assert said("  a: {say: 'I am $You and ${me}.'}\n") == [(6, "unknown-slot")] * 2


def test_a_choice_may_share_a_part_of_a_word():
    assert said("  a: {ask: A?, choices: {b: Stop it, c: Helper}}\n") == []


def test_a_label_is_a_word_too():
    assert said("  a: {ask: A?, choices: {b: Leave!, c: C}}\n") == [(6, "word-clash")]


def test_empty_parts_are_no_words():
    assert said("  a: {ask: A?, choices: {b: '?!', c: C}}\n", words="stop | | ?") == []


def test_a_word_written_twice_in_one_place_is_no_clash():
    assert said("  a: {say: A}\n", words="stop | Stop", label="Stop") == []


def test_two_words_for_everywhere_may_not_be_the_same():
    assert said("  a: {say: A}\n", words="stop | help") == [(4, "word-clash")]
