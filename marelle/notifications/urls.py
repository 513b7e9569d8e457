"""Doors of the mailbox, under `/courriels/` (demonstration and development only)."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<slug:public_id>/", views.mail, name="mail"),
    path("<slug:public_id>/html/", views.html, name="html"),
]
