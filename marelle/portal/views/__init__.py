"""HTTP in, page out: one module per subject."""

from .home import dashboard, home

__all__ = ["dashboard", "home"]
