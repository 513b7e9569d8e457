"""Doors of sessions: what the adult of a group opens."""

from django.urls import path

from marelle.participation.views import sessions

urlpatterns = [
    path("seances/", sessions.sessions, name="sessions"),
    path("seances/export.csv", sessions.export, name="sessions_csv"),
    path("consultations/<str:public_id>/seances/nouvelle/", sessions.new, name="session_new"),
    path("seances/<str:public_id>/", sessions.session, name="session"),
    path("seances/<str:public_id>/avancee/", sessions.progress, name="session_progress"),
    path("seances/<str:public_id>/projeter/", sessions.project, name="session_project"),
    path("seances/<str:public_id>/tickets.pdf", sessions.tickets, name="session_tickets"),
    path("seances/<str:public_id>/fermer/", sessions.close, name="session_close"),
    path("seances/<str:public_id>/rouvrir/", sessions.reopen, name="session_reopen"),
    path("seances/<str:public_id>/effectif/", sessions.change_roll, name="session_roll"),
    path("seances/<str:public_id>/tickets/refaire/", sessions.redo_tickets, name="session_redo_tickets"),
    path("seances/<str:public_id>/debloquer/", sessions.unlock, name="session_unlock"),
]
