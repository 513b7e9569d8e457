"""Pictures and films: how they are served, and how the editorial team looks after them."""

from django.urls import path

from marelle.library.views import consents, media, videos

urlpatterns = [
    path("medias/images/<slug:public_id>/<str:name>", media.picture, name="picture"),
    path("medias/videos/<slug:public_id>/film", videos.film, name="video_film"),
    path("medias/videos/<slug:public_id>/sous-titres.vtt", videos.captions, name="video_captions"),
    path("medias/videos/<slug:public_id>/transcription.txt", videos.transcript, name="video_transcript"),
    path("credits/", videos.credit_page, name="credits"),
    path("bibliotheque/videos/", videos.index, name="videos"),
    path("bibliotheque/videos/ajouter/", videos.add, name="video_add"),
    path("bibliotheque/videos/<slug:public_id>/", videos.edit, name="video_edit"),
    path("bibliotheque/videos/<slug:public_id>/supprimer/", videos.remove, name="video_remove"),
    path("medias/accords/<str:token>/", consents.family, name="consent_family"),
    path("bibliotheque/accords/", consents.index, name="consents"),
    path("bibliotheque/images/<slug:public_id>/accords/", consents.page, {"kind": "picture"}, name="picture_consents"),
    path("bibliotheque/videos/<slug:public_id>/accords/", consents.page, {"kind": "video"}, name="video_consents"),
    path("bibliotheque/accords/<slug:public_id>/retirer/", consents.withdraw, name="consent_withdraw"),
    path("bibliotheque/accords/<slug:public_id>/papier/", consents.proof, name="consent_proof"),
]
