"""Doors of participation: one module per subject, put together here. French paths, English names."""

from . import (
    alerts,
    builder,
    children,
    consultations,
    councils,
    elections,
    papers,
    proposals,
    results,
    sessions,
    verbatims,
)

app_name = "participation"
urlpatterns = [
    *children.urlpatterns,
    *consultations.urlpatterns,
    *builder.urlpatterns,
    *sessions.urlpatterns,
    *papers.urlpatterns,
    *verbatims.urlpatterns,
    *alerts.urlpatterns,
    *results.urlpatterns,
    *proposals.urlpatterns,
    *councils.urlpatterns,
    *elections.urlpatterns,
]
