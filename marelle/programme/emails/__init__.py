"""What the programme writes to people: one module per subject."""
