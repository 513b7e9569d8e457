"""The verbs on people and organisations: one module per noun, the only door by which they change."""
