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
    path("", views.home, name="home"),
    path("tableau-de-bord/", views.dashboard, name="dashboard"),
    path("portefeuille/", views.portfolio, name="portfolio"),
    path("portefeuille/export.csv", views.portfolio_csv, name="portfolio_csv"),
    path("entonnoir/", views.funnel, name="funnel"),
    path("entonnoir/export/", views.funnel_export, name="funnel_export"),
    path("territoires/", views.territories, name="territories"),
    path("territoires/<official_code:code>/", views.territory, name="territory_by_code"),
    path("territoires/<official_code:code>-<slug:slug>/", views.territory, name="territory"),
]
