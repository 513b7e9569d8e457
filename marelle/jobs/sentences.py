"""What each kind of audit entry of this app, and of those below it, says in French."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    "jobs.job.asked": _("a demandé un travail long"),
    "notifications.mail.purged": _("a oublié {count} courriels de plus d’un an"),
}
