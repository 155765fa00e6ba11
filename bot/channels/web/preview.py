"""The preview: what stands behind the card, beside it, for authors and services on this machine.

It is reached only by `linnet serve --preview`, which listens on this machine alone.
"""

from collections.abc import Callable, Iterator, Sequence

from bot.channels.web.nodes import Node, node
from bot.channels.web.shell import Behind
from bot.channels.web.talk import key_of
from bot.conversation.messages import Look
from bot.conversation.turns import Turns


def preview(turns: Turns, wrong: Callable[[], Sequence[str]] = tuple) -> Behind:
    """What a shell asks for what stands behind the card of a token.

    `wrong` gives what is wrong with files that were saved meanwhile, a line for each problem. Then
    the last good ones are what is shown.
    """

    async def card(token: str) -> Node:
        look = await turns.look(key_of(token))
        return _aside(*_wrong(wrong()), *_look(look))

    return Behind(card, lambda: _aside(*_wrong(wrong())))


def _aside(*children: Node) -> Node:
    return node("aside", *children, id="behind", lang="en", dir="ltr")


def _wrong(lines: Sequence[str]) -> Iterator[Node]:
    if lines:
        yield node("h2", "Not taken: the last good flows stand")
        yield node("ul", *(node("li", line) for line in lines), role="alert")


def _look(look: Look | None) -> Iterator[Node]:
    yield node("h2", "Behind the card")
    if look is None:
        yield node("p", "No talk stands yet.")
        return
    yield node("p", f"Step: {look.step}")
    yield from _listed("Answers", (f"{step} = {answer}" for step, answer in look.trail))
    yield from _listed("Needs", (f"{how}: {names}" for how, names in look.needs))
    yield from _listed("Services, best first", (_match(*one) for one in look.matches))


def _match(service: str, has: str, lacks: str, unknown: str) -> str:
    said = (("states", has), ("does not have", lacks), ("not known", unknown))
    return "; ".join([service, *(f"{words}: {ids}" for words, ids in said if ids)])


def _listed(heading: str, lines: Iterator[str]) -> Iterator[Node]:
    yield node("h3", heading)
    yield node("ul", *(node("li", line) for line in lines))
