"""What each kind of audit entry of this app says, in French."""

SENTENCES: dict[str, str] = {
    # A candidacy's life
    "programme.candidacy.opened": "a déclaré l’intention de la collectivité",
    "programme.candidacy.confirmed": "a confirmé l’intention",
    "programme.candidacy.abandoned": "a retiré la candidature",
    "programme.candidacy.deadline_extended": "a reporté l’échéance du dossier",
    # Commission, decision, probation
    "programme.candidacy.sent_to_commission": "a transmis le dossier à la commission",
    "programme.candidacy.commission_rescheduled": "a changé la date de la commission",
    "programme.candidacy.sent_back": "a repris l’instruction",
    "programme.candidacy.decided": "a enregistré la décision de la commission",
    "programme.probation.task_done": "a dit un engagement tenu",
    "programme.probation.task_confirmed": "a confirmé un engagement",
    "programme.probation.task_reopened": "a rouvert un engagement",
    "programme.probation.ended": "a rappelé que la période probatoire est terminée",
    # Papers and title
    "programme.deliberation.recorded": "a joint la délibération du conseil",
    "programme.agreement.made": "a produit la convention",
    "programme.agreement.signed": "a joint la convention signée",
    "programme.title.granted": "a publié le titre",
    "programme.title.withdrawn": "a retiré le titre",
    # What the programme asks
    "programme.route.version_loaded": "a chargé une version de ce que demande un parcours",
    "programme.candidacy.version_followed": "a fait passer le dossier à la nouvelle version du parcours",
    # The network
    "programme.merger.followed": "a rattaché le dossier au territoire qui a succédé au sien",
    "programme.network.asked": "a demandé à rejoindre le réseau",
    "programme.network.confirmed": "a confirmé l’adhésion au réseau",
    "programme.network.refused": "a refusé l’adhésion au réseau",
    "programme.network.left": "a mis fin à l’adhésion au réseau",
    # The file
    "programme.file.submitted": "a déposé le dossier",
    "programme.file.resubmitted": "a renvoyé le dossier corrigé",
    "programme.file.chased": "a relancé la collectivité avant la date limite",
    "programme.attachment.added": "a joint une pièce au dossier",
    "programme.attachment.removed": "a retiré une pièce du dossier",
    "programme.attachment.put_back": "a remis une pièce au dossier",
    # Assignment
    "programme.candidacy.delegated": "a dit quelle délégation suit le dossier",
    "programme.candidacy.assigned": "a confié le dossier à un·e conseiller·ère",
    "programme.candidacy.unassigned": "a remis le dossier parmi ceux à affecter",
    "programme.candidacy.taken_over": "a fait reprendre le dossier d’un·e collègue",
    "programme.candidacy.taken_back": "a fait rendre un dossier repris",
    # The instruction
    "programme.review.opened": "a ouvert l’instruction",
    "programme.note.added": "a ajouté une note interne",
    "programme.message.written": "a écrit un message",
    "programme.message.settled": "a marqué un message sans suite à donner",
    "programme.mail.refused": "a répondu par un courriel qui n’a pas pu être pris",
    "programme.correction.asked": "a demandé des corrections",
    "programme.correction.cancelled": "a retiré la demande de corrections",
    "programme.opinion.asked": "a demandé un avis",
    "programme.opinion.given": "a rendu son avis",
    "programme.opinion.reminded": "a relancé la personne dont l’avis est attendu",
    "programme.opinion.revoked": "a retiré une demande d’avis",
    "programme.conflict.declared": "a déclaré un conflit d’intérêts",
    "programme.conflict.lifted": "a levé un conflit d’intérêts",
}
