"""What the log says of the library, one table per noun."""

from django.utils.translation import gettext_lazy as _

REFERENCE = {"library.reference.loaded": _("a chargé les articles de la Convention et les thèmes")}
SENTENCES: dict = {**REFERENCE}
