"""The pages of the public site, by what they are."""

from .agenda import AgendaPage, EventPage
from .news import NewsIndex, NewsPage
from .pages import ContentPage, FaqPage, HomePage, ResourcesPage, RoutePage

__all__ = [
    "AgendaPage",
    "ContentPage",
    "EventPage",
    "FaqPage",
    "HomePage",
    "NewsIndex",
    "NewsPage",
    "ResourcesPage",
    "RoutePage",
]
