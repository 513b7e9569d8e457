"""Who may do what, and when: one module per subject."""
