"""A talk in a tab: answering cards by pointer or by keyboard, whichever browser it is."""

import json
from collections.abc import Awaitable, Callable

from bot.conversation.codes import code_of
from tests.web.tabs import Tab, seen

ANSWERS = ".answers button"
DONE = ".answers button:last-child"
MOST_TABS = 80
TURN = "\u200f"  # the mark of a right-to-left line; Firefox does not count it as text
MOST_ANSWERS = 18

# An element by its selector, brought into view; where it can be pressed.
_POINT = """(() => {
  const found = document.querySelector(%s);
  if (!found) return null;
  found.scrollIntoView({block: "center"});
  const box = found.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
})()"""
_MARK = "(() => { document.getElementById('card').dataset.old = '1'; return true; })()"
_NEW = (
    "document.readyState === 'complete' && !!document.getElementById('card')"
    " && !document.getElementById('card').dataset.old"
)


def word(intent: str) -> str:
    """The selector of a button that works everywhere."""
    return f"button[value$='w{code_of(intent)}']"


def answer(number: int) -> str:
    """The selector of an answer, counted from 1."""
    return f".answers button:nth-of-type({number})"


def language(code: str) -> str:
    """The selector of the answer in this language."""
    return f".answers button[lang={code}]"


async def heading(tab: Tab) -> str:
    """The question that stands."""
    return str(await tab.run("(document.querySelector('#card h1') || {}).textContent || ''"))


async def has(tab: Tab, selector: str) -> bool:
    """Whether the page holds it."""
    return bool(await tab.run(f"!!document.querySelector({json.dumps(selector)})"))


async def click(tab: Tab, selector: str) -> None:
    """Press it with a finger."""
    point = await tab.run(_POINT % json.dumps(selector))
    assert point, selector
    await tab.click(*point)


async def reach(tab: Tab, selector: str) -> None:
    """Go to it by Tab alone. Raises AssertionError when no Tab leads there."""
    there = f"document.activeElement.matches({json.dumps(selector)})"
    for _ in range(MOST_TABS):
        if await tab.run(there):
            return
        await tab.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


async def by_pointer(tab: Tab, selector: str) -> None:
    """Press it with a finger."""
    await click(tab, selector)


async def by_keyboard(tab: Tab, selector: str) -> None:
    """Press it by keys alone."""
    await reach(tab, selector)
    await tab.press("Space" if "input" in selector else "Enter")


Way = Callable[[Tab, str], Awaitable[None]]


async def give(tab: Tab, selector: str, way: Way = by_pointer) -> None:
    """Press what asks the server, and wait until the card has changed."""
    await tab.run(_MARK)
    await way(tab, selector)
    assert await seen(tab, _NEW), f"nothing came of {selector} on: {await heading(tab)}"


async def go_on(tab: Tab, way: Way = by_pointer) -> None:
    """Give the first answer, whatever stands there."""
    if await has(tab, "input[name=pick]"):
        await way(tab, "label:first-child input[name=pick]")
        await give(tab, DONE, way)
    else:
        await give(tab, answer(1), way)


async def say(tab: Tab, text: str) -> None:
    """Type words and send them."""
    await click(tab, "#say")
    await tab.write(text)
    await tab.run(_MARK)
    await tab.press("Enter")
    assert await seen(tab, _NEW)


async def begin(tab: Tab, address: str, code: str = "en") -> None:
    """Open the page and choose the language."""
    await tab.go(address)
    await give(tab, language(code))


async def whole(tab: Tab, address: str, code: str, last: str, way: Way = by_pointer) -> bool:
    """From hello to the card that says `last`; False when it does not come."""
    await tab.go(address)
    await give(tab, language(code), way)
    for _ in range(MOST_ANSWERS):
        await go_on(tab, way)
        if last.replace(TURN, "") in await words(tab):
            return True
    return False


async def tour(tab: Tab, address: str, code: str, look: Callable[[str], Awaitable[None]]) -> None:
    """Through every kind of card; `look` is called with the name of each."""

    async def to(kind: str, selector: str) -> None:
        await give(tab, selector)
        await look(kind)

    await tab.go(address)
    await look("hello")
    await to("single", language(code))
    await to("urgent", word("urgent"))
    await to("urgent-told", answer(3))
    await give(tab, answer(3))
    await to("cover", word("cover"))
    await give(tab, answer(2))
    await give(tab, answer(2))
    await to("know", word("know"))
    await give(tab, answer(1))
    await to("privacy", answer(1))
    await give(tab, answer(2))
    await give(tab, answer(6))
    await say(tab, "qwertz")
    await look("not-understood")
    await give(tab, answer(1))
    await look("places")
    await to("many", answer(1))
    await go_on(tab)
    await look("results")
    await to("what-now", word("what_now"))
    await to("sentences", answer(1))
    await give(tab, answer(3))
    await to("take-away", answer(2))
    await give(tab, answer(1))
    await to("this-week", answer(3))
    await give(tab, word("back"))
    await to("hide", answer(2))
    await go_on(tab)


async def words(tab: Tab) -> str:
    """All that can be read on the page."""
    shown = await tab.run("document.body ? document.body.innerText : ''")
    return str(shown).replace(TURN, "")


def token_of(tab: Tab) -> str:
    """The token of the talk, from what the script sent."""
    found = [each.headers["x-session"] for each in tab.asked if "x-session" in each.headers]
    return found[-1] if found else ""
