"""Public pages and dashboards."""

from django.urls import path, register_converter

from . import views


class OfficialCode:
    """An INSEE code (five signs, 2A and 2B in Corse) or a SIREN (nine digits)."""

    regex = "[0-9][0-9ABab][0-9]{3}|[0-9]{9}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(OfficialCode, "official_code")

app_name = "portal"
urlpatterns = [
    path("", views.public.home, name="home"),
    path("programme/", views.public.programme, name="programme"),
    path("reseau/", views.public.network, name="network"),
    path("ressources/", views.public.resources, name="resources"),
    path("aide/", views.public.help_page, name="help"),
    path("mentions-legales/", views.public.legal, name="legal"),
    path("accessibilite/", views.public.accessibility, name="accessibility"),
    path("donnees-personnelles/", views.public.personal_data, name="privacy"),
    path("tableau-de-bord/", views.dashboard, name="dashboard"),
    path("tableau-de-bord/<slug:public_id>/", views.collectivite, name="collectivite"),
    path("mon-dossier/", views.my_file, name="my_file"),
    path("portefeuille/", views.portfolio, name="portfolio"),
    path("portefeuille/export.csv", views.portfolio_csv, name="portfolio_csv"),
    path("entonnoir/", views.funnel, name="funnel"),
    path("entonnoir/export/", views.funnel_export, name="funnel_export"),
    path("territoires/", views.territories, name="territories"),
    path("territoires/<official_code:code>/", views.territory, name="territory_by_code"),
    path("territoires/<official_code:code>-<slug:slug>/", views.territory, name="territory"),
]
