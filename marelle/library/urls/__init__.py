"""Doors of the library: one module per subject, put together here. French paths, English names."""

from . import convention, guides, imports, media, practices, resources, search, shelves

app_name = "library"
urlpatterns = [
    *resources.urlpatterns,
    *shelves.urlpatterns,
    *practices.urlpatterns,
    *guides.urlpatterns,
    *convention.urlpatterns,
    *search.urlpatterns,
    *media.urlpatterns,
    *imports.urlpatterns,
]
