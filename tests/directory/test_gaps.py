"""Gaps: the same numbers as plain loops over the facts, and nothing about any woman."""

from itertools import product

import pytest

from bot.directory.checks import check_directory, fit_to_show
from bot.directory.gaps import (
    Cell,
    Said,
    cautions,
    gaps,
    open_and_helped,
    over_all,
    sentences,
)
from bot.directory.index import build, may_be_shown
from bot.needs import HER_LANGUAGE
from tests.directory.searching import LINES, PLACES, VOCABULARY, index, service

from tests.directory.entries import TODAY  # isort: skip

COUNCILS = tuple(PLACES.councils)


def found(*services, languages=()):
    return {
        (gap.need, gap.language): gap
        for gap in gaps(index(*services), VOCABULARY, COUNCILS, languages)
    }


def test_a_cell_counts_yes_no_and_silence():
    yes, no, silent = (
        service("yes", {"worker.female": "guaranteed"}),
        service("no", {"children.creche": "no"}),
        service("silent"),
    )
    gap = found(yes, no, silent)
    assert gap["woman_worker", None].cells["a"] == Cell(1, 0, 2)
    assert gap["creche", None].cells["a"] == Cell(0, 1, 2)
    assert gap["creche", None].cells["d"] == Cell(0, 0, 0)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(1, 2, 3), Said.YES),
        (Cell(0, 2, 3), Said.NO),
        (Cell(0, 0, 3), Said.UNKNOWN),
        (Cell(0, 0, 0), Said.EMPTY),
    ],
)
def test_a_cell_is_told_in_words(cell, said):
    assert cell.said is said


def test_who_would_turn_her_away_is_a_no_and_who_is_for_children_is_no_answer():
    closed = service("closed", {"accepts.using_now": "no"})
    young = service("young", {"worker.female": "guaranteed"}, age_to=17)
    gap = found(closed, young)
    assert gap["using_now", None].cells["a"] == Cell(0, 1, 0)
    assert gap["woman_worker", None].cells["a"] == Cell(0, 0, 1)


def test_help_beside_a_council_is_counted_apart():
    near = service("near", {"children.creche": "yes"}, councils=("b",))
    gap = found(near)["creche", None]
    assert (gap.cells["a"].yes, gap.beside["a"], gap.beside["d"]) == (0, 1, 0)
    assert open_and_helped([gap], "a") == (1, 1)
    assert open_and_helped([gap], "b") == (0, 0)


def test_a_need_about_her_language_stands_once_a_language():
    polish = service("polish", {"languages.spoken": "pl en"})
    gap = found(polish, languages=("ur", "pl"))
    yes = {
        language: gap["my_language", language].cells["a"].yes for language in ("ur", "pl", None)
    }
    assert yes == {"ur": 0, "pl": 1, None: 0}
    assert gap["my_language", "pl"].words == "Language (Polish)"
    assert gap["my_language", None].words == "Language (another one)"


def test_the_widest_gaps_come_first():
    order = [
        gap.need
        for gap in gaps(
            index(
                service("one", {"children.creche": "yes", "worker.female": "guaranteed"}),
                service("two", {"worker.female": "guaranteed"}, councils=("a", "b")),
            ),
            VOCABULARY,
            COUNCILS,
        )
    ]
    assert order.index("step_free") < order.index("creche") < order.index("woman_worker")
    assert order[-1] == "woman_worker"


def test_the_sentences_name_what_nobody_states():
    every = gaps(index(service("one", {"children.creche": "yes"})), VOCABULARY, COUNCILS)
    first, second, third = sentences(every)
    assert "No steps" in first
    assert "Creche" not in first
    assert second.startswith("0 of ")
    assert third.startswith(f"Of {len(every) * 4} pairs")
    assert sentences(()) == ()


def test_a_council_that_the_index_does_not_have_is_passed_over():
    assert set(gaps(index(), VOCABULARY, ("a", "nowhere"))[0].cells) == {"a"}


def test_what_the_numbers_cannot_tell_is_said():
    assert "Nothing about any woman is in these numbers." in " ".join(cautions())


# ---- against plain loops


def _holds(clause, one, language):
    values = set(clause.values)
    if HER_LANGUAGE in values:
        values.add(language)
    stated = set(one.facts.get(clause.fact, ()))
    if clause.fact == "not_for" and (one.age_from or 0) >= 18:
        stated.add("under_18")
    return bool(values & stated)


def _says(need, one, language):
    if any(_holds(clause, one, language) for clause in need.met_by):
        return True
    against = [_holds(clause, one, None) for clause in need.ruled_out_by]
    return False if against and all(against) else None


def _for_children(one):
    return "young_people" in one.facts.get("who", ()) or (one.age_to or 99) <= 18


def _plain(need, language, services):
    if need.id != "young_person":
        services = [one for one in services if not _for_children(one)]
    said = [_says(need, one, language) for one in services]
    return Cell(said.count(True), said.count(False), said.count(None))


@pytest.mark.parametrize("national", [False, True])
def test_the_shipped_numbers_are_those_of_a_plain_loop_over_facts(data, national):
    problems = [*data.problems, *check_directory(data.services, data.places, TODAY, data.gone)]
    shown = list(filter(may_be_shown, fit_to_show(data.services, problems)))
    built = build(shown, data.vocabulary, data.places, TODAY, data.schools)
    every = gaps(built, data.vocabulary, data.places.councils, ("ur", "pl", "ro"))
    assert len(every) == len(data.vocabulary.needs) + 3
    for gap, council in product(every, data.places.councils):
        need = data.vocabulary.needs[gap.need]
        own = [one for one in shown if not one.national and council in one.councils]
        everywhere = [one for one in shown if one.national]
        cell = gap.national if national else gap.cells[council]
        assert cell == _plain(need, gap.language, everywhere if national else own), gap.need


def test_the_national_lines_stand_apart():
    gap = found()["phone_or_video", None]
    assert gap.national.all == len(LINES)
    assert all(cell.all == 0 for cell in gap.cells.values())


def test_over_all_councils_a_service_counts_once():
    both = service("both", {"worker.female": "guaranteed"}, councils=("a", "b"))
    no = service("no", {"worker.female": "no"}, councils=("b",))
    line = service("line", {"worker.female": "on_request"}, councils=(), national=True)
    found = over_all(index(both, no, line), VOCABULARY, (*COUNCILS, "nowhere"))
    assert found["woman_worker"] == (Cell(1, 1, 0), Cell(1, 0, len(LINES)))
    assert list(found) == list(VOCABULARY.needs)


def test_over_one_council_it_says_what_the_map_of_gaps_says():
    services = (service("yes", {"children.creche": "yes"}), service("silent"))
    mapped = found(*services)
    for need, (area, national) in over_all(index(*services), VOCABULARY, ("a",)).items():
        assert area == mapped[need, None].cells["a"]
        assert national == mapped[need, None].national
