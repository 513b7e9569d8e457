"""What the editorial team sees in the back office: its menus, its texts, its dashboard and its reports."""

from . import checker, dashboard, mails, media, menus, reports, sheets, shelves

__all__ = ["checker", "dashboard", "mails", "media", "menus", "reports", "sheets", "shelves"]
