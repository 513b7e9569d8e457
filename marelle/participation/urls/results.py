"""Doors of results."""

from typing import Any

urlpatterns: list[Any] = []
