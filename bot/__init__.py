"""Linnet: a private chat that helps a woman find a service that suits her."""
