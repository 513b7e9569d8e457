"""Doors of elections."""

from typing import Any

urlpatterns: list[Any] = []
