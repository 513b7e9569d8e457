"""Reads across apps, one module per page."""
