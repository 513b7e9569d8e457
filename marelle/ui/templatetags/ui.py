"""The components of the design system, as template tags. Each is shown in the gallery (`/ui/`)."""

from marelle.ui.components import blocks, doing, drawings, marks, pictures, questions, ways, words  # noqa: F401 - each registers its tags
from marelle.ui.components.library import register

__all__ = ["register"]
