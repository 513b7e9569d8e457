"""The library of the demonstration as data: its shape, how it is read, what is wrong with it.

resources()["carte-des-cachettes"].title
"""

from .reading import Invalid, guides, practices, resources
from .shape import Block, Chapter, File, Resource, Told, Written

__all__ = ["Block", "Chapter", "File", "Invalid", "Resource", "Told", "Written", "guides", "practices", "resources"]
