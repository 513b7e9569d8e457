"""Doors of guides. An edition keeps its address for ever."""

from django.urls import path, re_path

from marelle.library.views import guides as views

ONE = r"^guides/(?P<public_id>[2-9a-z]{12})-(?P<slug>[-\w]+)/"

urlpatterns = [
    path("guides/", views.guides, name="guides"),
    re_path(ONE + r"$", views.guide, name="guide"),
    re_path(ONE + r"editions/(?P<number>[1-9]\d{0,3})/$", views.edition, name="guide_edition"),
    re_path(ONE + r"editions/(?P<number>[1-9]\d{0,3})\.pdf$", views.edition_pdf, name="guide_edition_pdf"),
    re_path(ONE + r"(?P<anchor>[-\w]+)/$", views.chapter, name="guide_chapter"),
    path("bibliotheque/guides/<str:public_id>/edition/", views.publish_edition, name="guide_publish_edition"),
]
