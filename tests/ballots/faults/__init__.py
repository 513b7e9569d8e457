"""Processes that are really killed while children vote, and what is left to count afterwards."""
