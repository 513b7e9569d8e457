"""HTTP in, one action, page out: one module per subject."""
