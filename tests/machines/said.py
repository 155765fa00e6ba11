"""What she may say: words that are known, words that mean nothing, and words of distress."""

SAID = (
    "yes", "1", "2", "next", "birmingham", "B29", "all of these", "polski", "services", "3 1",
    "xyzzy", "", "\ud800", "12 Secret Street, B29 7XX", "\u202e999", "9" * 400, "zq " * 900,
    "he is hitting me", "i want to die", "help", "someone is here", "back", "leave", "stop",
)  # fmt: skip
WORDS = (
    "back", "skip", "urgent", "language", "cover", "know", "services", "hide", "open", "in_english",
    "in_hers", "listen", "none such",
)  # fmt: skip
