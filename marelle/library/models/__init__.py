"""One file per noun: what is found, what it cites, the pictures and films it shows."""

from .changes import Change
from .files import Download, FileVersion, KitArchive, PagePicture, ResourceFile, Watch
from .guides import Guide, GuideEdition
from .imports import Import, ImportedSheet
from .links import DeadLink
from .media import ImageConsent, Picture, Rendition, Video
from .practices import Comment, Practice, PracticeContact, TakingUp
from .reference import Article, Theme
from .resources import KitItem, Resource
from .search import Rhythm, SavedSearch, SearchEntry, SearchState, SearchWord
from .shelves import ListItem, ReadingList, Use

__all__ = [
    "Article",
    "Change",
    "Comment",
    "DeadLink",
    "Download",
    "FileVersion",
    "Guide",
    "GuideEdition",
    "ImageConsent",
    "Import",
    "ImportedSheet",
    "KitArchive",
    "KitItem",
    "ListItem",
    "PagePicture",
    "Picture",
    "Practice",
    "PracticeContact",
    "ReadingList",
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
    "Use",
    "Video",
    "Watch",
]
