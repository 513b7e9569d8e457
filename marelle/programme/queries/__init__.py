"""What pages read across models: one module per subject."""
