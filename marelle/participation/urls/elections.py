"""Doors of elections."""

from django.urls import path

from marelle.participation.views import candidates, elections

urlpatterns = [
    path("conseils/<str:public_id>/election/", elections.create, name="election_create"),
    path("elections/<str:public_id>/", elections.election, name="election"),
    path("elections/<str:public_id>/modifier/", elections.change, name="election_change"),
    path("elections/<str:public_id>/abandonner/", elections.drop, name="election_drop"),
    path("elections/<str:public_id>/ouvrir/", elections.open_vote, name="election_open"),
    path("elections/<str:public_id>/clore/", elections.close, name="election_close"),
    path("elections/<str:public_id>/classe/", elections.open_class, name="election_class"),
    path("elections/<str:public_id>/depouillement/", elections.read_counts, name="election_counts"),
    path("elections/<str:public_id>/tirage/", elections.lots, name="election_lots"),
    path("elections/<str:public_id>/annoncer/", elections.announce, name="election_announce"),
    path("elections/<str:public_id>/installer/", elections.install, name="election_install"),
    path("elections/<str:public_id>/candidats.pdf", candidates.cards, name="election_cards"),
    path("elections/<str:public_id>/bulletin.pdf", candidates.ballot, name="election_ballot"),
    path("elections/<str:public_id>/proces-verbal.pdf", candidates.minutes, name="election_minutes"),
    path("elections/<str:public_id>/candidature/", candidates.add, name="candidate_add"),
    path("elections/<str:public_id>/candidats/<str:key>/", candidates.change, name="candidate"),
    path("elections/<str:public_id>/candidats/<str:key>/supprimer/", candidates.remove, name="candidate_remove"),
    path("elections/<str:public_id>/candidats/<str:key>/renoncer/", candidates.withdraw, name="candidate_withdraw"),
]
