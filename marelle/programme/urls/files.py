"""Doors of the file: read it, write it, join documents, check it, hand it over, print it."""

from django.urls import path

from marelle.programme.views import attachments, files, submissions

urlpatterns = [
    path("dossiers/<str:public_id>/", files.index, name="file"),
    path("dossiers/<str:public_id>/sections/<slug:key>/", files.section, name="file_section"),
    path("dossiers/<str:public_id>/reponses/<slug:key>/", files.answer, name="file_answer"),
    path("dossiers/<str:public_id>/reponses/<slug:key>/versions/", files.versions, name="file_versions"),
    path("dossiers/<str:public_id>/pieces/", attachments.documents, name="file_documents"),
    path("dossiers/<str:public_id>/pieces/<slug:key>/joindre/", attachments.add, name="attachment_add"),
    path("pieces/<str:public_id>/", attachments.download, name="attachment"),
    path("pieces/<str:public_id>/remplacer/", attachments.replace, name="attachment_replace"),
    path("pieces/<str:public_id>/retirer/", attachments.remove, name="attachment_remove"),
    path("pieces/<str:public_id>/remettre/", attachments.put_back, name="attachment_put_back"),
    path("dossiers/<str:public_id>/verifier/", submissions.check, name="file_check"),
    path("dossiers/<str:public_id>/deposer/", submissions.submit, name="file_submit"),
    path("dossiers/<str:public_id>/depots/<int:number>/", submissions.submission, name="submission"),
    path("dossiers/<str:public_id>/depots/<int:number>/recepisse.pdf", submissions.receipt, name="receipt"),
    path("dossiers/<str:public_id>/imprimer/", submissions.whole, name="file_print"),
    path("dossiers/<str:public_id>/dossier.pdf", submissions.whole_pdf, name="file_pdf"),
]
