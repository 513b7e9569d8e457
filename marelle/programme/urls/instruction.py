"""Doors of the instruction: reading a file, messages, corrections, opinions, who follows what."""

from django.urls import path

from marelle.programme.views import assignments, messages, opinions, review

FILE = "candidatures/<slug:public_id>/"

urlpatterns = [
    path(f"{FILE}instruction/", review.review, name="review"),
    path(f"{FILE}instruction/imprimer/", review.printed, name="review_print"),
    path(f"{FILE}instruction/pieces/<slug:file_id>/", review.document, name="review_document"),
    path(f"{FILE}instruction/ouvrir/", review.open_review, name="open_review"),
    path(f"{FILE}instruction/notes/", review.add_note, name="add_note"),
    path(f"{FILE}instruction/corrections/", review.ask_correction, name="ask_correction"),
    path(f"{FILE}instruction/corrections/retirer/", review.cancel_correction, name="cancel_correction"),
    path(f"{FILE}conflit/", review.conflict, name="declare_conflict"),
    path(f"{FILE}conflit/<slug:person>/lever/", review.lift_conflict, name="lift_conflict"),
    path(f"{FILE}messages/", messages.messages, name="messages"),
    path(f"{FILE}messages/<slug:message_id>/sans-suite/", messages.settle, name="settle_message"),
    path(f"{FILE}messages/<slug:message_id>/document/", messages.document, name="message_document"),
    path(f"{FILE}avis/", opinions.ask, name="ask_opinion"),
    path("avis/", opinions.mine, name="opinions"),
    path("avis/<slug:public_id>/", opinions.opinion, name="opinion"),
    path("avis/<slug:public_id>/relancer/", opinions.remind, name="remind_opinion"),
    path("avis/<slug:public_id>/retirer/", opinions.revoke, name="revoke_opinion"),
    path(f"{FILE}affectation/", assignments.followers, name="assign"),
    path("affectations/", assignments.assignments, name="assignments"),
    path("reprises/", assignments.takeover, name="takeover"),
    path("reprises/<slug:batch>/rendre/", assignments.take_back, name="take_back"),
]
