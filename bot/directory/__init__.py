"""The directory: real services, and which of them fit what she asked for."""
