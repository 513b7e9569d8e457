"""HTTP in, page out: one module per subject."""

from .funnel import funnel, funnel_export
from .home import dashboard, home
from .portfolio import portfolio, portfolio_csv
from .territories import territories, territory

__all__ = [
    "dashboard",
    "funnel",
    "funnel_export",
    "home",
    "portfolio",
    "portfolio_csv",
    "territories",
    "territory",
]
