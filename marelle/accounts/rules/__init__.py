"""Who may do what to whom, and when: one module per noun. Each answers True, `No` or `NotNow`, with its reason."""
