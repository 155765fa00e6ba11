"""People of the measured talk: what is on her phone, and what Telegram tells a bot of her acts.

No contestant is imported here. `called` is the Bot API as far as the talk needs it: it answers in
the real one's words, with the whole message, and notes on whose phone what has changed.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

BOT = {"id": 700000001, "is_bot": True, "first_name": "Bot", "username": "measured_bot"}
NOW = 1795435200
QUESTIONS = 12
UPDATES = QUESTIONS + 1  # of one person: /start, and a press on every question

Fields = Mapping[str, Any]


class Look(NamedTuple):
    """A card as she sees it: text, rows of (label, what a peer puts behind it), answers' labels.

    What stands behind an answer begins with the question's `name` and a colon.
    """

    name: str
    text: str
    rows: list[list[tuple[str, str]]]
    answers: list[str]

    @property
    def keyboard(self) -> dict[str, Any]:
        """The buttons as the Bot API takes and gives them."""
        rows = [[{"text": text, "callback_data": data} for text, data in row] for row in self.rows]
        return {"inline_keyboard": rows}


def read_looks(path: str) -> list[Look]:
    """The cards of the talk, the last one after the last question."""
    looks = [Look(**found) for found in json.loads(Path(path).read_text(encoding="utf-8"))]
    assert len(looks) == QUESTIONS + 1, f"the talk has {len(looks)} cards"
    return looks


class Person:
    """One person with her phone. `message` is the card on it as Telegram knows it."""

    def __init__(self, number: int, looks: list[Look], updates: Iterator[int]) -> None:
        self.chat = 100_000_000 + number
        self.message: dict[str, Any] = {}
        self.sends = self.edits = self.answers = self.presses = 0
        self._looks = looks
        self._updates = updates  # ids grow from act to act, whoever does it
        self._user = {"id": self.chat, "is_bot": False, "first_name": "A", "language_code": "en"}
        self._room = {"id": self.chat, "first_name": "A", "type": "private"}

    # ---- what she does, as the bytes of an update

    def starts(self) -> bytes:
        """She begins."""
        entity = {"type": "bot_command", "offset": 0, "length": 6}
        said = {"message_id": 1, "from": self._user, "chat": self._room, "date": NOW}
        return self._update("message", {**said, "text": "/start", "entities": [entity]})

    def answers_question(self) -> bytes:
        """She presses one of the four answers; which one differs from person to person."""
        look = self._looks[self.presses]
        data = self._behind(look.answers[(self.chat + self.presses) % len(look.answers)])
        self.presses += 1
        press = {
            "id": f"{self.chat}{self.presses:03}",
            "from": self._user,
            "message": self.message,
            "chat_instance": "-3456789012345678901",
            "data": data,
        }
        return self._update("callback_query", press)

    def _update(self, kind: str, content: Fields) -> bytes:
        return _compact({"update_id": next(self._updates), kind: content})

    def _behind(self, label: str) -> str:
        """What stands behind a button on her phone; nothing where it is not there."""
        found = [
            one["callback_data"] for row in self._rows() for one in row if one["text"] == label
        ]
        return found[0] if found else ""

    def _rows(self) -> list[list[dict[str, str]]]:
        return list(self.message.get("reply_markup", {}).get("inline_keyboard", []))

    # ---- what a bot does to her phone

    def shows(self, fields: Fields, *, edited: bool) -> None:
        """A message is sent or edited."""
        if edited:
            self.edits += 1
        else:
            self.sends += 1
        said = {"message_id": 2, "from": BOT, "chat": self._room, "date": NOW}
        kept = {
            name: fields[name] for name in ("text", "entities", "reply_markup") if name in fields
        }
        self.message = {**said, **({"edit_date": NOW} if edited else {}), **kept}

    def wrong(self) -> str:
        """What is not as it must be after all she did; empty when all is well."""
        counted = (self.sends, self.edits, self.answers)
        if counted != (1, self.presses, self.presses):
            return (
                "{} sends, {} edits, {} answers".format(*counted) + f" for {self.presses} presses"
            )
        look = self._looks[self.presses]
        if self.message["text"] != look.text:
            return f"a wrong text after {self.presses} presses"
        labels = [[button["text"] for button in row] for row in self._rows()]
        wanted = [[label for label, _ in row] for row in look.rows]
        return "" if labels == wanted else f"wrong buttons after {self.presses} presses"


class Phones:
    """The phones of some people, with the Bot API in front of them."""

    def __init__(self, numbers: range, looks: list[Look]) -> None:
        updates = count(numbers.start * 100)
        self.people = [Person(number, looks, updates) for number in numbers]
        self._by_chat = {person.chat: person for person in self.people}

    def called(self, method: str, fields: Fields) -> tuple[bytes, Person | None]:
        """The answer to a call, and whose card it changed."""
        chat = fields.get("chat_id") or str(fields.get("callback_query_id", ""))[:-3] or 0
        person = self._by_chat.get(int(chat))
        if person and method in {"sendMessage", "editMessageText"}:
            person.shows(fields, edited=method == "editMessageText")
            return _fine(person.message), person
        if person and method == "answerCallbackQuery":
            person.answers += 1
        return ANSWERS.get(method, DONE), None

    def wrong(self) -> str:
        """What is wrong on somebody's phone; empty when nothing is."""
        return next((wrong for person in self.people if (wrong := person.wrong())), "")

    def wrong_at_the_end(self) -> str:
        """The same, when all should have come to the end, and how many did not."""
        stuck = sum(person.presses < QUESTIONS for person in self.people)
        some = f"{stuck} of {len(self.people)} people did not come to the end"
        return "; ".join(filter(None, [some if stuck else "", self.wrong()]))


def _fine(result: object) -> bytes:
    return _compact({"ok": True, "result": result})


def _compact(content: object) -> bytes:
    """JSON without spaces, as Telegram writes it."""
    return json.dumps(content, separators=(",", ":")).encode()


DONE = _fine(True)
ANSWERS = {
    "getMe": _fine({**BOT, "can_join_groups": False, "supports_inline_queries": False}),
    "getMyName": _fine({"name": ""}),
    "getMyDescription": _fine({"description": ""}),
    "getMyShortDescription": _fine({"short_description": ""}),
    "getMyCommands": _fine([]),
}


def fields_of(body: bytes) -> dict[str, Any]:
    """The fields of a call, sent as JSON or as a form; what is JSON inside of it is decoded too."""
    if body.startswith(b"{"):
        fields = dict(json.loads(body))
    else:
        fields = {name: found[0] for name, found in parse_qs(body.decode()).items()}
    for name in ("reply_markup", "entities"):
        if isinstance(fields.get(name), str):
            fields[name] = json.loads(fields[name])
    return fields
