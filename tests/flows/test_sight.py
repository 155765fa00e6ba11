"""What conditions can see of an answer."""

from bot.flows.sight import sight
from tests.flows.examples import loaded


def flow(steps, top=""):
    return f"flow: welcome\n{top}steps:\n{steps}  bye: {{end: done}}\n"


ASK = "  q: {ask: What?, choices: {x: X, y: Y, z: Z}}\n"


def test_answers_that_no_test_tells_apart_look_the_same():
    sees = sight(loaded(flow(ASK + "  told: {say: T., only_if: q == x}\n")))["welcome.q"]
    assert sees("y") == sees("z") == sees(None) != sees("x")


def test_every_test_of_steps_and_facts_counts_once():
    steps = "  told: {say: T., only_if: q == x or far}\n  more: {say: M., only_if: q == x}\n"
    sees = sight(loaded(flow(ASK + steps, "facts: {far: q is known}\n")))["welcome.q"]
    assert len(sees("x")) == 2
    assert sees("y") != sees(None)


def test_a_step_of_another_flow_is_seen_by_its_full_name():
    about = "flow: about\nsteps:\n  told:\n    say: T.\n    only_if: welcome.q in [x, y]\n  on: {return: true}\n"
    sees = sight(loaded(flow(ASK + "  talk: {call: about}\n"), about))["welcome.q"]
    assert sees("x") == sees("y") != sees("z")


def test_of_several_choices_only_those_that_are_named_are_seen():
    many = "  q: {ask: What?, many: {min: 1}, choices: {x: X, y: Y, z: Z}}\n"
    sees = sight(loaded(flow(many + "  told: {say: T., only_if: q has x}\n")))["welcome.q"]
    assert sees(("x", "y")) == sees(("x",)) != sees(("y", "z"))


def test_what_nobody_reads_what_others_read_and_what_grows_is_left_out():
    reads = "  told: {say: T., only_if: q == x}\n"
    assert sight(loaded(flow(ASK))) == {}
    assert sight(loaded(flow(ASK + reads)), ["welcome.q"]) == {}
    assert sight(loaded(flow(ASK.replace("Z}", "Z}, aside: true") + reads))) == {}
