"""Found, read, downloaded, printed."""

from django.urls import path, register_converter

from marelle.core.models import ALPHABET
from marelle.library.views import catalogue


class PublicId:
    """Twelve of the signs of `core.models.opaque_id`: what follows the hyphen is for people."""

    regex = f"[{ALPHABET}]{{12}}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(PublicId, "public_id")

urlpatterns: list = [
    path("ressources/catalogue/", catalogue.catalogue, name="catalogue"),
    path("ressources/catalogue/export.csv", catalogue.export, name="catalogue_csv"),
    path("ressources/<public_id:public_id>-<slug:slug>/", catalogue.catalogue, name="resource"),
]
