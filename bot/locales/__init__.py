"""Locales: every word she reads, in her language and in her direction of reading."""
