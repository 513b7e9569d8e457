"""A believable programme year on real territories with fictitious people, deterministic from a seed.

Owns the words: demonstration, seed, cast.
"""
