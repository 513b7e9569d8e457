"""What the log says of the library, one table per noun."""

SENTENCES: dict = {}
