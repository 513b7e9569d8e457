"""The library of the demonstration as data: its shape, how it is read, what is wrong with it.

resources()["carte-des-cachettes"].title
"""

from .reading import Invalid, resources
from .shape import Block, File, Resource

__all__ = ["Block", "File", "Invalid", "Resource", "resources"]
