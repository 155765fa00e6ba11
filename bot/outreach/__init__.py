"""Outreach: links that a worker shares, and cards that she prints."""
