"""HTTP in, page out: one module per subject."""

from . import public
from .dashboard import dashboard
from .funnel import funnel, funnel_export
from .portfolio import portfolio, portfolio_csv
from .territories import territories, territory

__all__ = [
    "dashboard",
    "funnel",
    "funnel_export",
    "portfolio",
    "portfolio_csv",
    "public",
    "territories",
    "territory",
]
