"""News ballots sends upwards."""

from django.dispatch import Signal

words_opened = Signal()
"""`station`, `words` (a shuffled list of (question, text)), `at`: children's own words came out of their envelopes. Sent
within the transaction that opened them: they are in the hands of whoever moderates, or still sealed."""
