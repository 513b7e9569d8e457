"""What each kind of audit entry of this app says, in French: one table per noun."""

from django.utils.translation import gettext_lazy as _

CONSULTATIONS = {
    "participation.consultation.created": _("a commencé une consultation"),
    "participation.consultation.edited": _("a modifié la consultation"),
    "participation.consultation.adjusted": _("a changé le dernier jour, ou qui répondra"),
    "participation.consultation.opened": _("a ouvert la consultation aux enfants"),
    "participation.consultation.corrected": _("a corrigé les mots du questionnaire"),
    "participation.consultation.closed": _("a fermé la consultation"),
    "participation.consultation.answered": _("a répondu aux enfants"),
    "participation.consultation.cancelled": _("a abandonné la consultation"),
}

SESSIONS = {
    "participation.session.opened": _("a ouvert une séance"),
}

VERBATIMS: dict[str, str] = {}

ALERTS: dict[str, str] = {}

RESULTS: dict[str, str] = {}

PROPOSALS: dict[str, str] = {}

COUNCILS: dict[str, str] = {}

ELECTIONS: dict[str, str] = {}

SENTENCES: dict[str, str] = {
    **CONSULTATIONS,
    **SESSIONS,
    **VERBATIMS,
    **ALERTS,
    **RESULTS,
    **PROPOSALS,
    **COUNCILS,
    **ELECTIONS,
}
