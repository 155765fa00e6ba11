"""Telegram: one card in a private chat, edited in place, confirmed only after it is kept."""
