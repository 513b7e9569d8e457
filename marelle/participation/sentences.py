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

PROPOSALS = {
    "participation.proposal.drafted": _("a porté une proposition d’enfants"),
    "participation.proposal.worded": _("a repris les mots de la proposition"),
    "participation.proposal.published": _("a rendu la proposition publique"),
    "participation.proposal.answered": _("a noté la réponse donnée aux enfants"),
    "participation.proposal.declined": _("a noté que ce n’est pas possible, et pourquoi"),
    "participation.proposal.done": _("a noté que la proposition est réalisée"),
    "participation.proposal.withdrawn": _("a retiré la proposition"),
    "participation.proposal.joined": _("a réuni la proposition à une autre"),
    "participation.proposal.separated": _("a séparé la proposition d’une autre"),
    "participation.proposal.support_opened": _("a ouvert un vote de soutien"),
    "participation.proposal.support_group": _("a fait voter un groupe"),
    "participation.proposal.support_closed": _("a clos le vote de soutien"),
    "participation.proposal.recalled": _("a rappelé les réponses attendues par les enfants"),
    "participation.proposal.followed": _("a confié les propositions à la commune qui lui succède"),
    "participation.proposal.forgotten": _("a retiré le nom de qui avait répondu, à la fin du mandat"),
}

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
