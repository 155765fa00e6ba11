"""One step of a file: each kind, each key, and what is said about the rest."""

from collections.abc import Iterable, Sequence

import pytest

from bot.flows.grammar import written
from bot.flows.model import Kind, Many, Name, Step, Text
from bot.flows.steps import step
from bot.problems import Mark, Report
from tests.flows.examples import document


def read(text: str, says: Sequence[str] = ()) -> Step:
    """The one step of this text; `says` are words of the problems it must have, in order."""
    root = document(text).root
    assert root
    key, node = root.entries[0]
    report = Report("flow.yaml")
    found = step(key, node, report)
    assert len(report.problems) == len(says), [str(problem) for problem in report.problems]
    for problem, words in zip(report.problems, says, strict=True):
        assert words in str(problem)
    return found


def texts(names: Iterable[Name]) -> list[str]:
    return [name.text for name in names]


def placed(text: Text | None) -> tuple[str, str]:
    """The words of a text that must be there, and its path."""
    assert text
    return text.text, text.path


def named(name: Name | None) -> str:
    """What a name that must be there says."""
    assert name
    return name.text


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("{ask: Where?, choices: {a: A}}", Kind.ASK),
        ("{results: services}", Kind.RESULTS),
        ("{results: services, say: Look}", Kind.RESULTS),
        ("{say: Hello, next: a}", Kind.SAY),
        ("{call: about, next: a}", Kind.CALL),
        ("{return: true}", Kind.RETURN),
        ("{end: done}", Kind.END),
        ("{next: a}", Kind.ROUTE),
    ],
)
def test_one_key_says_what_a_step_does(block, kind):
    assert read(f"one: {block}").kind is kind


def test_a_question_has_words_and_their_places():
    found = read(
        "where:\n  ask: Where are you?\n  why: It helps.\n  retry: Sorry?\n  note: Be kind.\n"
        "  parse: uk_outcode\n  sensitive: true\n  skip: never\n  contacts: [a-line]\n"
        "  plain: true\n  choices: {}\n"
    )
    assert placed(found.text) == ("Where are you?", "steps.where.ask")
    assert placed(found.why) == ("It helps.", "steps.where.why")
    assert placed(found.retry) == ("Sorry?", "steps.where.retry")
    marks = [(text.mark, text.note) for text in (found.text, found.why) if text]
    assert marks == [(Mark(2, 8), "Be kind."), (Mark(3, 8), "Be kind.")]
    assert (named(found.parse), texts(found.contacts)) == ("uk_outcode", ["a-line"])
    assert (found.sensitive, found.skippable, found.plain) == (True, False, True)


def test_an_ordinary_question_can_be_skipped_and_is_not_sensitive():
    found = read("where: {ask: Where?, choices_from: councils}")
    assert (found.sensitive, found.skippable, found.plain) == (False, True, False)
    assert named(found.choices_from) == "councils"


def test_lines_stay_as_they_are_written():
    found = read("hello:\n  say: |\n    One.\n    Two.\n\n")
    assert placed(found.text) == ("One.\nTwo.", "steps.hello.say")


def test_safety_marks_every_text_of_a_step():
    found = read("now:\n  ask: In danger?\n  safety: true\n  choices: {on: Go on}")
    assert found.text
    assert found.text.safety
    assert found.choices[0].label.safety


def test_safety_may_stand_at_one_choice():
    found = read("a: {ask: A?, choices: {b: {label: B, safety: true, note: N}, c: C}}")
    assert [choice.label.safety for choice in found.choices] == [True, False]
    assert [choice.label.note for choice in found.choices] == ["N", ""]


def test_a_choice_may_be_only_its_label():
    (found,) = read("a: {ask: A?, choices: {no: No}}").choices
    assert (found.id, found.label.text) == ("no", "No")
    assert found.label.path == "steps.a.choices.no.label"
    assert found.label.mark == Mark(1, 28)


def test_a_choice_may_be_a_block():
    (found,) = read(
        "a:\n  ask: A?\n  choices:\n    b: {label: B, also: bee | be, next: c, must: [m, n],"
        " prefer: p, avoid: [v], tags: [t], alone: true, was: [d]}"
    ).choices
    assert placed(found.also) == ("bee | be", "steps.a.choices.b.also")
    assert (named(found.next), found.alone) == ("c", True)
    lists = (found.must, found.prefer, found.avoid, found.tags, found.was)
    assert [texts(names) for names in lists] == [["m", "n"], ["p"], ["v"], ["t"], ["d"]]


def test_a_choice_without_a_label_is_said_and_kept():
    (found,) = read("a: {ask: A?, choices: {b: {next: c}}}", ["choice 'b' has no 'label'"]).choices
    assert found.label.text == ""


