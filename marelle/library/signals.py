"""News the library sends upwards, on commit."""

from django.dispatch import Signal

practice_taken_up = Signal()
"""`practice`, `organisation`, `by`, `at`: a collectivité says that it takes a published practice up. A plan may make an
action of it."""
practice_published = Signal()
"""`practice`, `by`, `at`: a practice (or its new text) is public."""
shown_or_hidden = Signal()
"""`about`, `at`: a picture or a film may be shown from now on, may no longer be, or changed. Pages kept ready that show
it are made again."""
