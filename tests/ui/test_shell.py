"""The page around every page."""

import pytest


@pytest.mark.django_db
def test_the_shell_has_its_landmarks(client):
    shown = client.get("/").content.decode()
    for landmark in ('lang="fr"', 'class="skip" href="#main"', '<main id="main"', 'href="tel:119"', 'href="tel:3018"'):
        assert landmark in shown
    assert shown.count("<h1") == 1


@pytest.mark.django_db
def test_htmx_evaluates_nothing(client):
    assert '"allowEval":false' in client.get("/").content.decode()
