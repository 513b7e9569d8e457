"""The verbs of the demonstration: sign in as someone, and make the year (people, then towns, then their stories)."""

from .signing_in import sign_in_as

__all__ = ["sign_in_as"]
