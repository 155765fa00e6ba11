"""The preview: what stands behind the card, beside it, for authors and services on this machine.

It is reached only by `linnet serve --preview`, which listens on this machine alone.
"""

from collections.abc import Iterator

from bot.channels.web.nodes import Node, node
from bot.channels.web.shell import Behind
from bot.channels.web.talk import key_of
from bot.conversation.messages import Look
from bot.conversation.turns import Turns


def preview(turns: Turns) -> Behind:
    """What a shell asks for what stands behind the card of a token."""

    async def behind(token: str) -> Node:
        look = await turns.look(key_of(token))
        return node("aside", *_look(look), id="behind", lang="en", dir="ltr")

    return behind


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
