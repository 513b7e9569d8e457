"""Doors of consultations."""

from typing import Any

urlpatterns: list[Any] = []
