"""Doors of councils."""

from typing import Any

urlpatterns: list[Any] = []
