"""Resources and practices from a spreadsheet."""

urlpatterns: list = []
