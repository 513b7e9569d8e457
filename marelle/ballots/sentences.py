"""What each kind of audit entry of this app says, in French. A ballot is never recorded: only what adults do."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    "ballots.box.closed": _("a scellé l’urne"),
    "ballots.station.opened": _("a ouvert le vote d’un groupe"),
    "ballots.station.closed": _("a fermé le vote du groupe"),
    "ballots.station.reopened": _("a rouvert le vote du groupe"),
    "ballots.station.settled": _("a arrêté les comptes du groupe"),
    "ballots.station.roll_changed": _("a changé le nombre d’enfants du groupe"),
    "ballots.station.tickets_redone": _("a refait les tickets du groupe"),
    "ballots.station.unlocked": _("a débloqué les tickets du groupe"),
    "ballots.bundle.confirmed": _("a confirmé des feuilles de papier"),
}
