"""Doors of children: the code on the wall, the page, what it sends. Nobody signs in here."""

from django.urls import path

from marelle.participation.views import children

urlpatterns = [
    path("s/", children.door, name="child_door"),
    path("s/sw.js", children.service_worker, name="child_worker"),
    path("s/aide/", children.help, name="child_help"),
    path("s/<slug:code>/", children.session, name="child_session"),
    path("s/<slug:code>/ticket/", children.ticket, name="child_ticket"),
    path("s/<slug:code>/merci/", children.thanks, name="child_thanks"),
    path("s/<slug:code>/son/<str:question>/<slug:language>/", children.sound, name="child_sound"),
]
