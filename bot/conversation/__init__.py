"""The conversation: one incoming message becomes one card."""
