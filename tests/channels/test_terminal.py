"""The terminal: what it shows, what it takes, how it ends."""

import io
from dataclasses import replace

from bot.channels import terminal
from bot.conversation import messages
from bot.conversation.messages import (
    Asking,
    Card,
    Control,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Typed,
    Way,
    Word,
)
from bot.locales import phrases as say
from tests.talk import Talk

RESULT = Result(
    name="The Centre",
    about="A place for women.",
    lines=("Open now, until 17:00",),
    fits=Listing("Fits", ("A woman worker",)),
    lacks=Listing("Lacks", ("A lift",)),
    asks=Asking("Ask:", (Question("Czy?", "Is it?"), Question("Can I?")), "Also: a lift"),
    ways=(
        Way("Phone", "0121 496 0000", "tel:01214960000", ("Free", "Day and night")),
        Way("W", "w", None),
    ),
)
CARD = Card(
    language="en",
    direction="ltr",
    blocks=(Paragraph("In danger? Ring 999.", "alert"), Paragraph("Which?", "ask"), RESULT),
    options=(Option("a", "First"), Option("b", "Second")),
    controls=(Control("back", "Back"), Control("leave", "Leave")),
    hint="Type a number.",
    step="x.y",
    turn=3,
)


class Script:
    """Turns that play cards one after the other and remember what they were told."""

    def __init__(self, *cards):
        self.cards = list(cards)
        self.acts = []

    def take(self, incoming):
        self.acts.append(incoming.act)
        return self.cards.pop(0) if len(self.cards) > 1 else self.cards[0]


def chat(script, typed, *, live=False):
    screen = io.StringIO()
    keyboard = io.BytesIO(typed)
    terminal.chat(script.take, keyboard, screen, language="en", live=live)
    return screen.getvalue()


def test_a_card_is_shown_with_numbered_answers_and_its_controls():
    assert terminal.as_text(CARD) == (
        "=" * 76
        + """
! In danger? Ring 999.

Which?

* The Centre
  A place for women.
  Open now, until 17:00
  Fits
    + A woman worker
  Lacks
    - A lift
  Ask:
    ? Czy?
      (Is it?)
    ? Can I?
    Also: a lift
  > Phone: 0121 496 0000
      Free · Day and night
  > W: w

  1  First
  2  Second

Type a number.

Back · Leave
"""
    )


def test_sentences_to_say_stand_with_their_english():
    script = messages.Script(
        (Question("Dzień dobry.", "Hello."), Question("I need room.")),
        heading="O co zapytać",
        numbers=("Rose House: 0121 496 0000",),
        copies=("not shown",),
    )
    assert terminal.as_text(replace(CARD, blocks=(script,))).startswith(
        "=" * 76
        + """
O co zapytać
  Dzień dobry.
    (Hello.)
  I need room.
  Rose House: 0121 496 0000

  1  First
"""
    )


def test_sentences_to_practise_with_have_no_heading():
    script = messages.Script((Question("I need room."),))
    assert "=\n  I need room.\n\n  1  First" in terminal.as_text(replace(CARD, blocks=(script,)))


def test_a_line_of_input_is_a_turn():
    script = Script(CARD)
    chat(script, b"1\nhello\n")
    assert script.acts[1:] == [Typed("1"), Typed("hello")]


def test_the_last_line_counts_without_its_end():
    script = Script(CARD)
    chat(script, b"1")
    assert script.acts[-1] == Typed("1")


def test_the_talk_ends_with_its_last_card():
    script = Script(CARD, Card("en", "ltr", (Paragraph("Bye."),), ended=True))
    shown = chat(script, b"leave\nmore\n")
    assert shown.endswith("Bye.\n\n")
    assert len(script.acts) == 2


def test_a_talk_that_is_over_before_it_begins_takes_no_input():
    script = Script(Card("en", "ltr", (Paragraph("Bye."),), ended=True))
    chat(script, b"1\n")
    assert len(script.acts) == 1


LAST = Card("en", "ltr", (Paragraph("Bye."),), hint="Press Enter.", ended=True)


def test_on_a_screen_the_last_card_waits_for_one_line():
    keyboard = io.BytesIO(b"leave\n\nmore\n")
    script, screen = Script(CARD, LAST), io.StringIO()
    terminal.chat(script.take, keyboard, screen, language="en", live=True)
    assert screen.getvalue().endswith("Bye.\n\nPress Enter.\n\n")
    assert keyboard.read() == b"more\n"
    assert len(script.acts) == 2


def test_on_a_screen_a_talk_that_is_over_at_once_waits_too():
    keyboard = io.BytesIO(b"\nmore\n")
    terminal.chat(Script(LAST).take, keyboard, io.StringIO(), language="en", live=True)
    assert keyboard.read() == b"more\n"


def test_the_last_card_of_a_pipe_asks_for_no_key():
    shown = chat(Script(CARD, LAST), b"leave\n")
    assert shown.endswith("Bye.\n\n")


def test_on_a_screen_each_card_replaces_the_one_before():
    shown = chat(Script(CARD), b"1\n", live=True)
    assert shown.count(terminal.CLEAR) == 2
    assert shown.endswith("\n> ")


def test_bytes_that_are_no_text_do_no_harm():
    script = Script(CARD)
    chat(script, b"\xff\xfe\x00\n")
    assert isinstance(script.acts[-1], Typed)


def test_a_line_without_end_is_cut_and_the_next_line_still_counts():
    script = Script(CARD)
    chat(script, b"x" * 200_000 + b"\n2\n")
    assert len(script.acts[1].text) == terminal.LONGEST_LINE
    assert script.acts[2] == Typed("2")


def test_leaving_the_screen_leaves_it_empty():
    screen = io.StringIO()
    terminal.wipe(screen)
    assert screen.getvalue() == terminal.CLEAR


def test_a_pipe_is_not_a_person():
    assert not terminal.is_live(io.StringIO(), io.StringIO())


def test_what_cannot_be_heard_here_is_not_offered(recorded, moment):
    """No file is played in a terminal, and nobody can press a button there."""
    talk = Talk(recorded, moment)
    assert talk.card.controls[0].id == "listen"
    assert say.LISTEN.text not in talk.text
    for intent in ("listen", "play"):
        talk.act(Word(intent))
        assert not {say.PLAY.text, say.NOT_NOW.text} & {
            line.strip() for line in talk.text.split("\n")
        }
        assert say.PLAY.text not in talk.text


def test_a_card_with_nothing_else_to_press_has_no_line_for_it():
    card = Card("en", "ltr", (Paragraph("Hello."),), controls=(Control("listen", "Listen"),))
    assert terminal.as_text(card) == f"{'=' * terminal.WIDTH}\nHello.\n"
