"""What the log says of the public pages."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "portal.page.published": _("a publié la page"),
    "portal.page.unpublished": _("a retiré la page du site"),
    "portal.page.moved": _("a déplacé la page"),
    "portal.page.deleted": _("a supprimé la page"),
    "portal.site.made": _("a mis en place le site ({count} pages)"),
}
