"""The doors of the house with the mailbox open, as in the demonstration."""

from django.urls import include, path

from marelle.config.urls import urlpatterns as house

urlpatterns = [path("courriels/", include("marelle.notifications.urls")), *house]
