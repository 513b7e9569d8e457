"""Doors of the programme: one module per subject, put together here. French paths, English names."""

from . import candidacies, configuration, decisions, files, instruction, network, titles

app_name = "programme"
urlpatterns = [
    *candidacies.urlpatterns,
    *configuration.urlpatterns,
    *decisions.urlpatterns,
    *files.urlpatterns,
    *instruction.urlpatterns,
    *network.urlpatterns,
    *titles.urlpatterns,
]
