"""What the log says of the library, one table per noun."""

from django.utils.translation import gettext_lazy as _

REFERENCE = {"library.reference.loaded": _("a chargé les articles de la Convention et les thèmes")}
OFFICE = {
    "library.office.opened": _("a donné leurs droits aux groupes de la rédaction"),
    "library.text.published": _("a publié un texte du site"),
    "library.text.scheduled": _("a programmé la publication d’un texte du site"),
    "library.text.unpublished": _("a retiré un texte du site"),
    "library.links.checked": _("a relu les liens du site ({dead} ne mènent nulle part)"),
    "library.text.held_back": _("a retenu une publication programmée"),
}
RESOURCES = {
    "library.file.added": _("a ajouté un fichier à une ressource"),
    "library.file.versioned": _("a mis en ligne la version {number} d’un fichier"),
    "library.file.drawn": _("a préparé l’aperçu d’un fichier"),
    "library.file.changed": _("a changé le nom ou le rang d’un fichier"),
    "library.file.withdrawn": _("a retiré un fichier d’une ressource"),
    "library.file.restored": _("a remis un fichier à sa place"),
    "library.kit.prepared": _("a préparé l’archive d’un kit ({count} fichiers)"),
    "library.download.forgotten": _("a oublié {count} téléchargements de plus de deux ans"),
}
PRACTICES = {
    "library.practice.started": _("a commencé une pratique"),
    "library.practice.drafted": _("a fait naître une pratique de ce qui a été fait"),
    "library.practice.submitted": _("a proposé la pratique à la relecture"),
    "library.practice.taken_back": _("a repris la pratique avant la réponse"),
    "library.practice.reopened": _("a repris le texte publié pour le changer"),
    "library.practice.changes_dropped": _("a abandonné les changements"),
    "library.practice.archived": _("a retiré la pratique de la bibliothèque"),
    "library.practice.put_back": _("a rouvert la pratique"),
    "library.practice.held": _("a pris la relecture en main"),
    "library.practice.released": _("a remis la pratique dans la file"),
    "library.practice.commented": _("a fait une remarque"),
    "library.practice.replied": _("a répondu à une remarque"),
    "library.practice.settled": _("a réglé une remarque"),
    "library.practice.unsettled": _("a rouvert une remarque"),
    "library.practice.returned": _("a renvoyé la pratique à compléter"),
    "library.practice.published": _("a publié la pratique"),
    "library.practice.confirmed": _("a relu la pratique\u202f: elle est toujours juste"),
    "library.practice.review_asked": _("a demandé de relire des pratiques ({count})"),
    "library.practice.contact_named": _("a proposé un contact"),
    "library.practice.contact_agreed": _("a accepté d’être nommé·e"),
    "library.practice.contact_withdrawn": _("a retiré le contact"),
    "library.practice.taken_up": _("a dit reprendre la pratique"),
    "library.practice.let_go": _("n’annonce plus reprendre la pratique"),
    "library.practice.followed": _("a fait suivre les pratiques vers le territoire qui succède"),
}
SEARCH = {
    "library.saved_search.asked": _("a demandé à être averti·e des nouveautés d’une recherche"),
    "library.saved_search.confirmed": _("a confirmé une recherche gardée"),
    "library.saved_search.renewed": _("a gardé une recherche deux ans de plus"),
    "library.saved_search.stopped": _("a arrêté une recherche gardée"),
    "library.saved_search.told": _("a signalé {count} nouveauté(s) d’une recherche gardée"),
    "library.saved_search.forgotten": _(
        "a oublié {count} recherche(s) gardée(s), sans confirmation ou arrivée(s) à son terme"
    ),
}

MEDIA = {
    "library.picture.added": _("a ajouté l’image"),
    "library.picture.changed": _("a modifié l’image"),
    "library.consent.given": _("a enregistré un accord de droit à l’image"),
    "library.consent.withdrawn": _("a retiré un accord de droit à l’image"),
    "library.consent.ended": _("a masqué l’image\u202f: un accord prenait fin"),
    "library.consent.chased": _("a rappelé qu’un accord de droit à l’image prend fin ({days} jours)"),
    "library.video.added": _("a ajouté la vidéo"),
    "library.video.changed": _("a modifié la vidéo"),
    "library.video.removed": _("a supprimé la vidéo"),
    "library.consent.forgotten": _("a effacé un accord terminé ou retiré"),
}
GUIDES = {
    "library.guide.edition_published": _("a publié l’édition {number} du guide"),
}
SHELVES = {
    "library.resource.used": _("a dit avoir utilisé la ressource"),
    "library.shelves.forgotten": _("a oublié {lists} liste(s) et {comments} remarque(s) anciennes"),
}
IMPORTS = {
    "library.import.read": _("a lu un tableau de {lines} lignes"),
    "library.import.asked": _("a demandé un import"),
    "library.import.done": _(
        "a importé un tableau ({new} nouvelles, {changed} changées, {kept} gardées, {error} en erreur)"
    ),
    "library.import.dropped": _("a oublié un tableau lu"),
    "library.import.forgotten": _("a oublié {count} tableaux lus depuis trente jours"),
    "library.sheet.imported": _("a importé une fiche, en brouillon"),
    "library.sheet.import_changed": _("a changé {fields} champs et {files} fichiers d’une fiche par un import"),
}

SENTENCES: dict = {**REFERENCE, **OFFICE, **RESOURCES, **PRACTICES, **SEARCH, **MEDIA, **GUIDES, **IMPORTS, **SHELVES}
