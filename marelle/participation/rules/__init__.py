"""Who may do what, and when: one module per noun. Each answers True, `No` or `NotNow`, with its reason."""
