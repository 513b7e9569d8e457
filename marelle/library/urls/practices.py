"""Written, reviewed, published, taken up."""

urlpatterns: list = []
