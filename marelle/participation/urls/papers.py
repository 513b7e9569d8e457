"""Doors of papers."""

from typing import Any

urlpatterns: list[Any] = []
