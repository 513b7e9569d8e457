"""Public pages and dashboards."""

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tableau-de-bord/", views.dashboard, name="dashboard"),
    path("portefeuille/", views.portfolio, name="portfolio"),
    path("portefeuille/export.csv", views.portfolio_csv, name="portfolio_csv"),
    path("entonnoir/", views.funnel, name="funnel"),
    path("entonnoir/export/", views.funnel_export, name="funnel_export"),
]
