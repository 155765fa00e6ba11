"""A first flow as YAML, its questions, and the flow that it calls: texts for small graphs."""

READS_A = "  told: {say: Told., only_if: a == x}\n"
ABOUT = "flow: about\nsteps:\n  what: {ask: What?, choices: {a: A, b: B}}\n  on: {return: true}\n"
URGENT = "everywhere:\n  urgent: {label: Urgent, words: help, call: about}\n"


def flow(steps: str, top: str = "") -> str:
    return f"flow: welcome\n{top}steps:\n{steps}  bye: {{end: done}}\n"


def ask(id: str, more: str = "choices: {x: X, y: Y}") -> str:
    return f"  {id}: {{ask: What?, {more}}}\n"
