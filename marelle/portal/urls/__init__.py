"""Public pages and dashboards."""

from django.urls import path, register_converter

from marelle.portal import views


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
    path("actualites/", views.public.news, name="news"),
    path("agenda/", views.public.agenda, name="agenda"),
    path("actualites/flux.xml", views.feeds.news_feed, name="news_feed"),
    path("agenda/agenda.ics", views.feeds.agenda_calendar, name="agenda_calendar"),
    path("agenda/<slug:slug>/date.ics", views.feeds.event_calendar, name="event_calendar"),
    path("plan-du-site/", views.feeds.site_plan, name="site_plan"),
    path("sitemap.xml", views.feeds.sitemap, name="sitemap"),
    path("robots.txt", views.feeds.robots, name="robots"),
    path("partage/carte.png", views.feeds.social_card, name="home_card"),
    path("partage/<path:path>carte.png", views.feeds.social_card, name="social_card"),
    path("questions/", views.public.questions, name="questions"),
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
