"""What the audit entries of this app say, in French."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    "demo.year.made": _("a fabriqué l’année de démonstration"),
    "demo.practices.told": _("a raconté les pratiques de démonstration"),
    "demo.library.made": _("a rempli la bibliothèque de démonstration"),
}
