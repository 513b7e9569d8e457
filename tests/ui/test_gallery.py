"""The gallery shows every component; it exists in the demonstration and in development only."""

import re

import pytest
from django.urls import include, path
from django.urls.exceptions import NoReverseMatch

from marelle.config.urls import urlpatterns as doors
from marelle.ui.components.library import register
from marelle.ui.gallery import shelves

SHOWN_INSIDE_OTHERS = {
    "icon",
    "picture",
    "video",
}  # these two need a row of the library: `tests/library/media` draws them
urlpatterns = [path("ui/", include("marelle.ui.urls")), *doors]


def test_every_component_is_in_the_gallery():
    code = " ".join(specimen.code for shelf in shelves() for specimen in shelf.specimens)
    assert {t for t in register.tags if not re.search(rf"{{% {t}\b", code)} - SHOWN_INSIDE_OTHERS == set()
    assert {f for f in register.filters if f"|{f}" not in code} == set()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_gallery_draws_every_specimen_with_its_code(client):
    shown = client.get("/ui/").content.decode()
    assert shown.count('class="specimen"') == sum(len(shelf.specimens) for shelf in shelves())
    assert "{% hopscotch squares %}" in shown
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert {i for i in ids if ids.count(i) > 1} == set()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("code", [400, 403, 404, 429, 500])
def test_each_error_page_may_be_looked_at(client, code):
    response = client.get(f"/ui/erreurs/{code}/")
    assert response.status_code == code
    assert b"<h1>" in response.content


def test_a_real_installation_has_no_gallery():
    from django.urls import reverse

    with pytest.raises(NoReverseMatch):
        reverse("ui:gallery")