def test_an_empty_label_is_said_once():
    read("a:\n  ask: A?\n  choices:\n    b:\n", ["'label' is empty"])


def test_many_without_a_least_asks_for_one():
    assert read("a: {ask: A?, many: {max: 3}}").many == Many(1, 3, Mark(1, 20))
    assert read("a: {ask: A?, many: {min: 0}}").many == Many(0, None, Mark(1, 20))


def test_many_knows_only_two_words():
    read("a: {ask: A?, many: {min: 1, most: 2}}", ["'most' is not a word that 'many' knows"])


def test_results_may_have_a_heading_and_a_way_out():
    found = read("a: {results: services, say: Here., empty: none, choices: {on: {label: On}}}")
    assert (named(found.results), named(found.empty)) == ("services", "none")
    assert placed(found.text) == ("Here.", "steps.a.say")


def test_a_question_may_show_what_is_made_from_her_answers():
    found = read("a: {ask: Say this., shows: script, choices: {on: {label: On}}}")
    assert (named(found.shows), found.rests_on_needs) == ("script", True)
    assert read("a: {results: services, choices: {on: {label: On}}}").rests_on_needs
    plain = read("a: {ask: Say this., choices: {on: {label: On}}}")
    assert (plain.shows, plain.rests_on_needs) == (None, False)


def test_an_end_may_wipe():
    found = read("bye: {end: done, wipe: true}")
    assert (named(found.end), found.wipe) == ("done", True)


def test_old_names_and_a_condition_stand_at_any_step():
    found = read("a: {next: b, only_if: c is known, was: [d, e], note: For authors}")
    assert texts(found.was) == ["d", "e"]
    assert found.only_if
    assert written(found.only_if) == "c is known"


def test_a_mistake_inside_quotes_is_shown_at_its_word():
    read('a: {next: b, only_if: "c haz d"}', ["1:26: error: expected 'has'"])


def test_a_mistake_without_quotes_is_shown_at_its_word():
    read("a: {next: b, only_if: c haz d}", ["1:25: error: expected 'has'"])


def test_a_word_of_another_kind_of_step_is_said():
    read("a: {say: A, choices: {b: B}}", ["'choices' is not a word that a 'say' step knows"])
    read("a: {end: done, safety: true}", ["'safety' is not a word that an 'end' step knows"])


def test_a_misspelt_word_is_said_with_the_right_one():
    read("a: {ask: A?, chioces: {b: B}}", ["did you mean 'choices'?"])


def test_a_step_that_is_no_block_is_said_and_kept():
    found = read("a: hello", ["step 'a' must be a block"])
    assert found.kind is Kind.ROUTE


def test_a_choice_that_is_a_list_is_said_once():
    read("a: {ask: A?, choices: {b: [c]}}", ["choice 'b' must be a block"])


def test_a_step_with_two_kinds_is_said_once_and_read_as_the_first():
    found = read("a: {say: A, end: done}", ["has both 'say' and 'end'; write two steps"])
    assert found.kind is Kind.SAY


def test_a_step_that_does_nothing_is_said_and_leads_on():
    found = read("a: {note: Later}", ["step 'a' does nothing"])
    assert (found.kind, found.next) == (Kind.ROUTE, None)


@pytest.mark.parametrize("id", ["Area", "1a", "a-b", "a.b", "", "a" * 31])
def test_a_name_that_cannot_be_carried_is_said(id):
    read(f"'{id}': {{next: b}}", ["cannot be the name of a step"])


@pytest.mark.parametrize("id", ["and", "has_any", "is"])
def test_a_word_of_conditions_is_no_name(id):
    read(f"{id}: {{next: b}}", ["is a word of conditions"])


def test_a_name_of_thirty_letters_is_a_name():
    assert read(f"{'a' * 30}: {{next: b}}").id == "a" * 30


@pytest.mark.parametrize("key", ["next", "parse", "choices_from"])
def test_an_empty_name_is_said_and_left_out(key):
    found = read(f"a:\n  ask: A?\n  {key}:\n", [f"'{key}' is empty"])
    assert getattr(found, key) is None


def test_words_may_be_said_otherwise_to_a_woman_who_worries_about_somebody():
    ask = read("a: {ask: You?, for_other: They?, choices: {b: {label: I, for_other: They}}}")
    assert placed(ask.for_other) == ("They?", "steps.a.for_other")
    assert placed(ask.choices[0].for_other) == ("They", "steps.a.choices.b.for_other")
    assert placed(read("a: {say: You., for_other: They.}").for_other)[0] == "They."
    found = read("a: {results: services, say: Yours., for_other: Theirs.}")
    assert placed(found.for_other)[0] == "Theirs."
    assert read("a: {say: You.}").for_other is None
