from .entries import only_these, shelf

__all__ = ["only_these", "shelf"]
