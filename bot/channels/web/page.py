"""The page: a card as nodes, the same for every browser, with the script and without it.

The question is the heading. Every run of text in another language or direction says so. Buttons
are real buttons of a real form, in the order in which they are read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.channels import buttons
from bot.channels.web.nodes import Node, node
from bot.channels.web.sound import address_of
from bot.conversation.codes import code_of
from bot.conversation.messages import (
    Card,
    Control,
    Labels,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Script,
)

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))  # in what is copied, nobody could see them
LONGEST_TYPED = 500  # characters; nobody needs more to name a place or to call for help


def card_node(card: Card) -> Node:
    """The card, the same for everybody who comes to it.

    The token and the turn stand in the form around it and not in the buttons.
    """
    return node(
        "div",
        *_blocks(card),
        *_sounds(card),
        *_answering(replace(card, turn=0, nonce="")),
        id="card",
        lang=card.language,
        dir=card.direction,
        tabindex="-1",
    )


# ---- words


def _blocks(card: Card) -> Iterator[Node]:
    heading = _heading(card)
    for number, block in enumerate(card.blocks):
        if isinstance(block, Result):
            yield _result(block, card)
        elif isinstance(block, Script):
            yield from _script(block, card)
        elif number == heading or block.tone == "ask":
            first, *more = block.text.split("\n")
            yield node("h1" if number == heading else "h2", first, **_english(block))
            yield from (node("p", line, **_english(block)) for line in more)
        else:
            yield from _paragraph(block)


def _heading(card: Card) -> int:
    """Which block is the heading: the question, or the first words when services stand above it."""
    first = -1
    for number, block in enumerate(card.blocks):
        if isinstance(block, Result | Script):
            break
        if block.tone == "ask":
            return number
        first = number if first < 0 else first
    return first


def _paragraph(paragraph: Paragraph) -> Iterator[Node]:
    for line in paragraph.text.split("\n"):
        yield node("p", line, class_=paragraph.tone, **_english(paragraph))


def _english(paragraph: Paragraph) -> dict[str, str]:
    return {"lang": "en", "dir": "ltr"} if paragraph.english else {}


def _result(result: Result, card: Card) -> Node:
    return node(
        "section",
        node("h2", node("bdi", *runs(result.name, result.english))),
        node("p", *runs(result.about, result.english)) if result.about else None,
        *(node("p", *runs(line, result.english), class_="line") for line in result.lines),
        *_listing(result.fits, "fits"),
        *_listing(result.lacks, "lacks"),
        *_asking(result, card.labels),
        *_ways(result, card.labels),
    )


def runs(text: str, english: Iterable[str]) -> Iterator[Node | str]:
    """The text, with each piece of it that is in `english` marked as English.

    A screen reader would read English by the rules of her language, which nobody understands.
    """
    found = next((words for words in english if words and words in text), None)
    if found is None:
        if text:
            yield text
        return
    before, _, after = text.partition(found)
    yield from runs(before, english)
    yield node("span", found, lang="en", dir="ltr")
    yield from runs(after, english)


def _listing(listing: Listing | None, kind: str) -> Iterator[Node]:
    if listing:
        yield node("h3", listing.heading)
        if listing.lines:
            yield node("ul", *(node("li", line) for line in listing.lines), class_=kind)


def _asking(result: Result, labels: Labels | None) -> Iterator[Node]:
    asking = result.asks
    if asking is None:
        return
    yield node("h3", asking.heading)
    items = []
    for question in asking.questions:
        english = node("p", question.english, lang="en", dir="ltr") if question.english else None
        copied = question.english or question.words
        words = runs(question.words, () if english else result.english)
        items.append(node("li", *words, english, _copy(copied, labels)))
    yield node("ul", *items, class_="asks")
    if asking.rest:
        yield node("p", asking.rest)


def _script(script: Script, card: Card) -> Iterator[Node]:
    if script.heading:
        yield node("h2", script.heading)
    yield node("ul", *(_sentence(line, card) for line in script.lines), class_="script")
    if script.numbers:
        foreign = None if card.language == "en" else "en"  # names stay as they are
        shown = (node("bdi", number, dir="auto", lang=foreign) for number in script.numbers)
        yield node("ul", *(node("li", each) for each in shown), class_="script")
    if script.copies and card.labels:
        yield _copy_button(script.copies[0], card.labels)


def _sentence(line: Question, card: Card) -> Node:
    if line.english:
        return node("li", line.words, node("p", line.english, lang="en", dir="ltr"))
    if card.language == "en":
        return node("li", line.words)
    return node("li", line.words, lang="en", dir="ltr")


def _ways(result: Result, labels: Labels | None) -> Iterator[Node]:
    found = []
    for way in result.ways:
        shown = node("bdi", way.shown, dir="auto")
        linked = node("a", shown, href=way.link, rel="noreferrer") if way.link else shown
        scheme, _, number = (way.link or "").partition(":")
        copied = _copy(number, labels, way.shown) if scheme in {"tel", "sms"} else None
        notes = (node("p", *runs(note, result.english), class_="line") for note in way.notes)
        found.append(node("li", f"{way.label}: ", linked, copied, *notes))
    if found:
        yield node("ul", *found, class_="ways")


def _copy(text: str, labels: Labels | None, shown: str = "") -> Node | None:
    """Hidden until the script shows it: without the script there is nothing that could copy."""
    return _copy_button(text, labels, shown) if labels else None


def _copy_button(text: str, labels: Labels, shown: str = "") -> Node:
    words = (node("span", f" {shown}", class_="quiet"),) if shown else ()
    copied = text.translate(_ISOLATES)
    return node("button", labels.copy, *words, type="button", data_copy=copied, hidden="")


def _sounds(card: Card) -> Iterator[Node]:
    """Harm prevented: nothing plays, and nothing is asked for, before she presses the player."""
    for name in card.sounds:
        yield node("audio", controls="", preload="none", src=address_of(name))


# ---- answers


def _answering(card: Card) -> Iterator[Node]:
    if card.ended:
        return
    if card.state == "closed" and card.labels:
        yield _button(card.labels.open, buttons.begin(card))
        return
    if card.state == "hidden" and card.labels:
        yield _button(card.labels.open, buttons.word(card, "open"))
        return
    yield from _options(card)
    yield _controls(card)
    if card.state == "open" and card.labels and card.options:
        yield _typing(card.labels)


def _options(card: Card) -> Iterator[Node]:
    if not card.options:
        return
    if card.many and card.labels:
        yield node("fieldset", *(_box(option) for option in card.options), class_="many")
        yield node("div", _button(card.labels.done, buttons.done(card)), class_="answers")
        return
    answers = (
        _button(option.label, buttons.choice(card, option.id), option.language)
        for option in card.options
    )
    yield node("div", *answers, class_="answers")


def _box(option: Option) -> Node:
    box = node(
        "input",
        type="checkbox",
        name="pick",
        value=code_of(option.id),
        checked="" if option.picked else None,
        data_alone="" if option.alone else None,
        autocomplete="off",
    )
    return node("label", box, node("span", option.label, lang=option.language or None))


def _controls(card: Card) -> Node:
    if card.state == "covered" and card.labels:
        close = _button(card.labels.close, buttons.word(card, "leave"))
        return node("div", close, class_="controls")
    shown = (_control(card, control) for control in card.controls)
    return node("div", *shown, class_="controls")


def _control(card: Card, control: Control) -> Node:
    kind = control.id if control.id in {"urgent", "leave"} else None
    return node(
        "button",
        control.label,
        type="submit",
        name="a",
        value=buttons.word(card, control.id),
        lang=control.language or None,
        class_=kind,
        formnovalidate="",
    )


def _button(label: str, data: str, language: str = "") -> Node:
    return node("button", label, type="submit", name="a", value=data, lang=language or None)


def _typing(labels: Labels) -> Node:
    """Of a form of its own: Enter must send what she typed, and never press the first answer.

    Harm prevented: it stands there only with the script. Without it, a browser that is killed keeps
    what was typed in its files.
    """
    return node(
        "div",
        node("label", labels.type, for_="say"),
        node(
            "input",
            id="say",
            name="say",
            type="text",
            maxlength=str(LONGEST_TYPED),
            autocomplete="off",
            form="saying",
        ),
        node("button", labels.send, type="submit", name="a", value="say", form="saying"),
        class_="typing",
        hidden="",
    )
