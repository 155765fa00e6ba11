"""What channels and the conversation share: an incoming act, an outgoing card.

A channel turns the outside into `Incoming` and draws `Card`. Neither holds who she is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Tone = Literal["say", "ask", "why", "alert", "note", "progress", "beside"]


@dataclass(frozen=True, slots=True)
class Start:
    """She opens the chat. `language` and `council` may come from a shared link and are checked.

    Without `anew` a talk that stands goes on: she pressed "open" on a card from before.

    `link` is the code of the link she came by, empty for none: shaped like a code, and perhaps
    nobody's. It may be counted, once; it is never kept with the talk or with anything else.
    """

    language: str | None = None
    council: str | None = None
    anew: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """She pressed a button drawn at `turn` for `step`; `values` are choice ids.

    More than one value only on a step where many may stand together.
    """

    step: str
    values: tuple[str, ...]
    turn: int


@dataclass(frozen=True, slots=True)
class Switch:
    """She switched one of several choices on or off; nothing is given until `Done`.

    It says what the choice shall be and not "the other way", so a doubled press does no harm.
    """

    step: str
    value: str
    on: bool
    turn: int


@dataclass(frozen=True, slots=True)
class Done:
    """She gives the choices that she switched on."""

    step: str
    turn: int


@dataclass(frozen=True, slots=True)
class Typed:
    """She typed something. It is looked at, never stored and never repeated back.

    `turn` is that of the card she saw, where the channel knows it: words that come twice must not
    answer a second question.
    """

    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """She pressed one of the buttons that work everywhere: `back`, `urgent`, `leave`, `hide`, …

    `turn` is that of the card it stood on; a doubled `back` or `skip` then does nothing twice.
    """

    intent: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The same card once more: another page of it, or because what she did means nothing here."""


class Late(Enum):
    """Whether what she did comes after something that she did later."""

    NO = "no"
    PASSED = "passed"  # in the same talk; only a word of safety still counts
    BEFORE = "before"  # before this talk began; only a call for help still counts


Act = Start | Button | Switch | Done | Typed | Word | Again


@dataclass(frozen=True, slots=True)
class Incoming:
    """One act of one person.

    `key` is opaque: made by the channel, never an id that names her; `earlier` is the key she had
    yesterday. `nonce` is what stood in the button she pressed, None where there was no button;
    `fresh` is new and random, for the buttons of a talk that this act begins. `update` names what
    brought the act, so that it is taken once. `moved` says what the act changes about where the
    card stands; `late` whether the act comes too late for the talk that stands there. With
    `version` the act counts only while the session is at that version. With
    `opens` an answer to the first card begins the talk: the card of that start was shown and
    nothing kept.
    """

    key: str
    act: Act
    earlier: str = ""
    nonce: str | None = None
    fresh: str = ""
    update: str = ""
    moved: Callable[[str], str] | None = None
    late: Callable[[str], Late] | None = None
    version: int | None = None
    opens: Start | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer she can choose: what to press (`id`), what stands on it (`label`)."""

    id: str
    label: str
    alone: bool = False
    picked: bool = False  # switched on and not given yet
    language: str = ""  # of the label, where it is not the card's


@dataclass(frozen=True, slots=True)
class Control:
    """One of the buttons that work everywhere, by intent id."""

    id: str
    label: str
    language: str = ""  # of the label, where it is not the card's


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in her language. `tone` says how to draw them; `english` marks untranslated text."""

    text: str
    tone: Tone = "say"
    english: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make contact, ready to draw.

    `label` is the kind in her language, `shown` what she reads (isolated in right-to-left text),
    `link` what a tap opens (`tel:`, `sms:`, `https:`), None where there is nothing to tap.
    `notes` are short lines: when it answers, what it costs.
    """

    label: str
    shown: str
    link: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence for her to say, in her language and in English.

    `english` is empty when she reads English, and when `words` are English for want of a translation.
    """

    words: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is not known: sentences to ask, and in one line what else is not known."""

    heading: str
    questions: tuple[Question, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A heading and its lines: what fits, what does not.

    Of what fits there may be no line: what she told a sensitive question is not named.
    """

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One service as she sees it: what fits, what does not, what is not known, how to get there.

    What has no lines is left out. `name` and `about` come from the entry; `about` is English
    and marked so where the entry has no words in her language.
    """

    name: str
    about: str
    lines: tuple[str, ...]  # where, open or not, since when it is known
    fits: Listing | None = None
    lacks: Listing | None = None
    asks: Asking | None = None
    ways: tuple[Way, ...] = ()
    english: tuple[str, ...] = ()  # words of the entry that stand above as they are, in English


@dataclass(frozen=True, slots=True)
class Script:
    """Sentences she can say or show, made from her answers.

    On a card to take away they have a `heading` and `numbers` under them, and `copies`: the same
    as one text, the fullest first, for channels that take only short ones.
    """

    lines: tuple[Question, ...]
    heading: str = ""
    numbers: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


Block = Paragraph | Result | Script


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on the buttons that a channel adds by itself, in her language."""

    hide: str
    open: str
    close: str
    done: str
    page: str
    copy: str
    type: str
    send: str


State = Literal["open", "covered", "hidden", "closed"]


@dataclass(frozen=True, slots=True)
class Card:
    """The one card on her screen. It replaces the one before.

    `step` and `turn` go into every button, so that an old button is known as old. `ended` means
    that the session is gone; there is nothing to press then. `personal` says that something on it was
    found or chosen for her, and not for everybody who comes to this question.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    blocks: tuple[Block, ...]
    options: tuple[Option, ...] = ()
    controls: tuple[Control, ...] = ()
    many: bool = False
    hint: str = ""  # how to answer by typing, for channels without buttons
    step: str = ""
    turn: int = 0
    ended: bool = False
    state: State = "open"  # covered, hidden and closed cards say nothing of what this is
    nonce: str = ""  # of this talk, for every button
    sounds: tuple[str, ...] = ()  # names of recordings to put before her; none plays by itself
    labels: Labels | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one act: the card, and the session as far as a channel may know it.

    `place` is what the channel gave it to keep. `version` 0: nothing is kept, because the store
    does not answer or there is no talk. `over`: the answers are gone; what is kept is only where
    the card stands, until the channel has removed it and calls `Turns.forget`. `new`: an update brought
    the act, in time and for the first time. `unkept`: the store did not answer, so the act had no
    effect; it would have one if it came again.
    """

    key: str
    card: Card
    version: int = 0
    place: str = ""
    over: bool = False
    new: bool = False
    unkept: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A talk that somebody must look after now, though nobody asked for it.

    `painted`: her screen shows `version`. `over`: its time or the talk is over.
    """

    key: str
    version: int
    painted: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What stands behind a card, in ids: where the talk is, what was answered, what follows.

    `trail` has (step, answer); `needs` the words of `directory/needs.yaml` by how they are asked
    for; `matches` (service, what it states, what it lacks, what is not known), best first.
    """

    step: str
    trail: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str], ...]
    matches: tuple[tuple[str, str, str, str], ...]
