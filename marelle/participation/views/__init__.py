"""HTTP in, one call, a page out: one module per noun."""
