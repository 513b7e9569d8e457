"""What each kind of audit entry of this app says, in French."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    # A candidacy's life
    "programme.candidacy.opened": _("a déclaré l’intention de la collectivité"),
    "programme.candidacy.confirmed": _("a confirmé l’intention"),
    "programme.candidacy.abandoned": _("a retiré la candidature"),
    "programme.candidacy.deadline_extended": _("a reporté l’échéance du dossier"),
    # Commission, decision, probation
    "programme.candidacy.sent_to_commission": _("a transmis le dossier à la commission"),
    "programme.candidacy.commission_rescheduled": _("a changé la date de la commission"),
    "programme.candidacy.sent_back": _("a repris l’instruction"),
    "programme.candidacy.decided": _("a enregistré la décision de la commission"),
    "programme.probation.task_done": _("a dit un engagement tenu"),
    "programme.probation.task_confirmed": _("a confirmé un engagement"),
    "programme.probation.task_reopened": _("a rouvert un engagement"),
    "programme.probation.ended": _("a rappelé que la période probatoire est terminée"),
    # Papers and title
    "programme.deliberation.recorded": _("a joint la délibération du conseil"),
    "programme.agreement.made": _("a produit la convention"),
    "programme.agreement.signed": _("a joint la convention signée"),
    "programme.title.granted": _("a publié le titre"),
    "programme.title.withdrawn": _("a retiré le titre"),
    # What the programme asks
    "programme.route.version_loaded": _("a chargé une version de ce que demande un parcours"),
    "programme.candidacy.version_followed": _("a fait passer le dossier à la nouvelle version du parcours"),
    # The network
    "programme.merger.followed": _("a rattaché le dossier au territoire qui a succédé au sien"),
    "programme.network.asked": _("a demandé à rejoindre le réseau"),
    "programme.network.confirmed": _("a confirmé l’adhésion au réseau"),
    "programme.network.refused": _("a refusé l’adhésion au réseau"),
    "programme.network.left": _("a mis fin à l’adhésion au réseau"),
    # The file
    "programme.file.submitted": _("a déposé le dossier"),
    "programme.file.resubmitted": _("a renvoyé le dossier corrigé"),
    "programme.file.chased": _("a relancé la collectivité avant la date limite"),
    "programme.attachment.added": _("a joint une pièce au dossier"),
    "programme.attachment.removed": _("a retiré une pièce du dossier"),
    "programme.attachment.put_back": _("a remis une pièce au dossier"),
    # Assignment
    "programme.candidacy.delegated": _("a fait suivre le dossier par la délégation"),
    "programme.candidacy.assigned": _("a confié le dossier à un·e conseiller·ère"),
    "programme.candidacy.unassigned": _("a remis le dossier parmi ceux à affecter"),
    "programme.candidacy.taken_over": _("a fait reprendre le dossier d’un·e collègue"),
    "programme.candidacy.taken_back": _("a fait rendre un dossier repris"),
    # The instruction
    "programme.review.opened": _("a ouvert l’instruction"),
    "programme.note.added": _("a ajouté une note interne"),
    "programme.message.written": _("a écrit un message"),
    "programme.message.settled": _("a marqué un message sans suite à donner"),
    "programme.mail.refused": _("a répondu par un courriel qui n’a pas pu être pris"),
    "programme.correction.asked": _("a demandé des corrections"),
    "programme.correction.cancelled": _("a retiré la demande de corrections"),
    "programme.opinion.asked": _("a demandé un avis"),
    "programme.opinion.given": _("a rendu son avis"),
    "programme.opinion.reminded": _("a relancé la personne dont l’avis est attendu"),
    "programme.opinion.revoked": _("a retiré une demande d’avis"),
    "programme.conflict.declared": _("a déclaré un conflit d’intérêts"),
    "programme.conflict.lifted": _("a levé un conflit d’intérêts"),
    "programme.conflict.forgotten": _("a effacé les motifs des conflits d’intérêts d’un mandat fini"),
}
