"""What each kind of audit entry of this app says, in French."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {"territories.list.loaded": _("a chargé la liste officielle des territoires")}
