"""Reads: where a station stands, what its box counted, and whether everything adds up."""
