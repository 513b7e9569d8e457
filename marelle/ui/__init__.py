"""The design system: tokens, components, page shell, icons, hopscotch, charts, map. Knows no app.

Owns the words: component, gallery, square, chalk, tint.
"""
