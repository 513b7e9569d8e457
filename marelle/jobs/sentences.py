"""What each kind of audit entry of this app, and of those below it, says in French."""

SENTENCES: dict[str, str] = {
    "jobs.job.asked": "a demandé un travail long",
    "notifications.mail.purged": "a oublié {count} courriels de plus d’un an",
}
