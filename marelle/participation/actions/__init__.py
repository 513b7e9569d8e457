"""The verbs, one module per noun: the only doors by which anything here changes."""
