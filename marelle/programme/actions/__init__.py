"""The verbs of the programme, the only door by which it changes: one module per noun."""
