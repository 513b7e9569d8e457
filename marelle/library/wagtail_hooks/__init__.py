"""What the editorial team sees in the back office: its menus, its texts, its dashboard and its reports."""

from . import menus, sheets, shelves

__all__ = ["menus", "sheets", "shelves"]
