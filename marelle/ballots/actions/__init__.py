"""The verbs of a vote, one module per noun. Casting is the only one a child does; it is never recorded."""
