"""Marelle: runs a national child-friendly-cities programme end to end.

Each folder is one subject and says so in its own first lines. What may import what is written,
and held by a test, in `pyproject.toml` (import-linter).
"""
