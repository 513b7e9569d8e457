"""Dates and numbers as Marelle writes them."""
