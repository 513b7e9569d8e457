"""The pages that editors make, at any address that no view has: included last of all.

Named as Wagtail's own door is, so that its back office knows where a page is read.
"""

from django.urls import re_path

from marelle.portal.views import site

urlpatterns = [re_path(r"^((?:[a-z0-9-]+/)*)$", site.page, name="wagtail_serve")]
