"""How long an answer matters, and which edges there are."""

from bot.flows.graph import asked_again, edges, reads_after
from bot.flows.loader import load_flows
from bot.flows.ways import Way
from tests.flows.examples import document, loaded
from tests.flows.first_flows import ABOUT, READS_A, URGENT, ask, flow


def live(*texts: str, **source_reads: list[str]) -> dict[str, frozenset[str]]:
    """For each waiting step, without its flow's name, the steps that are still read."""
    found = reads_after(loaded(*texts), source_reads)
    return {name.partition(".")[2]: names for name, names in found.items()}


def test_an_answer_matters_until_it_was_read():
    found = live(flow(ask("a") + ask("b") + READS_A + ask("c")))
    assert found == {"a": set(), "b": {"welcome.a"}, "c": set()}


def test_an_answer_that_nobody_reads_never_matters():
    assert live(flow(ask("a") + ask("b"))) == {"a": set(), "b": set()}


def test_an_answer_read_by_a_fact_matters():
    reads = "  told: {say: Told., only_if: far}\n"
    found = live(flow(ask("a") + ask("b") + reads, "facts: {near: a == x, far: not near}\n"))
    assert found["b"] == {"welcome.a"}


def test_an_answer_matters_on_one_of_two_ways():
    steps = ask("a") + ask("b", "choices: {x: X, y: {label: Y, next: d}}") + ask("c") + READS_A
    found = live(flow(steps + ask("d")))
    assert found == {"a": set(), "b": {"welcome.a"}, "c": {"welcome.a"}, "d": set()}


def test_arriving_again_at_a_question_forgets_what_came_after_it():
    again = ask("c", "choices: {x: X, y: {label: Again, next: a}}")
    found = live(flow(ask("a") + ask("b") + READS_A + again))
    assert found["c"] == set()


def test_it_forgets_also_when_something_is_said_on_the_way():
    again = ask("c", "choices: {x: X, y: {label: Again, next: hello}}")
    found = live(flow("  hello: {say: Hello.}\n" + ask("a") + ask("b") + READS_A + again))
    assert found["c"] == set()


def test_a_question_that_may_be_missed_forgets_nothing():
    again = ask("c", "choices: {x: X, y: {label: Again, next: b}}")
    steps = ask("a") + ask("s", "choices: {x: X, y: {label: Y, next: c}}") + ask("b")
    found = live(flow(steps + READS_A + again))
    assert found["c"] == {"welcome.a"}


def test_results_forget_nothing():
    again = ask("c", "choices: {x: X, y: {label: Again, next: b}}")
    steps = ask("a") + "  b: {results: services}\n" + READS_A + again
    assert live(flow(steps))["c"] == {"welcome.a"}


def test_what_was_answered_aside_is_not_forgotten_by_coming_again():
    """A place that she hid stays hidden, so what reads it matters wherever she is."""
    aside = ask("h", "aside: true, choices: {x: X, y: Y}")
    told = "  told: {say: Told., only_if: h == x}\n"
    again = ask("c", "choices: {x: X, y: {label: Again, next: a}}")
    found = live(flow(ask("a") + aside + ask("b") + told + again))
    assert found["c"] == {"welcome.h"}
    assert found["a"] == {"welcome.h"}


def test_an_answer_matters_through_a_called_flow():
    found = live(flow(ask("a") + "  talk: {call: about}\n" + READS_A), ABOUT)
    assert found["what"] == {"welcome.a"}


def test_an_answer_of_a_called_flow_matters_behind_it():
    reads = "  told: {say: Told., only_if: about.what == a}\n"
    found = live(flow("  talk: {call: about}\n" + ask("b") + reads), ABOUT)
    assert found == {"what": set(), "b": {"about.what"}}


def test_an_interrupt_joins_nothing():
    found = live(flow(ask("a") + ask("b") + READS_A, URGENT), ABOUT)
    assert found == {"a": set(), "b": {"welcome.a"}, "what": set()}


def test_what_an_interrupt_reads_matters_at_every_question():
    inside = ABOUT.replace("  on:", "  told: {say: A, only_if: welcome.a == x}\n  on:")
    found = live(flow(ask("a") + ask("b"), URGENT), inside)
    assert found == {key: {"welcome.a"} for key in ("a", "b", "what")}


def test_an_interrupt_forgets_nothing():
    inside = ABOUT.replace("  on:", "  told: {say: A, only_if: what == a}\n  on:")
    assert live(flow("  talk: {call: about}\n", URGENT), inside)["what"] == {"about.what"}


def again(*texts: str) -> dict[str, frozenset[str]]:
    """For each waiting step, the questions that may come up a second time."""
    found = asked_again(loaded(*texts))
    return {name.partition(".")[2]: names for name, names in found.items()}


def test_a_question_that_may_come_up_again_matters_until_it_does():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: c}}") + ask("b")
    back = ask("c", "choices: {x: X, y: {label: Again, next: b}}")
    found = again(flow(steps + back))
    assert found == {"a": {"welcome.b"} | {"welcome.c"}, "b": {"welcome.c"}, "c": {"welcome.b"}}


def test_a_question_on_all_ways_leaves_nothing_to_remember():
    back = ask("c", "choices: {x: X, y: {label: Again, next: a}}")
    assert again(flow(ask("a") + ask("b") + back)) == {"a": set(), "b": set(), "c": set()}


def test_the_first_question_may_be_passed_over():
    steps = ask("l", "choices_from: languages") + ask("a") + ask("b")
    again = ask("c", "choices: {x: X, y: {label: Again, next: l}}")
    found = live(flow(steps + READS_A + again))
    assert found["c"] == set()


def test_a_source_reads_what_it_is_said_to_read():
    steps = ask("a") + ask("b") + ask("c", "choices_from: councils")
    assert live(flow(steps))["b"] == set()
    assert live(flow(steps), councils=["welcome.a"])["b"] == {"welcome.a"}


def test_without_a_first_flow_there_is_still_an_answer():
    flows, _ = load_flows([document(ABOUT)])
    assert reads_after(flows) == {"about.what": frozenset()}


def test_edges_are_the_ways_of_the_engine_and_no_others():
    found = edges(loaded(flow("  talk: {call: about}\n"), ABOUT))
    assert {edge.way for edge in found} == {Way.CALL, Way.RETURN, Way.MOVE}
