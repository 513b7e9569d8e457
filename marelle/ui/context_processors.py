"""What the page shell needs on every page."""

from django.conf import settings


def shell(request):
    return {"DEMO": settings.DEMO, "SITE_URL": settings.SITE_URL}
