"""Doors from the decision to the title: the council's vote, the agreement, the public page."""

from django.urls import path

from marelle.programme.views import papers, titles

urlpatterns = [
    path("candidatures/<str:public_id>/titre/", papers.papers, name="papers"),
    path("candidatures/<str:public_id>/deliberation/", papers.deliberation, name="deliberation"),
    path("candidatures/<str:public_id>/deliberation/document/", papers.deliberation_document, name="deliberation_document"),
    path("candidatures/<str:public_id>/convention/produire/", papers.make_agreement, name="agreement_make"),
    path("candidatures/<str:public_id>/convention/", papers.agreement, name="agreement"),
    path("candidatures/<str:public_id>/convention/signer/", papers.bring_signed, name="agreement_sign"),
    path("candidatures/<str:public_id>/convention/signee/", papers.agreement_signed, name="agreement_signed"),
    path("candidatures/<str:public_id>/titre/publier/", titles.grant, name="title_grant"),
    path("titres/<str:public_id>/", titles.title, name="title"),
    path("titres/<str:public_id>/retirer/", titles.withdraw, name="title_withdraw"),
]  # fmt: skip
