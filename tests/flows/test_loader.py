"""Flow files into flows: the top of a file, the words for everywhere, the fingerprint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import read
from bot.flows.grammar import written
from bot.flows.loader import load_flows, read_flows
from bot.problems import Mark
from tests.flows.examples import document, loaded

SMALL = """\
flow: welcome
note: For whoever reads this.
everywhere:
  back: {label: Back, words: back | previous, do: back}
  urgent: {label: Urgent, words: help, call: urgent, safety: true, note: Be quick.}
  leave: {label: Leave, words: stop, end: left, wipe: true}
facts:
  small: children has baby
steps:
  children: {ask: Children?, many: {min: 1}, choices: {baby: Under 5, none: "No"}}
  creche: {say: There is one., only_if: small}
  bye: {end: done}
"""


def problems_of(*texts: str) -> list[str]:
    return [str(problem) for problem in load_flows(map(document, texts))[1]]


def test_a_file_is_a_flow():
    flows = loaded(SMALL)
    flow = flows.by_id[flows.start]
    assert (flow.id, flow.path, flow.mark) == ("welcome", "0.yaml", Mark(1, 7))
    assert [step.id for step in flow.steps] == ["children", "creche", "bye"]
    assert [(fact.id, written(fact.test)) for fact in flow.facts] == [
        ("small", "children has baby")
    ]


def test_words_for_everywhere_come_from_the_first_flow():
    back, urgent, leave = loaded(SMALL).everywhere
    assert (back.do, back.call, back.end, back.wipe) == ("back", None, None, False)
    assert (back.words.text, back.words.path) == ("back | previous", "everywhere.back.words")
    assert (urgent.label.safety, urgent.label.note) == (True, "Be quick.")
    assert [intent.call.text for intent in (back, urgent, leave) if intent.call] == ["urgent"]
    assert [intent.end.text for intent in (back, urgent, leave) if intent.end] == ["left"]
    assert leave.wipe


def test_the_first_flow_says_when_the_talk_is_only_about_someone_else():
    first = "flow: welcome\nfor_other: what == them\nsteps: {a: {end: b}}"
    said = loaded(first).by_id["welcome"].for_other
    assert said is not None
    assert written(said) == "what == them"
    assert loaded(SMALL).by_id["welcome"].for_other is None


def test_no_other_flow_says_when_the_talk_is_about_someone_else():
    (found,) = problems_of("flow: a\nfor_other: b == c\nsteps: {a: {end: b}}", SMALL)
    assert "'for_other' of a flow stands only in the flow 'welcome'; move it there" in found


def test_a_word_for_everywhere_needs_a_label_and_words():
    found = problems_of("flow: welcome\neverywhere:\n  back: {do: back}\nsteps: {a: {end: b}}")
    assert ["'back' has no 'label'" in found[0], "'back' has no 'words'" in found[1]] == [True] * 2


@pytest.mark.parametrize("text", ["flow: a", "steps: {a: {end: b}}", "flow: a\nsteps: none"])
def test_a_flow_that_cannot_be_used_is_left_out(text):
    flows, problems = load_flows([document(text), document(SMALL)])
    assert list(flows.by_id) == ["welcome"]
    assert problems


def test_of_two_flows_with_one_name_the_first_stays():
    flows, problems = load_flows([document(SMALL, "a.yaml"), document(SMALL, "b.yaml")])
    assert flows.by_id["welcome"].path == "a.yaml"
    assert [problem.rule for problem in problems] == ["duplicate-flow"]


def test_a_name_a_flow_cannot_have_is_said():
    assert (
        "cannot be the name of a flow" in problems_of(SMALL, "flow: A b\nsteps: {a: {next: b}}")[0]
    )


def test_a_word_for_everywhere_that_is_no_block_is_said_once():
    (found,) = problems_of("flow: welcome\neverywhere: {back: b}\nsteps: {a: {end: b}}")
    assert "word 'back' must be a block" in found


def test_a_fact_must_be_one_line():
    (found,) = problems_of(SMALL, "flow: a\nfacts: {b: [c]}\nsteps: {a: {end: b}}")
    assert "fact 'b' must be one line of text" in found


def test_a_fact_that_cannot_be_read_is_left_out():
    flows, problems = load_flows(
        map(document, [SMALL, "flow: a\nfacts: {b: c haz d, e: f}\nsteps: {a: {end: b}}"])
    )
    assert [fact.id for fact in flows.by_id["a"].facts] == ["e"]
    assert [problem.rule for problem in problems] == ["bad-expression"]


def test_a_file_that_is_no_yaml_is_not_said_to_be_missing():
    unread, _ = read(b"flow: [", "welcome.yaml")
    flows, problems = load_flows([unread])
    assert (dict(flows.by_id), problems) == ({}, [])


def test_no_files_at_all_are_a_problem():
    assert [problem.rule for problem in load_flows([])[1]] == ["no-start"]


def test_all_problems_come_at_once_and_sorted():
    found = problems_of("flow: welcome\nsteps:\n  B: {sya: x}\n  A: {end: done, wpe: true}")
    assert [line.split(":")[1] for line in found] == ["3", "3", "3", "4", "4"]


def test_a_folder_is_read_with_its_folders_in_order(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.yaml").write_text("flow: a\nsteps: {b: {return: true}}")
    (tmp_path / "welcome.yaml").write_text(SMALL)
    (tmp_path / "README.md").write_text("not a flow")
    flows, problems = read_flows(tmp_path, "flows")
    assert problems == []
    assert [flow.path for flow in flows.by_id.values()] == [
        "flows/more/a.yaml",
        "flows/welcome.yaml",
    ]


def test_problems_of_reader_and_loader_come_together(tmp_path):
    (tmp_path / "a.yaml").write_text("flow: [")
    (tmp_path / "welcome.yaml").write_text(SMALL + "extra: 1\n")
    flows, problems = read_flows(tmp_path, "flows")
    assert list(flows.by_id) == ["welcome"]
    assert [problem.rule for problem in problems] == ["yaml", "unknown-key"]


def test_the_fingerprint_is_twelve_signs():
    found = loaded(SMALL).fingerprint
    assert len(found) == 12
    assert set(found) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Under 5", "Up to five"),
        ("back | previous", "back"),
        ("say: There is one.", "say: One is there."),
        ("only_if: small", "only_if: ( small )"),
        ("note: For whoever reads this.", "# nothing"),
        ("baby: Under 5", "baby: {label: Under 5, must: [creche], also: baby}"),
    ],
)
def test_words_and_needs_leave_the_fingerprint_alone(old, new):
    assert old in SMALL
    assert loaded(SMALL.replace(old, new)).fingerprint == loaded(SMALL).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("creche:", "nursery:"),
        ("only_if: small", "only_if: not small"),
        ("small: children has baby", "small: children has none"),
        ("none:", "nobody:"),
        ('none: "No"', 'none: {label: "No", next: bye}'),
        ('none: "No"', 'none: {label: "No", alone: true}'),
        ("{min: 1}", "{min: 0}"),
        ("many: {min: 1}, ", ""),
        ("say: There is one.", "call: urgent"),
        ("end: done", "end: over"),
        ("do: back", "do: skip"),
        ("children: {", "children: {parse: uk_outcode, "),
        ("children: {", "children: {skip: never, "),
        ("children: {", "children: {choices_from: councils, "),
        ("steps:\n", "steps:\n  first: {say: Hello.}\n"),
    ],
)
def test_routing_changes_the_fingerprint(old, new):
    assert old in SMALL
    assert loaded(SMALL.replace(old, new)).fingerprint != loaded(SMALL).fingerprint


def test_the_order_of_files_leaves_the_fingerprint_alone():
    other = "flow: a\nsteps: {b: {return: true}}"
    assert loaded(SMALL, other).fingerprint == loaded(other, SMALL).fingerprint


VALUES = st.recursive(
    st.sampled_from(["x", "welcome", "true", "3", "''"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(
                [
                    "ask",
                    "say",
                    "choices",
                    "next",
                    "label",
                    "many",
                    "only_if",
                    "call",
                    "end",
                    "words",
                ]
            ),
            inner,
            max_size=3,
        ).map(lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}"),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["flow", "note", "everywhere", "facts", "steps"]), VALUES))
def test_whatever_a_file_holds_loading_never_raises(top):
    text = "\n".join(f"{key}: {value}" for key, value in top.items())
    found, _ = read(text.encode(), "flow.yaml")
    flows, problems = load_flows([found])
    assert flows.by_id or problems or found.root is None
