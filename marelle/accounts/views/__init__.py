"""HTTP in, one call, page out: one module per noun."""
