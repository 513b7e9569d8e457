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
    "participation.consultation.chased": _("a rappelé la réponse promise aux enfants"),
    "participation.steward.named": _("a confié une tâche"),
    "participation.steward.thanked": _("a repris une tâche"),
    "participation.questionnaire.changed": _("a modifié le questionnaire"),
    "participation.questionnaire.recorded": _("a enregistré une question à voix haute"),
    "participation.consultation.followed": _("a fait suivre les consultations vers le territoire qui succède"),
    "participation.consultation.forgotten": _("a oublié qui avait répondu aux enfants"),
    "participation.consultation.cancelled": _("a abandonné la consultation"),
}

SESSIONS = {
    "participation.session.opened": _("a ouvert une séance"),
}

VERBATIMS = {
    "participation.verbatim.approved": _("a rendu publiables des paroles d’enfants ({count})"),
    "participation.verbatim.refused": _("a écarté une parole d’enfant"),
    "participation.verbatim.put_back": _("a remis des paroles d’enfants à relire ({count})"),
    "participation.verbatim.grouped": _("a réuni des paroles proches ({count})"),
    "participation.verbatim.tagged": _("a donné un thème à des paroles ({count})"),
    "participation.verbatim.reported": _("a signalé une parole inquiétante"),
    "participation.verbatim.exported": _("a exporté les paroles publiables ({count})"),
    "participation.verbatim.forgotten": _("a effacé ce que des enfants avaient écrit ({count})"),
}

ALERTS = {
    "participation.alert.raised": _("a levé une alerte"),
    "participation.alert.read": _("a lu la parole d’une alerte"),
    "participation.alert.taken": _("a pris l’alerte en charge"),
    "participation.alert.step_added": _("a noté ce qui a été fait"),
    "participation.alert.closed": _("a mené l’alerte à son issue"),
    "participation.alert.reopened": _("a rouvert l’alerte"),
    "participation.alert.given_back": _("a rendu la parole à la relecture"),
    "participation.alert.chased": _("a relancé sur une alerte que personne n’avait prise ({people} personnes)"),
    "participation.alert.forgotten": _("a effacé des notes d’alertes anciennes ({count})"),
}

RESULTS = {
    "participation.results.prepared": _("a préparé les résultats"),
    "participation.results.dropped": _("a mis de côté des résultats préparés"),
    "participation.results.published": _("a publié les résultats"),
    "participation.results.corrected": _("a publié des résultats corrigés"),
}

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

COUNCILS: dict[str, str] = {
    "participation.council.created": _("a créé un conseil"),
    "participation.council.changed": _("a changé la fiche du conseil"),
    "participation.council.ended": _("a mis fin au conseil"),
    "participation.council.revived": _("a rouvert le conseil"),
    "participation.council.followed": _("a rattaché les conseils à la collectivité qui succède"),
    "participation.council.list_taken": _("a téléchargé la liste des membres"),
    "participation.term.started": _("a ouvert un mandat du conseil"),
    "participation.term.changed": _("a changé un mandat du conseil"),
    "participation.member.added": _("a inscrit un membre"),
    "participation.member.changed": _("a corrigé la fiche d’un membre"),
    "participation.member.left": _("a noté un départ"),
    "participation.member.came_back": _("a noté un retour"),
    "participation.member.erased": _("a supprimé une inscription faite par erreur"),
    "participation.member.forgotten": _("a effacé ce qui concernait un membre"),
    "participation.member.ended": _("a effacé ce qui était promis aux membres et aux candidats"),
    "participation.consent.given": _("a noté un accord"),
    "participation.consent.withdrawn": _("a noté le retrait d’un accord"),
    "participation.consent.put_back": _("a remis un accord retiré par erreur"),
    "participation.consent.dropped": _("a supprimé un accord noté par erreur"),
    "participation.consent.chased": _("a rappelé des accords à faire signer"),
}

ELECTIONS: dict[str, str] = {
    "participation.election.created": _("a préparé une élection"),
    "participation.election.changed": _("a changé une élection"),
    "participation.election.dropped": _("a abandonné une élection en préparation"),
    "participation.election.opened": _("a ouvert le vote"),
    "participation.election.class_opened": _("a ouvert le vote d’une classe"),
    "participation.election.closed": _("a clos et dépouillé le vote"),
    "participation.election.read": _("a lu le dépouillement avant l’annonce"),
    "participation.election.drawn": _("a noté un tirage au sort"),
    "participation.election.announced": _("a annoncé le résultat"),
    "participation.election.installed": _("a inscrit les élus au conseil"),
    "participation.candidate.added": _("a inscrit une candidature"),
    "participation.candidate.changed": _("a corrigé une candidature"),
    "participation.candidate.removed": _("a supprimé une candidature"),
    "participation.candidate.withdrawn": _("a noté qu’un·e candidat·e renonce"),
}

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
