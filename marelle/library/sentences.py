"""What the log says of the library, one table per noun."""

from django.utils.translation import gettext_lazy as _

REFERENCE = {"library.reference.loaded": _("a chargé les articles de la Convention et les thèmes")}
OFFICE = {
    "library.office.opened": _("a donné leurs droits aux groupes de la rédaction"),
    "library.text.published": _("a publié un texte du site"),
    "library.text.scheduled": _("a programmé la publication d’un texte du site"),
    "library.text.unpublished": _("a retiré un texte du site"),
    "library.text.held_back": _("a retenu une publication programmée"),
}
RESOURCES = {
    "library.download.forgotten": _("a oublié {count} téléchargements de plus de deux ans"),
}

SENTENCES: dict = {**REFERENCE, **OFFICE, **RESOURCES}
