"""Doors of builder."""

from typing import Any

urlpatterns: list[Any] = []
