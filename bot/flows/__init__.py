"""Flows: the order and the words of the talk, from YAML to a checked model."""
