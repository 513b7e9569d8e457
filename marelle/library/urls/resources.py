"""Found, read, downloaded, printed."""

urlpatterns: list = []
