"""News accounts sends upwards."""

from django.dispatch import Signal

collectivite_followed = Signal()
"""`organisation`, `into`, `by`, `at`: the people of a territory that merged are now those of its successor (`into`, which
may be the same organisation). Sent within the transaction: what hangs on the organisation moves with it, or
nothing does."""
