"""A drawing that no words can break."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.drawing import escaped, mermaid
from tests.flows.examples import loaded
from tests.flows.first_flows import ABOUT, READS_A, URGENT, ask, flow

DRAWN = """\
flowchart TD
  subgraph s_welcome["welcome"]
    s_welcome_a["a"]
    s_welcome_told("told (only if a == x)")
    s_welcome_talk[["talk: about"]]
    s_welcome_on{{"on"}}
    s_welcome_bye(["bye"])
  end
  s_welcome_a -->|"x"| s_welcome_bye
  s_welcome_a --> s_welcome_told
  s_welcome_a --> s_welcome_talk
  s_welcome_told --> s_welcome_talk
  s_welcome_talk --> s_welcome_on
  s_welcome_on --> s_welcome_bye
"""


def test_a_drawing_of_one_flow():
    steps = ask("a", "choices: {x: {label: X, next: bye}, y: Y}") + READS_A
    steps += "  talk: {call: about}\n  on: {next: bye}\n"
    drawn = mermaid(loaded(flow(steps, URGENT), ABOUT), "welcome")
    assert drawn == DRAWN


def test_a_drawing_of_all_flows_leads_into_them():
    drawn = mermaid(loaded(flow(ask("a") + "  talk: {call: about}\n", URGENT), ABOUT))
    assert '  s_welcome_talk -.->|"call"| s_about_what\n' in drawn
    assert '  s_everywhere -.->|"urgent"| s_about_what\n' in drawn
    assert drawn.count("subgraph") == 2
    assert drawn.count('s_everywhere(("everywhere"))') == 1


def test_a_flow_that_does_not_exist_draws_nothing():
    assert mermaid(loaded(flow("")), "nothing") == "flowchart TD\n"


def test_a_step_called_end_does_not_close_its_box():
    drawn = mermaid(loaded("flow: welcome\nsteps:\n  end: {end: done}\n"))
    assert [line for line in drawn.splitlines() if line.strip() == "end"] == ["  end"]


def test_a_long_label_is_cut():
    assert escaped("a" * 100) == "a" * 59 + "#8230;"


@given(st.text())
def test_no_words_can_break_a_drawing(text):
    found = escaped(text)
    assert re.fullmatch(r"(#[0-9]+;|[^\"<>`{}&|\\\n\r#])*", found)
