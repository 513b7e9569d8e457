"""Small words for tests of pages."""

from django.urls import reverse

HUGE = "é" * 200_000
HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }}\"'><img src=x onerror=alert(1)>"


def url(name, thing=None):
    """The address of a page of the programme about a thing that has a public id."""
    return reverse(f"programme:{name}", args=[thing.public_id] if thing else [])


def text(response):
    return response.content.decode()
