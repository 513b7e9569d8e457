"""Doors of practices: the public list and pages, where they are written, where they are reviewed."""

from django.urls import path, re_path

from marelle.library.views import practice_review as review
from marelle.library.views import practice_work as work
from marelle.library.views import practices as views

urlpatterns = [
    path("pratiques/", views.practices, name="practices"),
    path("pratiques/export.csv", views.practices_csv, name="practices_csv"),
    path("pratiques/proposer/", work.start, name="practice_new"),
    path("pratiques/les-notres/", work.ours, name="practices_ours"),
    path("pratiques/contact/<str:token>/", views.contact, name="practice_contact"),
    re_path(r"^pratiques/(?P<public_id>[2-9a-z]{12})-(?P<slug>[-\w]+)/$", views.practice, name="practice"),
    path("pratiques/<str:public_id>/fiche/", work.work, name="practice_work"),
    path("pratiques/<str:public_id>/fiche/contact/", work.contact, name="practice_contact_edit"),
    path("pratiques/<str:public_id>/fiche/contact/retirer/", work.withdraw, name="practice_contact_withdraw"),
    path("pratiques/<str:public_id>/fiche/apercu/", work.preview, name="practice_preview"),
    path("pratiques/<str:public_id>/fiche/<slug:key>/", work.part, name="practice_part"),
    path("pratiques/<str:public_id>/proposer/", work.submit, name="practice_submit"),
    path("pratiques/<str:public_id>/reprendre/", work.take_back, name="practice_take_back"),
    path("pratiques/<str:public_id>/changer/", work.change, name="practice_change"),
    path("pratiques/<str:public_id>/abandonner/", work.give_up, name="practice_give_up"),
    path("pratiques/<str:public_id>/rouvrir/", work.reopen, name="practice_reopen"),
    path("pratiques/<str:public_id>/retirer/", work.archive, name="practice_archive"),
    path("pratiques/<str:public_id>/toujours-juste/", work.confirm, name="practice_confirm"),
    path("pratiques/<str:public_id>/remarques/<str:comment>/", work.answer, name="practice_answer"),
    path("pratiques/<str:public_id>/reprise/", views.take_up, name="practice_take_up"),
    path("pratiques/<str:public_id>/reprise/annuler/", views.let_go, name="practice_let_go"),
    path("bibliotheque/pratiques/", review.queue, name="practice_queue"),
    path("bibliotheque/pratiques/<str:public_id>/", review.review, name="practice_review"),
    path("bibliotheque/pratiques/<str:public_id>/prendre/", review.hold, name="practice_hold"),
    path("bibliotheque/pratiques/<str:public_id>/remettre/", review.release, name="practice_release"),
    path("bibliotheque/pratiques/<str:public_id>/remarquer/", review.comment, name="practice_comment"),
    path("bibliotheque/pratiques/<str:public_id>/renvoyer/", review.send_back, name="practice_return"),
    path("bibliotheque/pratiques/<str:public_id>/publier/", review.publish, name="practice_publish"),
]
