"""Looking at a card: what a person who sees badly, zooms, or uses keys only would meet."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from tests.web.tabs import Tab

AXE = Path(str(resources.files("axe_playwright_python"))) / "axe.min.js"

WIDER_THAN_THE_WINDOW = """(() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && (box.right > wide + 1 || box.left < -1);
  }).map((each) => each.outerHTML.slice(0, 120));
})()"""

# Smaller than 44 px; a box in a label is pressed by the label.
SMALL_TARGETS = """[...document.querySelectorAll("a, button, label:has(input), input")]
  .filter((each) => each.checkVisibility() && !each.closest("label:has(input) input"))
  .map((each) => [each.getBoundingClientRect(), each])
  .filter(([box]) => box.height && (box.height < 43.5 || box.width < 43.5))
  .map(([box, each]) => `${Math.round(box.width)}x${Math.round(box.height)} ${each.outerHTML.slice(0, 120)}`)
"""

HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4')].map((each) => +each.tagName[1])"

UNLABELLED = """[...document.querySelectorAll("input:not([type=hidden])")]
  .filter((each) => !each.labels.length).map((each) => each.outerHTML)"""

LEAVE_IN_VIEW = """(() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const box = document.getElementById("leave").getBoundingClientRect();
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const seen = box.top >= 0 && box.bottom <= innerHeight && !!there.closest("#leave");
  scrollTo(0, 0);
  return seen;
})()"""

FIRST_STOP = """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), [tabindex]")]
  .filter((each) => each.checkVisibility() && each.tabIndex >= 0)[0].id"""

LIVE = """(() => {
  const live = document.querySelector("[aria-live=polite]");
  return !!live && live.contains(document.getElementById("card"));
})()"""

LEAVE_WORDS = "document.querySelector('#leave span').textContent"
FOCUS = "document.activeElement.tagName"


@cache
def axe_script() -> str:
    """The script of axe-core; the tests bring it, the page cannot load it."""
    return AXE.read_text("utf-8")


async def axe(tab: Tab) -> list[str]:
    """What axe-core finds wrong on the card, one line each."""
    await tab.run(f"(() => {{ if (!window.axe) {{ {axe_script()} }} }})()")
    found: Any = await tab.run(
        "axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations"
        ".flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}"
        " ${node.failureSummary}`)))"
    )
    return [str(line) for line in found]


async def letters(tab: Tab, size: str) -> None:
    """Set the size of letters, "" for her own."""
    await tab.run(f"(() => {{ document.documentElement.style.fontSize = '{size}'; }})()")
