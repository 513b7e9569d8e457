"""Doors of alerts."""

from typing import Any

urlpatterns: list[Any] = []
