"""Pictures and films: how they are served, and how the editorial team looks after them."""

from django.urls import path

from marelle.library.views import media

urlpatterns = [
    path("medias/images/<slug:public_id>/<str:name>", media.picture, name="picture"),
]
