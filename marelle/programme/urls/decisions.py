"""Doors of the decision: record it, read it, see what was judged, keep the promises of a probation."""

from django.urls import path

from marelle.programme.views import decisions, probations

urlpatterns = [
    path("candidatures/<str:public_id>/decision/", decisions.decision, name="decision"),
    path("candidatures/<str:public_id>/decision/nouvelle/", decisions.decide, name="decide"),
    path("decisions/<str:public_id>/dossier-juge/", decisions.judged, name="judged"),
    path("decisions/<str:public_id>/dossier-juge/pieces/<str:file_id>/", decisions.judged_document, name="judged_document"),
    path("engagements/<str:public_id>/tenu/", probations.say_done, name="task_done"),
    path("engagements/<str:public_id>/confirmer/", probations.confirm, name="task_confirm"),
    path("engagements/<str:public_id>/rouvrir/", probations.reopen, name="task_reopen"),
]  # fmt: skip
