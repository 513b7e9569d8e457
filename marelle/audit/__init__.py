"""What was done, by whom, when: an append-only log, each row chained to the one before by its hash.

Owns the words: entry, kind, chain, verify.
"""
