"""The site as the demonstration mounts it."""

from django.urls import include, path

from marelle.config.urls import urlpatterns as real

urlpatterns = [path("demonstration/", include("marelle.demo.urls")), *real]
