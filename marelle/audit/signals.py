"""News of the log, sent while the action is still in its transaction."""

from django.dispatch import Signal

recorded = Signal()
"""`sender`: the model; `instance`: the row that an action just wrote it changed. For what must be true together with the
change or not at all: the index of the search. What may come after the commit listens to the apps' own signals."""
