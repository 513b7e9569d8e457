"""Doors of children."""

from typing import Any

urlpatterns: list[Any] = []
