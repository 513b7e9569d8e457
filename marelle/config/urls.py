"""Every door of the site. Public ones are marked where they are (`login_not_required`)."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as office
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .office import gate

urlpatterns = [
    path("", include("marelle.portal.urls")),
    path("", include("marelle.api.urls")),
    path("compte/", include("marelle.accounts.urls")),
    path("compte/", include("marelle.accounts.urls.signing_in")),
    path("", include("marelle.participation.urls")),
    path("", include("marelle.programme.urls")),
    path("", include("marelle.library.urls")),
    path("travaux/", include("marelle.jobs.urls")),
    path("edition/", include(decorate_urlpatterns(office.urlpatterns, gate))),
]

if settings.DEMO or settings.DEBUG:
    urlpatterns += [
        path("ui/", include("marelle.ui.urls")),
        path("courriels/", include("marelle.notifications.urls")),
    ]

if settings.DEMO:
    urlpatterns += [path("demonstration/", include("marelle.demo.urls"))]

# Last: any address that nobody above has taken may be a page of the site.
urlpatterns += [path("", include("marelle.portal.urls.site"))]

handler400 = "marelle.ui.errors.bad_request"
handler403 = "marelle.ui.errors.permission_denied"
handler404 = "marelle.ui.errors.page_not_found"
handler429 = "marelle.ui.errors.too_many_requests"
handler500 = "marelle.ui.errors.server_error"
