"""Doors of results."""

from django.urls import path

from marelle.participation.views import results, results_files, results_groups, results_tending

ABOUT = "consultations/<slug:public_id>/resultats"
urlpatterns = [
    path(f"{ABOUT}/", results.page, name="results"),
    path(f"{ABOUT}/paroles/", results.words, name="results_words"),
    path(f"{ABOUT}/enfants/", results.children, name="results_children"),
    path(f"{ABOUT}/affiche.pdf", results_files.poster, name="results_poster"),
    path(f"{ABOUT}.csv", results_files.spreadsheet, name="results_csv"),
    path(f"{ABOUT}.zip", results_files.bundle, name="results_zip"),
    path(f"{ABOUT}/preparer/", results_tending.prepare, name="results_prepare"),
    path(f"{ABOUT}/ecarter/", results_tending.drop, name="results_drop"),
    path(f"{ABOUT}/publier/", results_tending.publish, name="results_publish"),
    path("seances/<slug:public_id>/resultats/", results_groups.sheet, name="session_results"),
    path("seances/<slug:public_id>/resultats.pdf", results_groups.sheet_pdf, name="session_results_pdf"),
]
