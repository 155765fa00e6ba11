"""The bot's account at Telegram: its chats, its own page, the presses that wait for an answer."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fakeapi.chats import Chats
from tests.telegram.fakeapi.updates import Updates


@dataclass(slots=True)
class Webhook:
    """Where updates go. `failed` is the last error, with the time it came at."""

    url: str
    secret: str = ""
    max_connections: int = 40
    allowed_updates: list[str] | None = None
    failed: tuple[int, str] | None = None


@dataclass(slots=True)
class Account:
    """What Telegram knows of one bot."""

    id: int
    username: str
    can_join_groups: bool
    supports_inline: bool
    chats: Chats = field(default_factory=Chats)
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook | None = None
    answer_seconds: float = 15.0
    queries: dict[str, tuple[int, float]] = field(default_factory=dict)
    toasts: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    asked: int = 0
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    page: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def user(self) -> dict[str, Any]:
        """The bot as a sender of messages."""
        return {
            "id": self.id, "is_bot": True, "first_name": self.page.get(("name", ""), "Notes"),
            "username": self.username,
        }  # fmt: skip

    def ask(self, user_id: int) -> str:
        """A new press that waits for its answer; the id of the query."""
        self.asked += 1
        query_id = str(4_000_000_000_000_000_000 + self.asked)
        self.queries[query_id] = (user_id, time.monotonic())
        return query_id
