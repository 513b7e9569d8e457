"""Resources and practices from a spreadsheet."""

from django.urls import path

from marelle.library.views import imports

urlpatterns: list = [
    path("bibliotheque/import/", imports.imports, name="imports"),
    path("bibliotheque/import/modele/<slug:kind>.xlsx", imports.template, name="import_template"),
    path("bibliotheque/import/<slug:public_id>/", imports.preview, name="import"),
    path("bibliotheque/import/<slug:public_id>/apercu.csv", imports.report, name="import_report"),
    path("bibliotheque/import/<slug:public_id>/importer/", imports.run, name="import_run"),
    path("bibliotheque/import/<slug:public_id>/oublier/", imports.drop, name="import_drop"),
]
