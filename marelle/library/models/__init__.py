"""One file per noun: what is found, what it cites, the pictures and films it shows."""

from .guides import Guide, GuideEdition
from .media import ImageConsent, Picture, Rendition, Video
from .practices import Comment, Practice, TakingUp
from .reference import Article, Theme
from .resources import FileVersion, KitItem, Resource, ResourceFile
from .search import Rhythm, SavedSearch, SearchEntry, SearchState, SearchWord

__all__ = [
    "Article",
    "Comment",
    "FileVersion",
    "Guide",
    "GuideEdition",
    "ImageConsent",
    "KitItem",
    "Picture",
    "Practice",
    "Rendition",
    "Resource",
    "ResourceFile",
    "Rhythm",
    "SavedSearch",
    "SearchEntry",
    "SearchState",
    "SearchWord",
    "TakingUp",
    "Theme",
    "Video",
]
