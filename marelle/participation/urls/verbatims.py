"""Doors of verbatims."""

from typing import Any

urlpatterns: list[Any] = []
