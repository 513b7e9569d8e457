"""Found, read, downloaded, printed."""

from django.urls import path, register_converter

from marelle.core.models import ALPHABET
from marelle.library.views import catalogue, files, resources, tending


class PublicId:
    """Twelve of the signs of `core.models.opaque_id`: what follows the hyphen is for people."""

    regex = f"[{ALPHABET}]{{12}}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(PublicId, "public_id")


class FileVerb:
    """What a press does to a file."""

    regex = "monter|descendre|retirer|remettre"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(FileVerb, "file_verb")

urlpatterns: list = [
    path("ressources/catalogue/", catalogue.catalogue, name="catalogue"),
    path("ressources/catalogue/export.csv", catalogue.export, name="catalogue_csv"),
    path("ressources/fichiers/<public_id:public_id>/", files.file, name="file"),
    path("ressources/versions/<public_id:public_id>/", files.version, name="version"),
    path("ressources/apercus/<public_id:public_id>.webp", files.page_picture, name="page_picture"),
    path("ressources/kits/<public_id:public_id>/", files.kit, name="kit"),
    path("ressources/kits/<public_id:public_id>/kit.zip", files.kit_zip, name="kit_zip"),
    path("ressources/kits/<public_id:public_id>/preparer/", files.kit_prepare, name="kit_prepare"),
    path("ressources/<public_id:public_id>/prevenir/", resources.watch, name="watch"),
    path("ressources/alertes/<public_id:public_id>/arreter/", resources.watch_stop, name="watch_stop"),
    path("ressources/<public_id:public_id>-<slug:slug>/", resources.resource, name="resource"),
    path("bibliotheque/ressources/<public_id:public_id>/fichiers/", tending.files, name="files"),
    path("bibliotheque/fichiers/<public_id:public_id>/version/", tending.version_add, name="version_add"),
    path("bibliotheque/fichiers/<public_id:public_id>/nom/", tending.describe, name="file_describe"),
    path("bibliotheque/fichiers/<public_id:public_id>/<file_verb:verb>/", tending.act, name="file_act"),
]
