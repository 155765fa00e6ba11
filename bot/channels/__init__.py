"""Channels: doors to the world; they translate and decide nothing."""
