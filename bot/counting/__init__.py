"""Counting: how many talks there were and what was missing, and nothing about any one of them."""
