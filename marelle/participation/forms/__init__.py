"""The shape of what adults type, one module per noun."""
