from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Something of the library was written: which noun, which row. Numbered in the order of the commits.

    Written by the database itself (`migrations/0003_tell_what_changed.py`), whoever writes and however: an action, the
    back office, an import of ten thousand rows, a command. It is how what a process remembers of the library
    (`queries.changes`) is known to be of now. Old rows are dropped every day.
    """

    number = models.BigAutoField(primary_key=True)
    noun = models.CharField(_("nature"), max_length=10)
    """`resource`, `practice`, `guide`, `theme` or `article`."""
    row = models.BigIntegerField(_("ligne"))

    impersonal = "number noun row"

    class Meta:
        verbose_name = _("changement de la bibliothèque")
        ordering = ["number"]
