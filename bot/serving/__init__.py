"""Serving: the program that stays up, with its keys, its store, its server and its channels."""
