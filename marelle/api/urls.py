"""The machine face."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from . import health
from .views import api

app_name = "api"


def open_to_all(patterns):
    """The API is public: none of its doors asks who is there."""
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns


urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("api/v1/", include(open_to_all(api.urls[0]))),
]
