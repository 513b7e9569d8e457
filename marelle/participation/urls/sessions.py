"""Doors of sessions."""

from typing import Any

urlpatterns: list[Any] = []
