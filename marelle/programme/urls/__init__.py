"""Doors of the programme: one module per subject, put together here. French paths, English names."""

from . import configuration, files, instruction, network

app_name = "programme"
urlpatterns = [
    *configuration.urlpatterns,
    *files.urlpatterns,
    *instruction.urlpatterns,
    *network.urlpatterns,
]
