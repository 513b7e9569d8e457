"""Doors of proposals: the public list and threads, and where they are worded, answered, done."""

from django.urls import path

from marelle.participation.views import proposal_work as work
from marelle.participation.views import proposals as views

urlpatterns = [
    path("propositions/", views.proposals, name="proposals"),
    path("propositions/export.csv", views.export, name="proposals_csv"),
    path("propositions/a-suivre/", work.desk, name="proposals_desk"),
    path("propositions/<str:public_id>/", views.proposal, name="proposal"),
    path("propositions/<str:public_id>/enfants/", views.for_the_children, name="proposal_for_children"),
    path("propositions/<str:public_id>/fiche.pdf", views.paper, name="proposal_sheet"),
    path("propositions/<str:public_id>/suivi/", work.work, name="proposal_work"),
    path("propositions/<str:public_id>/mots/", work.word, name="proposal_word"),
    path("propositions/<str:public_id>/publier/", work.publish, name="proposal_publish"),
    path("propositions/<str:public_id>/repondre/", work.answer, name="proposal_answer"),
    path("propositions/<str:public_id>/realiser/", work.finish, name="proposal_finish"),
    path("propositions/<str:public_id>/retirer/", work.withdraw, name="proposal_withdraw"),
    path("propositions/<str:public_id>/reunir/", work.join, name="proposal_join"),
    path("propositions/<str:public_id>/separer/", work.separate, name="proposal_separate"),
    path("propositions/<str:public_id>/soutien/", work.open_support, name="proposal_support"),
    path("propositions/<str:public_id>/soutien/groupes/", work.open_group, name="proposal_support_group"),
    path("propositions/<str:public_id>/soutien/clore/", work.close_support, name="proposal_support_close"),
    path("seances/<str:public_id>/propositions/nouvelle/", work.from_session, name="proposal_from_session"),
    path("conseils/<str:public_id>/propositions/nouvelle/", work.from_council, name="proposal_from_council"),
    path("consultations/<str:public_id>/propositions/nouvelle/", work.from_verbatims, name="proposal_from_verbatims"),
]
