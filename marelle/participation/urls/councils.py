"""Doors of councils."""

from django.urls import path

from marelle.participation.views import councils, members, terms

urlpatterns = [
    path("conseils/", councils.index, name="councils"),
    path("conseils/nouveau/", councils.create, name="council_create"),
    path("conseils/mandats/<str:public_id>/", terms.change, name="term"),
    path("conseils/mandats/<str:public_id>/inscrire/", members.add, name="member_add"),
    path("conseils/membres/<str:public_id>/", members.member, name="member"),
    path("conseils/membres/<str:public_id>/depart/", members.leave, name="member_leave"),
    path("conseils/membres/<str:public_id>/retour/", members.come_back, name="member_come_back"),
    path("conseils/membres/<str:public_id>/effacer/", members.erase, name="member_erase"),
    path("conseils/membres/<str:public_id>/accord/", members.give, name="consent_give"),
    path("conseils/accords/<str:public_id>/", members.document, name="consent_document"),
    path("conseils/accords/<str:public_id>/retirer/", members.withdraw, name="consent_withdraw"),
    path("conseils/accords/<str:public_id>/remettre/", members.put_back, name="consent_put_back"),
    path("conseils/accords/<str:public_id>/supprimer/", members.drop, name="consent_drop"),
    path("conseils/<str:public_id>/", councils.council, name="council"),
    path("conseils/<str:public_id>/modifier/", councils.change, name="council_change"),
    path("conseils/<str:public_id>/clore/", councils.end, name="council_end"),
    path("conseils/<str:public_id>/rouvrir/", councils.revive, name="council_revive"),
    path("conseils/<str:public_id>/mandat/", terms.start, name="council_term_start"),
    path("conseils/<str:public_id>/liste/", councils.take_out, name="council_list"),
    path("conseils/<str:public_id>/accord.pdf", councils.consent_paper, name="council_consent_paper"),
]
