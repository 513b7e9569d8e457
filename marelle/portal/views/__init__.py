"""HTTP in, page out: one module per subject."""

from . import feeds, public, site
from .dashboard import collectivite, dashboard, my_file
from .funnel import funnel, funnel_export
from .portfolio import portfolio, portfolio_csv
from .territories import territories, territory

__all__ = [
    "collectivite",
    "dashboard",
    "feeds",
    "funnel",
    "funnel_export",
    "my_file",
    "portfolio",
    "portfolio_csv",
    "public",
    "site",
    "territories",
    "territory",
]
